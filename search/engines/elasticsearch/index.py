"""An entry as a document: terms that are already analysed, and what narrows and orders them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from elasticsearch.dsl import Double, Integer, Keyword, Long, Mapping, Text

from ...models import ClusterIndex, Entry, Passage
from ..document import document
from .client import feeders

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ANALYSED = ("ts", "as", "a5", "ag")


def terms(options: str) -> Text:
    """Terms between blanks. Without positions where no phrase is asked for: those of the pieces take more room than the text."""
    return Text(analyzer="whitespace", index_options=options)


def mapping() -> Mapping:
    """`as` stems of title and text, `ts` of the title, `a5` beginnings, `ag` pieces of four letters. What is not named here is refused."""
    fields = {
        "source": Keyword(),
        "object": Long(),
        "entry": Long(),
        "version": Long(),
        "container": Keyword(),
        "audience": Integer(),
        "codes": Keyword(),
        # Microseconds: a date would lose the last three digits, by which a list goes on.
        "moment": Long(),
        "quality": Double(),
        "as": terms("positions"),
        "ts": terms("freqs"),
        "a5": terms("freqs"),
        "ag": terms("freqs"),
    }
    found = Mapping()
    found.meta("dynamic", "strict")
    found.meta("_source", excludes=list(ANALYSED))
    for name, field in fields.items():
        found.field(name, field)
    return found


def name_of(source: str, object_id: int) -> str:
    return f"{source}:{object_id}"


def bodies(entries: Iterable[Entry], using: str = DEFAULT_DB_ALIAS) -> Iterator[dict]:
    entries = list(entries)
    passages = Passage.objects.using(using).filter(entry__in=[entry.pk for entry in entries]).order_by("entry_id", "part", "number")
    passages = passages.values_list("entry_id", "text", "language", named=True)
    texts = {pk: list(members) for pk, members in groupby(passages.iterator(), key=lambda passage: passage.entry_id)}
    for entry in entries:
        yield body(entry, texts.get(entry.pk, []))


def body(entry: Entry, passages: list[Passage]) -> dict:
    analysed = document(entry, 0, passages)
    return {
        "source": entry.source,
        "object": entry.object_id,
        "entry": entry.pk,
        "version": entry.version,
        "container": entry.container,
        "audience": entry.audience_id,
        "codes": entry.codes.split(),
        "moment": microseconds(entry.published_at),
        "quality": entry.quality,
        "ts": " ".join(analysed.title),
        "as": " ".join(analysed.stems),
        "a5": " ".join(analysed.fives),
        "ag": " ".join(analysed.pieces),
    }


def tombstone(source: str, object_id: int, version: int) -> dict:
    """Of what is no more. It belongs to no audience, and keeps an older state from coming back for as long as it lies there."""
    return {"source": source, "object": object_id, "version": version}


def microseconds(moment) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def settings_of_index() -> dict:
    known = settings.ELASTICSEARCH
    return {
        "number_of_shards": known["shards"],
        "number_of_replicas": known["replicas"],
        "refresh_interval": known["refresh"],
        # An older state that a stopped worker still holds must not bring back what was deleted meanwhile.
        "gc_deletes": "1h",
    }


def alias(using: str) -> str:
    """By which readers know the index; that of a database for measuring has a name of its own."""
    name = settings.ELASTICSEARCH["index"]
    return name if using == DEFAULT_DB_ALIAS else f"{name}-{using}"


def live(using: str = DEFAULT_DB_ALIAS) -> ClusterIndex:
    """The index that is read. The first one is made where there is none yet, and another one where the cluster has lost it."""
    found = of_state(ClusterIndex.State.LIVE, using)
    if not found:
        found = create(using)
        # It has heard of nothing. Until everything is sent again it is too far behind to be asked.
        Entry.objects.using(using).exclude(fed=0).update(fed=0)
        point_at(found.name, using)
        ClusterIndex.objects.using(using).filter(pk=found.pk).update(state=ClusterIndex.State.LIVE)
    return found


def building() -> ClusterIndex:
    """The new index beside the one that is read: one that was begun and interrupted, else an empty one."""
    live()
    return of_state(ClusterIndex.State.BUILDING, DEFAULT_DB_ALIAS) or create()


def of_state(state: str, using: str) -> ClusterIndex | None:
    """The one of this state that truly is there."""
    known = ClusterIndex.objects.using(using).filter(state=state)
    for index in known:
        if feeders().indices.exists(index=index.name):
            return index
    known.update(state=ClusterIndex.State.KEPT)
    return None


def create(using: str = DEFAULT_DB_ALIAS) -> ClusterIndex:
    """An empty one of the next number."""
    last = ClusterIndex.objects.using(using).order_by("-pk").first()
    number = int(last.name.rpartition("-")[2]) + 1 if last else 1
    index = ClusterIndex.objects.using(using).create(name=f"{alias(using)}-{number}")
    feeders().options(ignore_status=400).indices.create(
        index=index.name, settings={"index": settings_of_index()}, mappings=mapping().to_dict()
    )
    return index


def point_at(name: str, using: str = DEFAULT_DB_ALIAS) -> None:
    """Readers are led there in one step."""
    known = alias(using)
    actions = [{"remove": {"index": f"{known}-*", "alias": known, "must_exist": False}}, {"add": {"index": name, "alias": known}}]
    feeders().indices.update_aliases(actions=actions)
