from django.core.management.base import BaseCommand

from ...alerts import measure_alerts


class Command(BaseCommand):
    help = "Measures what a new thing costs where very many have saved a search, in the database that `seed_numbers` has filled."

    def add_arguments(self, parser):
        parser.add_argument("--searches", type=int, default=100_000)

    def handle(self, *, searches, **options):
        median, high = measure_alerts(searches)
        self.stdout.write(f"an entry among {searches:,} saved searches: {median:.0f} / {high:.0f} ms")
