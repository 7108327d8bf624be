"""The cluster hears of every change: entries whose `version` is newer than the one it was `fed`, by any number of workers.

What was sent and not noted, because a worker was killed, is sent again: a document takes no older version, and that counts as done.
"""

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from elasticsearch.helpers import bulk

from .engines.elasticsearch.client import feeders
from .engines.elasticsearch.index import bodies, live, name_of, point_at, tombstone
from .entries import settle_withdrawals
from .models import ClusterIndex, Entry, Withdrawal

BATCH = 200
# Batches that the cluster writes at the same time
AT_ONCE = 2
# Objects after which Python looks for those that hold each other. Batches hold none, and looking every 700 took an eighth of the time.
LOOKED_THROUGH_AT = 100_000
# What documents are made of; all else an entry holds for drawing alone
SAID = (
    *("pk", "source", "object_id", "version", "container", "audience_id", "codes", "published_at", "quality"),
    *("language", "title", "names", "summary", "keywords"),
)
REFUSED, CONFLICT = 400, 409
TRIES = 3
WRITTEN = (ClusterIndex.State.LIVE, ClusterIndex.State.BUILDING)


class Refused(Exception):
    """The cluster does not take some documents for what they are; each is named with its reason."""

    @property
    def names(self) -> list[str]:
        return list(self.args[0])


class Unavailable(Exception):
    """It takes nothing at the moment, whatever is sent: its disk is full, say. All of that is sent again later."""


def feed(*, using: str = DEFAULT_DB_ALIAS) -> int:
    """Send what has changed, and return how much of it there was. Raise Refused at the end where something was not taken."""
    live(using)
    sent, refused = 0, {}
    with looked_through_rarely():
        for entries, of_these in sent_in_turn(changed(using), using):
            sent += len(entries)
            refused |= of_these
    refused |= bury(gone(using).values_list("source", "object_id", "until"), using=using)
    settle_withdrawals(using=using)
    if refused:
        raise Refused(refused)
    return sent


def changed(using: str) -> Iterator[list[NamedTuple]]:
    """Rows of entries, oldest changes first. Those that answer the same withdrawal share a version."""
    unfed, reached = Entry.objects.using(using).unfed().order_by("version", "pk"), Q()
    while entries := list(unfed.filter(reached).values_list(*SAID, named=True)[:BATCH]):
        last = entries[-1]
        reached = Q(version__gt=last.version) | Q(version=last.version, pk__gt=last.pk)
        yield entries


def sent_in_turn(batches: Iterable[list[Entry]], using: str) -> Iterator[tuple[list[Entry], dict[str, str]]]:
    """While the cluster writes some batches, the next is read and analysed. The database is asked by this thread alone."""
    with ThreadPoolExecutor(AT_ONCE) as senders:
        under_way: deque[tuple[list[Entry], Future]] = deque()
        for entries in batches:
            under_way.append((entries, senders.submit(put, documents_of(entries, using), written(using))))
            if len(under_way) > AT_ONCE:
                yield noted(*under_way.popleft(), using)
        while under_way:
            yield noted(*under_way.popleft(), using)


@contextmanager
def looked_through_rarely() -> Iterator[None]:
    """For the one thread of a process that feeds all that has changed."""
    usual = gc.get_threshold()
    gc.set_threshold(LOOKED_THROUGH_AT, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def noted(entries: list[Entry], answer: Future, using: str) -> tuple[list[Entry], dict[str, str]]:
    refused = answer.result()
    note([entry for entry in entries if name_of(entry.source, entry.object_id) not in refused], using)
    return entries, refused


def send(entries: Iterable[Entry], *, using: str = DEFAULT_DB_ALIAS) -> dict[str, str]:
    """Into the index that is read and those that are being built: they are looked up after the entries, so that a new one misses none."""
    return next((refused for _entries, refused in sent_in_turn([list(entries)], using)), {})


def documents_of(entries: list[Entry], using: str = DEFAULT_DB_ALIAS) -> list[tuple[str, dict]]:
    return [(name_of(body["source"], body["object"]), body) for body in bodies(entries, using)]


def written(using: str) -> list[str]:
    return list(ClusterIndex.objects.using(using).filter(state__in=WRITTEN).values_list("name", flat=True))


def bury(removed: Iterable[tuple[str, int, int]], *, using: str = DEFAULT_DB_ALIAS) -> dict[str, str]:
    """A stone for what is no more, so that no older state comes back; its withdrawal has done its work.

    It is older than `version`, which the thing itself may have when it returns.
    """
    removed = list(removed)
    refused = put([(name_of(source, pk), tombstone(source, pk, version - 1)) for source, pk, version in removed], written(using))
    for source, pk, version in removed:
        if name_of(source, pk) not in refused:
            gone(using).filter(source=source, object_id=pk, until=version).delete()
    return refused


def put(documents: list[tuple[str, dict]], indexes: Iterable[str]) -> dict[str, str]:
    """Those that were refused, by name, with the reason."""
    refused = {}
    for index in indexes:
        # What it has no room for at the moment is tried again.
        _done, errors = bulk(feeders(), operations(index, documents), raise_on_error=False, max_retries=TRIES)
        for error in errors:
            (answer,) = error.values()
            if answer["status"] == REFUSED:
                refused[answer["_id"]] = str(answer.get("error"))
            elif answer["status"] != CONFLICT:
                raise Unavailable(answer["status"])
    return refused


def operations(index: str, documents: list[tuple[str, dict]]) -> Iterator[dict]:
    for name, body in documents:
        yield {
            "_op_type": "index",
            "_index": index,
            "_id": name,
            "version": body["version"],
            "version_type": "external_gte",
            "_source": body,
        }


def note(entries: list[Entry], using: str) -> None:
    """What has changed meanwhile stays to be sent."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        sql = "UPDATE search_entry SET fed = %s WHERE id = %s AND version = %s"
        cursor.executemany(sql, [(entry.version, entry.pk, entry.version) for entry in entries])


def gone(using: str) -> QuerySet[Withdrawal]:
    known = Entry.objects.using(using).filter(source=OuterRef("source"), object_id=OuterRef("object_id"))
    return Withdrawal.objects.using(using).filter(~Exists(known), container="")


def rebuild(index: ClusterIndex) -> Iterator[int]:
    """Fill it, and when it holds everything lead readers to it. What changes meanwhile is fed to both; here nothing is noted."""
    while entries := list(Entry.objects.filter(pk__gt=index.reached).order_by("pk")[:BATCH]):
        if refused := put(documents_of(entries), [index.name]):
            raise Refused(refused)
        index.reached = entries[-1].pk
        index.save(update_fields=["reached"])
        yield len(entries)
    switch_to(index)


def switch_to(index: ClusterIndex) -> None:
    """The one before is kept, those before it are not."""
    feeders().indices.refresh(index=index.name)
    point_at(index.name)
    for old in ClusterIndex.objects.filter(state=ClusterIndex.State.KEPT):
        feeders().options(ignore_status=404).indices.delete(index=old.name)
        old.delete()
    with transaction.atomic():
        ClusterIndex.objects.filter(state=ClusterIndex.State.LIVE).update(state=ClusterIndex.State.KEPT)
        ClusterIndex.objects.filter(pk=index.pk).update(state=ClusterIndex.State.LIVE)
