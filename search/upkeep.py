"""Comparing the entries with the things they stand for, and writing them anew."""

import random
import time
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from django.db.models import Max, Min

from . import sources
from .engines import has_cluster
from .engines.embedded import EmbeddedEngine
from .entries import BATCH, Findable, put_entries, put_entry, remove_entry, settle_withdrawals
from .models import Entry
from .projection import Projection

MANY = 2**62


class Fault(NamedTuple):
    """`kind` is "missing" (a thing without entry), "stale", "orphan" (an entry without thing) or "unindexed"; where there is a cluster
    also "unheard" (it lacks what it was sent) or "ghost" (it alone still has it)."""

    kind: str
    source: str
    object_id: int


def rebuild(source: sources.Source) -> Iterator[int]:
    """Write everything of a source anew, a batch at a time so that others can write between, and drop what is gone."""
    things, known = source.all_entries(), set()
    while batch := list(islice(things, BATCH)):
        known.update(thing.object_id for thing in batch)
        yield put_entries(batch, force=True)
    for object_id in _orphans(source.key, known):
        remove_entry(source.key, object_id)


def check(*, fix: bool = False) -> Iterator[Fault]:
    """What is wrong, source by source; each fault is mended before it is reported when asked to."""
    registered = {source.key for source in sources.registered()}
    for key in sorted(registered | set(Entry.objects.values_list("source", flat=True).distinct())):
        yield from _check_source(key, fix)
    engine = EmbeddedEngine()
    for entry in Entry.objects.filter(pk__in=engine.unindexed()).iterator():
        if fix:
            engine.write([entry])
        yield Fault("unindexed", entry.source, entry.object_id)
    if has_cluster():
        yield from _check_cluster(fix)
    if fix:
        settle_withdrawals()


def check_sample(size: int) -> list[Fault]:
    """Some entries that stand beside each other, and what the cluster holds in their place: what was wrong, and is mended."""
    bounds = Entry.objects.aggregate(first=Min("pk"), last=Max("pk"))
    first = random.randint(bounds["first"] or 0, bounds["last"] or 0)  # noqa: S311
    return list(_check_cluster(True, first, first + size))


def _check_cluster(fix: bool, first: int = 0, last: int = MANY) -> Iterator[Fault]:
    from . import feeding
    from .engines.elasticsearch.checking import ghosts, unheard

    for entry in unheard(first, last):
        if fix:
            # Of a version that it surely does not know
            Entry.objects.filter(pk=entry.pk).update(version=time.time_ns() // 1000)
        yield Fault("unheard", entry.source, entry.object_id)
    for source, object_id, version in ghosts(first, last):
        if fix:
            feeding.bury([(source, object_id, version)])
        yield Fault("ghost", source, object_id)


def _check_source(key: str, fix: bool) -> Iterator[Fault]:
    source, known = sources.get(key), set()
    for thing in source.all_entries() if source else ():
        known.add(thing.object_id)
        if fault := _fault(thing):
            if fix:
                put_entry(thing)
            yield Fault(fault, key, thing.object_id)
    for object_id in _orphans(key, known):
        if fix:
            remove_entry(key, object_id)
        yield Fault("orphan", key, object_id)


def _fault(thing: Findable) -> str:
    entry = Entry.objects.filter(source=thing.source, object_id=thing.object_id).first()
    if entry is None:
        return "missing"
    return "" if Projection(thing).says_the_same(entry) else "stale"


def _orphans(key: str, known: set[int]) -> list[int]:
    return sorted(set(Entry.objects.filter(source=key).values_list("object_id", flat=True)) - known)
