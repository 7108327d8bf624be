import json
import os

from django.core.management.base import BaseCommand

from ...measuring import measure


class Command(BaseCommand):
    help = "Measure pages, search and worker of the database at hand, which `seed_numbers` has filled; prints JSON."

    def handle(self, **options) -> None:
        self.stdout.write(json.dumps(measure(dict(os.environ))))
