"""Whether the cluster holds what it is said to have heard, and nothing else."""

import time
from collections.abc import Iterable, Iterator
from itertools import islice

from elasticsearch.helpers import scan

from ...models import Entry
from .client import feeders
from .index import live, name_of

BATCH = 1000


def unheard(first: int, last: int) -> Iterator[Entry]:
    """Entries of which it was noted that they were sent, and which are not there, or in another state."""
    index = live().name
    for entries in in_batches(Entry.objects.filter(pk__range=(first, last)).exclude(fed=0).order_by("pk").iterator(BATCH)):
        names = [name_of(entry.source, entry.object_id) for entry in entries]
        held = {row["_id"]: row.get("_version", 0) for row in feeders().mget(index=index, ids=names, source=False)["docs"]}
        yield from (entry for entry, name in zip(entries, names, strict=True) if not entry.fed <= held[name] <= entry.version)


def ghosts(first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """What is found there of which no entry is left, with a version that is newer."""
    among = {"range": {"entry": {"gte": first, "lte": last}}}
    asked = {"query": {"bool": {"filter": [{"exists": {"field": "audience"}}, among]}}, "_source": ["source", "object"]}
    found = scan(feeders(), index=live().name, query=asked, size=BATCH)
    for hits in in_batches(found):
        rows = {(hit["_source"]["source"], hit["_source"]["object"]) for hit in hits}
        known = Entry.objects.filter(source__in={source for source, _pk in rows}, object_id__in={pk for _source, pk in rows})
        for source, object_id in sorted(rows - set(known.values_list("source", "object_id"))):
            yield source, object_id, time.time_ns() // 1000


def in_batches(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
