from django.core.management.base import BaseCommand

from community.checking import check


class Command(BaseCommand):
    help = "Compare the counters of topics and groups with the rows they are counted from; --fix repairs those that differ."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--fix", action="store_true")

    def handle(self, *, fix: bool, **options) -> None:
        wrong = 0
        for difference in check(fix=fix):
            self.stdout.write(f"{difference.kind} {difference.pk}: {difference.field} says {difference.says}, has {difference.has}")
            wrong += 1
        self.stdout.write(f"{wrong} wrong")
