from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.engines import ENGINES
from search.measuring import JudgedSet, measure


class Command(BaseCommand):
    help = "Measures nDCG@10 of an engine on judged collections (DATA/NAME/corpus.jsonl, queries.SPLIT.tsv, qrels.SPLIT.tsv)."

    def add_arguments(self, parser):
        parser.add_argument("data", type=Path)
        parser.add_argument("--sets", required=True, help="NAME:SPLIT or NAME+mix:SPLIT, separated by commas")
        parser.add_argument("--engine", default="embedded", choices=sorted(ENGINES))

    def handle(self, *, data, sets, engine, **options):
        for name in sets.split(","):
            try:
                value = measure(JudgedSet(data, name), engine)
            except (OSError, ValueError) as error:
                raise CommandError(f"{name}: {error}") from error
            self.stdout.write(f"{name} {value:.4f}")
            self.stdout.flush()
