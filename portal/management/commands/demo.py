from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo import sign_ins

ROOMS = ("portal", "community", "resources", "leaders")


class Command(BaseCommand):
    help = "Fill the portal with invented people and materials, room after room. Running it again changes nothing."

    def handle(self, **options) -> None:
        if not settings.DEBUG:
            raise CommandError("The passwords of the demo are known to everybody: it is for development only.")
        for room in ROOMS:
            if find_spec(f"{room}.demo"):
                import_module(f"{room}.demo").demo()
        self.stdout.write("\n".join(sign_ins()))
