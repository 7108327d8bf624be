from django.core.management.base import BaseCommand

from ...alerts import measure_alerts


class Command(BaseCommand):
    help = "Measures what a new thing costs where very many have saved a search, in the database that `seed_numbers` has filled."

    def add_arguments(self, parser):
        parser.add_argument("--searches", type=int, default=100_000)

    def handle(self, *, searches, **options):
        found = measure_alerts(searches)
        self.stdout.write(f"those of {searches:,} that an entry answers: {found.median:.0f} / {found.high:.0f} ms")
        self.stdout.write(f"they are {found.answered:.0f}, and finding them and telling of it takes {found.told:.0f} ms")
