from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from search.upkeep import check


class Command(BaseCommand):
    help = "Compares the entries of search with the things they stand for. Fails when they differ, unless told to mend them."

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="mend what is wrong")

    def handle(self, *, fix, **options):
        kinds: Counter = Counter()
        for fault in check(fix=fix):
            kinds[fault.kind] += 1
            self.stdout.write(f"{fault.kind} {fault.source}:{fault.object_id}")
        if not kinds:
            self.stdout.write("Entries and things agree.")
        elif not fix:
            raise CommandError(", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())))
