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
        parser.add_argument("--without-kazakh-letters", action="store_true", help="ask as it is typed on a Russian keyboard")

    def handle(self, *, data, sets, engine, without_kazakh_letters, **options):
        for name in sets.split(","):
            try:
                value = measure(JudgedSet(data, name), engine, plainly=without_kazakh_letters)
            except (OSError, ValueError) as error:
                raise CommandError(f"{name}: {error}") from error
            self.stdout.write(f"{name} {value:.4f}")
            self.stdout.flush()
