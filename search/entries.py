"""How other apps make their things findable, inside the transaction of their own action.

    put_entry(Findable(source="material", object_id=material.pk, title=material.title, summary=material.description, language="kk",
                       parts=[Part(text=page, page=number, label=file.name) for number, page in pages],
                       facets={"subject": ["math"], "grade": ["5"]}, audience=["public"], requires=["verified"],
                       published_at=material.published_at, data={"author": "…"}))
    put_entries(findables)                       # many at once, several times faster
    remove_entry("material", material.pk)
    withdraw("material", material.pk)            # an audience was narrowed; the next put_entry answers it
    withdraw_container("group:12")               # everything in a group, until each entry is put again
    put_part("topic", topic.pk, Part(text=post.text, number=post.number))     # one post of a long topic

Putting the same again changes nothing and costs little.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Max, Q
from django.utils import timezone

from . import sources
from .engines import has_cluster
from .engines.embedded import EmbeddedEngine
from .models import Audience, AudienceToken, Entry, Passage, Withdrawal
from .passages import Placing, cut
from .projection import Projection

# (sources) -> None; called in the transaction that changes what can be found of them
on_change: list[Callable[[set[str]], None]] = []

EVERYONE = "public"
BATCH = 200


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of text with a place of its own: a page of a file, a post. Without a number it takes its place in the list."""

    text: str
    number: int | None = None
    page: int | None = None
    label: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Findable:
    """All that search knows of a thing.

    `names` are further names it is found and suggested by (other languages, a code); `keywords` are words it is found by but never
    shown. `data` is what its row template draws. `signals` lift it a little among equals, see `search.ranking`: how `complete` it is
    and whether it is `solved`, between 0 and 1, how many `thanks` and `saves` it has.
    """

    source: str
    object_id: int
    title: str
    summary: str = ""
    language: str = ""
    names: Iterable[str] = ()
    keywords: Iterable[str] = ()
    parts: Iterable[Part] = ()
    facets: Mapping[str, Iterable[str]] = field(default_factory=dict)
    audience: Iterable[str] = (EVERYONE,)
    requires: Iterable[str] = ()
    container: str = ""
    signals: Mapping[str, float] = field(default_factory=dict)
    published_at: datetime | None = None
    data: Mapping = field(default_factory=dict)


def put_entry(thing: Findable, *, force: bool = False, using: str = DEFAULT_DB_ALIAS) -> Entry:
    """Make a thing findable as it is now. `force` writes even what has not changed."""
    return _put([thing], force, using)[0]


def put_entries(things: Iterable[Findable], *, force: bool = False, using: str = DEFAULT_DB_ALIAS) -> int:
    """The same for many, in transactions of their own unless the caller has one; returns how many."""
    things, number = iter(things), 0
    while batch := list(islice(things, BATCH)):
        number += len(_put(batch, force, using))
    return number


def remove_entry(source: str, object_id: int, *, using: str = DEFAULT_DB_ALIAS) -> None:
    with transaction.atomic(using=using):
        for entry in Entry.objects.using(using).filter(source=source, object_id=object_id):
            EmbeddedEngine(using).erase([entry])
            if has_cluster():
                withdraw(source, object_id, using=using)
            entry.delete()
            _tell({source}, using)


def put_part(source: str, object_id: int, part: Part, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Add or replace one part of an entry that exists, writing no more than its own piece of the index.

    What is withdrawn stays so: only the whole entry says again who may find it.
    """
    with transaction.atomic(using=using):
        entry = Entry.objects.using(using).select_for_update().get(source=source, object_id=object_id)
        old = entry.passages.filter(part=part.number)
        chunks = set(old.values_list("chunk", flat=True))
        old.delete()
        placing = Placing.within(max(chunks)) if chunks else Placing.after(entry)
        passages = [Passage(entry=entry, **passage) for passage in cut(part, part.number, entry.language, placing)]
        Passage.objects.using(using).bulk_create(passages)
        if not _is_awaited(entry, using):
            entry.version = max(_now(), entry.version + 1)
            entry.save(update_fields=["version"])
        EmbeddedEngine(using).write_chunks(entry, chunks | {passage.chunk for passage in passages})
        _tell({source}, using)


def remove_part(source: str, object_id: int, number: int, *, using: str = DEFAULT_DB_ALIAS) -> None:
    put_part(source, object_id, Part(text="", number=number), using=using)


def withdraw(source: str, object_id: int, *, using: str = DEFAULT_DB_ALIAS) -> Withdrawal:
    """Nobody finds this entry until it is put again."""
    until = _beyond(Entry.objects.using(using).filter(source=source, object_id=object_id))
    _tell({source}, using)
    return Withdrawal.objects.using(using).create(source=source, object_id=object_id, until=until)


def withdraw_container(container: str, *, using: str = DEFAULT_DB_ALIAS) -> Withdrawal:
    """Nobody finds anything in this container, each entry until it is put again."""
    entries = Entry.objects.using(using).filter(container=container)
    until = _beyond(entries)
    _tell(set(entries.order_by().values_list("source", flat=True).distinct()), using)
    return Withdrawal.objects.using(using).create(container=container, until=until)


def settle_withdrawals(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Forget the withdrawals for which no entry waits any more, nor the cluster: of what is gone its feeder knows."""
    entries = Entry.objects.using(using)
    for withdrawal in Withdrawal.objects.using(using).iterator():
        same = Q(container=withdrawal.container) if withdrawal.container else Q(source=withdrawal.source, object_id=withdrawal.object_id)
        known = entries.filter(same)
        waits = Q(fed__lt=withdrawal.until) if has_cluster() else Q(version__lt=withdrawal.until)
        is_gone = has_cluster() and not withdrawal.container and not known.exists()
        if not is_gone and not known.filter(waits).exists():
            withdrawal.delete()


def _tell(sources_changed: set[str], using: str) -> None:
    if using == DEFAULT_DB_ALIAS:
        for function in on_change:
            function(sources_changed)


# Versions are microseconds: they grow over removal and return of an entry, which a counter in its row would not.
def _now() -> int:
    return time.time_ns() // 1000


def _beyond(entries) -> int:
    """A version that none of these entries has yet."""
    return max(_now(), (entries.aggregate(Max("version"))["version__max"] or 0) + 1)


def _put(things: list[Findable], force: bool, using: str) -> list[Entry]:
    with transaction.atomic(using=using):
        projections = {(thing.source, thing.object_id): Projection(thing) for thing in things}
        known = _known(projections, using)
        awaited = _awaited(projections, using)
        changed, rewritten = [], []
        for key, projection in projections.items():
            entry = known.get(key)
            same_text = entry is not None and projection.says_the_same_text(entry)
            current = same_text and entry.digest == projection.digest and entry.version >= awaited.get(key, 0)
            if force or not current:
                changed.append(projection)
            if force or not same_text:
                rewritten.append(projection)
        saved = known | _save(changed, known, awaited, using)
        _write([(saved[projection.key], projection) for projection in rewritten], using)
        if changed:
            _tell({projection.key[0] for projection in changed}, using)
        # A cluster has to hear of it first: then the feeder settles what it has answered.
        for source, object_id in () if has_cluster() else awaited:
            version = saved[source, object_id].version
            Withdrawal.objects.using(using).filter(source=source, object_id=object_id, until__lte=version).delete()
        if not force:
            texts = {projection.key for projection in rewritten}
            _announce([saved[key] for key in projections if key in texts or _is_elsewhere(known[key], saved[key])])
        return [saved[key] for key in projections]


def _is_elsewhere(before: Entry, now: Entry) -> bool:
    """Other readers or other facets; the rest of what may have changed is only drawn."""
    return (before.audience_id, before.codes) != (now.audience_id, now.codes)


def _announce(entries: list[Entry]) -> None:
    for changed in sources.entries_changed if entries else ():
        changed(entries)


def _known(projections: dict[tuple, Projection], using: str) -> dict[tuple, Entry]:
    entries = Entry.objects.using(using).select_for_update().filter(_any_of(projections)).order_by("pk").prefetch_related("passages")
    return {(entry.source, entry.object_id): entry for entry in entries}


def _awaited(projections: dict[tuple, Projection], using: str) -> dict[tuple, int]:
    """The version that answers the withdrawals of each entry, where there are any."""
    containers = {projection.fields["container"] for projection in projections.values()} - {""}
    withdrawals = Withdrawal.objects.using(using).filter(_any_of(projections) | Q(container__in=containers))
    awaited: dict[tuple, int] = {}
    for withdrawal in withdrawals:
        for key, projection in projections.items():
            if _concerns(withdrawal, projection):
                awaited[key] = max(withdrawal.until, awaited.get(key, 0))
    return awaited


def _is_awaited(entry: Entry, using: str) -> bool:
    same = Q(source=entry.source, object_id=entry.object_id)
    if entry.container:
        same |= Q(container=entry.container)
    return Withdrawal.objects.using(using).filter(same, until__gt=entry.version).exists()


def _concerns(withdrawal: Withdrawal, projection: Projection) -> bool:
    if withdrawal.container:
        return withdrawal.container == projection.fields["container"]
    return (withdrawal.source, withdrawal.object_id) == projection.key


def _any_of(keys: Iterable[tuple]) -> Q:
    found = Q(pk__in=[])
    for source, members in groupby(sorted(keys), key=itemgetter(0)):
        found |= Q(source=source, object_id__in=[object_id for _source, object_id in members])
    return found


def _save(projections: list[Projection], known: dict, awaited: dict, using: str) -> dict[tuple, Entry]:
    audiences = audiences_of(projections, using)
    entries = []
    for projection in projections:
        before = known.get(projection.key)
        entries.append(
            Entry(
                **projection.fields,
                digest=projection.digest,
                audience=audiences[projection.audience_digest],
                published_at=projection.published_at or (before.published_at if before else timezone.now()),
                version=max(_now(), before.version + 1 if before else 0, awaited.get(projection.key, 0)),
            )
        )
    changing = [column.name for column in Entry._meta.concrete_fields if column.name not in ("id", "source", "object_id", "fed")]
    saved = Entry.objects.using(using).bulk_create(
        entries, update_conflicts=True, unique_fields=["source", "object_id"], update_fields=changing
    )
    return {(entry.source, entry.object_id): entry for entry in saved}


def audiences_of(projections: list[Projection], using: str = DEFAULT_DB_ALIAS) -> dict[str, Audience]:
    wanted = {projection.audience_digest: projection for projection in projections}
    audiences = {audience.digest: audience for audience in Audience.objects.using(using).filter(digest__in=wanted)}
    for digest in wanted.keys() - audiences.keys():
        tokens, requires = wanted[digest].tokens, wanted[digest].requires
        audience, created = Audience.objects.using(using).get_or_create(digest=digest, defaults={"tokens": tokens, "requires": requires})
        if created:
            AudienceToken.objects.using(using).bulk_create([AudienceToken(audience=audience, token=token) for token in tokens])
        audiences[digest] = audience
    return audiences


def _write(pairs: list[tuple[Entry, Projection]], using: str) -> None:
    entries = [entry for entry, _projection in pairs]
    Passage.objects.using(using).filter(entry__in=entries).delete()
    passages = [passage for entry, projection in pairs for passage in projection.passages_for(entry)]
    Passage.objects.using(using).bulk_create(passages, batch_size=500)
    EmbeddedEngine(using).write(entries)
