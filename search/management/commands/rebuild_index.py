from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import sources
from search.engines.embedded import EmbeddedEngine
from search.entries import settle_withdrawals
from search.models import Entry
from search.upkeep import rebuild


class Command(BaseCommand):
    help = "Writes the entries of all sources, or of those named, and their index anew."

    def add_arguments(self, parser):
        parser.add_argument("source", nargs="*")

    def handle(self, *, source, verbosity, **options):
        if unknown := [key for key in source if sources.get(key) is None]:
            raise CommandError(f"Unknown source: {', '.join(unknown)}")
        for each in [sources.get(key) for key in source] or sources.registered():
            before = Entry.objects.filter(source=each.key).count()
            with tqdm(desc=each.key, total=before or None, unit=" entries", disable=verbosity == 0) as progress:
                for written in rebuild(each):
                    progress.update(written)
        settle_withdrawals()
        EmbeddedEngine().optimise()
