"""Entries, passages and rows of the index written at once: what `put_entries` writes for things that are new, each text analysed once."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from django.db import connection
from django.utils import timezone

from search.analysis import analyse
from search.engines.document import document
from search.engines.embedded import index_of, row_of
from search.entries import Findable, audiences_of
from search.models import Entry, Passage
from search.projection import Projection

BATCH = 1000
analysed = cache(analyse)


def let_rows_be_counted() -> None:
    """A database that does not know yet how many they are joins them one by one."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def load(things: Iterable[Findable]) -> None:
    projections, version = map(Projection, things), 1
    while batch := list(islice(projections, BATCH)):
        audiences = audiences_of(batch)
        entries = Entry.objects.bulk_create(
            Entry(
                **projection.fields,
                digest=projection.digest,
                audience=audiences[projection.audience_digest],
                published_at=projection.published_at or timezone.now(),
                version=version,
            )
            for projection in batch
        )
        passages = [list(projection.passages_for(entry)) for projection, entry in zip(batch, entries, strict=True)]
        Passage.objects.bulk_create((passage for of_entry in passages for passage in of_entry), batch_size=500)
        index_of(connection).write(rows(zip(entries, passages, strict=True)))
        index_of(connection).write_names(entries)


def rows(pairs: Iterable[tuple[Entry, list[Passage]]]) -> Iterator[tuple]:
    for entry, passages in pairs:
        chunks: dict[int, list[Passage]] = {0: []}
        for passage in passages:
            chunks.setdefault(passage.chunk, []).append(passage)
        for chunk, members in chunks.items():
            yield row_of(entry.pk, chunk), document(entry, chunk, members, analysed=analysed)
