from django.core.management.base import BaseCommand
from django.db.models import Count, F

from resources.actions import recount_thanks
from resources.models import Material


class Command(BaseCommand):
    help = "Compare the counters of materials with the rows they are counted from; --fix repairs those that differ."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--fix", action="store_true")

    def handle(self, *, fix: bool, **options) -> None:
        wrong = Material.objects.annotate(counted=Count("thanks")).exclude(thanks_count=F("counted"))
        for material in wrong:
            self.stdout.write(f"material {material.pk}: says {material.thanks_count} thanks, has {material.counted}")
            if fix:
                recount_thanks(material)
        self.stdout.write(f"{wrong.count()} wrong")
