from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import sources
from search.engines import has_cluster
from search.engines.embedded import EmbeddedEngine
from search.entries import settle_withdrawals
from search.models import Entry
from search.upkeep import rebuild


class Command(BaseCommand):
    help = "Writes the entries of all sources, or of those named, and their index anew."

    def add_arguments(self, parser):
        parser.add_argument("source", nargs="*")
        parser.add_argument("--cluster", action="store_true", help="build a new index of the cluster beside the one that is read")

    def handle(self, *, source, cluster, verbosity, **options):
        if cluster:
            return self.rebuild_cluster(verbosity)
        if unknown := [key for key in source if sources.get(key) is None]:
            raise CommandError(f"Unknown source: {', '.join(unknown)}")
        for each in [sources.get(key) for key in source] or sources.registered():
            before = Entry.objects.filter(source=each.key).count()
            with tqdm(desc=each.key, total=before or None, unit=" entries", disable=verbosity == 0) as progress:
                for written in rebuild(each):
                    progress.update(written)
        settle_withdrawals()
        EmbeddedEngine().optimise()

    def rebuild_cluster(self, verbosity: int) -> None:
        """Readers notice nothing; what was interrupted goes on."""
        from search import feeding
        from search.engines.elasticsearch.index import building

        if not has_cluster():
            raise CommandError("ELASTICSEARCH_URL names no cluster.")
        index, entries = building(), Entry.objects.all()
        done = entries.filter(pk__lte=index.reached).count()
        with tqdm(desc=index.name, total=entries.count(), initial=done, unit=" entries", disable=verbosity == 0) as progress:
            for written in feeding.rebuild(index):
                progress.update(written)
