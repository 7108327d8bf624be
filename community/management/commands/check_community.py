from django.core.management.base import BaseCommand

from community.checking import check


class Command(BaseCommand):
    help = "Compare the counters of topics and groups with the rows they are counted from; --fix repairs those that differ."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--fix", action="store_true")

    def handle(self, *, fix: bool, **options) -> None:
        number = 0
        for number, wrong in enumerate(check(fix=fix), start=1):
            self.stdout.write(f"{wrong.kind} {wrong.pk}: {wrong.field} says {wrong.says}, has {wrong.has}")
        self.stdout.write(f"{number} wrong")
