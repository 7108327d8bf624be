from django.core.management.base import BaseCommand

from search.engines import has_cluster
from search.measuring import scratch_database
from tools.bench.cluster import measure_feeding, measure_reading


class Command(BaseCommand):
    help = "Measures the cluster that ELASTICSEARCH_URL names, with indexes of its own that are thrown away."

    def add_arguments(self, parser):
        parser.add_argument("--documents", type=int, default=0, help="how many it holds while it is read")
        parser.add_argument("--fed", type=int, default=0, help="how many entries are fed")

    def handle(self, *, documents, fed, **options):
        assert has_cluster(), "ELASTICSEARCH_URL names no cluster."
        for number, measured in ((documents, measure_reading), (fed, measure_feeding)):
            if number:
                with scratch_database() as using:
                    for name, *values in measured(number, using):
                        self.stdout.write(f"{name}: {' / '.join(f'{value:.2f}' for value in values)}")
                        self.stdout.flush()
