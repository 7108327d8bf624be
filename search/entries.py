"""How other apps make their things findable, inside the transaction of their own action.

    put_entry(Findable(source="material", object_id=material.pk, title=material.title, summary=material.description, language="kk",
                       parts=[Part(text=page, page=number, label=file.name) for number, page in pages],
                       facets={"subject": ["math"], "grade": ["5"]}, audience=["public"], requires=["verified"],
                       published_at=material.published_at, data={"author": "…"}))
    remove_entry("material", material.pk)
    withdraw("material", material.pk)            # an audience was narrowed; the next put_entry answers it
    withdraw_container("group:12")               # everything in a group, until each entry is put again
    put_part("topic", topic.pk, Part(text=post.text, number=post.number))     # one post of a long topic

Putting the same again changes nothing and costs little.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Max, Q
from django.utils import timezone

from .analysis import clean, fold, tokenize
from .engines.embedded import EmbeddedEngine
from .models import Audience, AudienceToken, Entry, Passage, Withdrawal
from .passages import Placing, cut

EVERYONE = "public"


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
    shown. `data` is what its row template draws. `quality` between 0 and 1 lifts it a little among equals.
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
    quality: float = 0.0
    published_at: datetime | None = None
    data: Mapping = field(default_factory=dict)


def put_entry(thing: Findable, *, force: bool = False, using: str = DEFAULT_DB_ALIAS) -> Entry:
    """Make a thing findable as it is now. `force` writes even what has not changed."""
    with transaction.atomic(using=using):
        entry = _locked(thing.source, thing.object_id, using)
        fields, passages = _fields(thing, using), _passages(thing)
        same_text = entry is not None and _text(entry) == _text(Entry(**fields)) and _stored(entry) == _plain(passages)
        if entry and same_text and not force and entry.digest == fields["digest"] and entry.version >= _awaited(entry):
            return entry
        entry = _save(entry, fields)
        if force or not same_text:
            entry.passages.all().delete()
            Passage.objects.using(using).bulk_create([Passage(entry=entry, **passage) for passage in passages], batch_size=500)
            EmbeddedEngine(using).write(entry)
        Withdrawal.objects.using(using).filter(source=entry.source, object_id=entry.object_id, until__lte=entry.version).delete()
        return entry


def remove_entry(source: str, object_id: int, *, using: str = DEFAULT_DB_ALIAS) -> None:
    with transaction.atomic(using=using):
        for entry in Entry.objects.using(using).filter(source=source, object_id=object_id):
            EmbeddedEngine(using).erase(entry)
            entry.delete()


def put_part(source: str, object_id: int, part: Part, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Add or replace one part of an entry that exists, writing no more than its own piece of the index."""
    with transaction.atomic(using=using):
        entry = _locked(source, object_id, using)
        old = entry.passages.filter(part=part.number)
        chunks = set(old.values_list("chunk", flat=True))
        old.delete()
        placing = Placing.after(entry) if not chunks else Placing.within(max(chunks))
        passages = list(cut(part, part.number, entry.language, placing))
        Passage.objects.using(using).bulk_create([Passage(entry=entry, **passage) for passage in passages])
        _touch(entry)
        EmbeddedEngine(using).write(entry, chunks | {passage["chunk"] for passage in passages})


def remove_part(source: str, object_id: int, number: int, *, using: str = DEFAULT_DB_ALIAS) -> None:
    put_part(source, object_id, Part(text="", number=number), using=using)


def withdraw(source: str, object_id: int, *, using: str = DEFAULT_DB_ALIAS) -> Withdrawal:
    """Nobody finds this entry until it is put again."""
    return Withdrawal.objects.using(using).create(source=source, object_id=object_id, until=_next_version(using, source, object_id))


def withdraw_container(container: str, *, using: str = DEFAULT_DB_ALIAS) -> Withdrawal:
    """Nobody finds anything in this container, each entry until it is put again."""
    newest = Entry.objects.using(using).filter(container=container).aggregate(Max("version"))["version__max"] or 0
    return Withdrawal.objects.using(using).create(container=container, until=max(newest + 1, _now()))


def settle_withdrawals(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Forget the withdrawals for which no entry waits any more."""
    entries = Entry.objects.using(using)
    for withdrawal in Withdrawal.objects.using(using).iterator():
        same = Q(container=withdrawal.container) if withdrawal.container else Q(source=withdrawal.source, object_id=withdrawal.object_id)
        if not entries.filter(same, version__lt=withdrawal.until).exists():
            withdrawal.delete()


def is_current(thing: Findable, entry: Entry) -> bool:
    """Whether the entry holds what the thing says now."""
    fields = _fields(thing, entry._state.db)
    return entry.digest == fields["digest"] and _text(entry) == _text(Entry(**fields)) and _stored(entry) == _plain(_passages(thing))


# Versions are microseconds: they grow over removal and return of an entry, which a counter in its row would not.
def _now() -> int:
    return time.time_ns() // 1000


def _next_version(using: str, source: str, object_id: int) -> int:
    entry = Entry.objects.using(using).filter(source=source, object_id=object_id).first()
    return max(_now(), entry.version + 1 if entry else 0)


def _awaited(entry: Entry) -> int:
    waiting = Q(source=entry.source, object_id=entry.object_id)
    if entry.container:
        waiting |= Q(container=entry.container)
    return Withdrawal.objects.using(entry._state.db).filter(waiting).aggregate(Max("until"))["until__max"] or 0


def _locked(source: str, object_id: int, using: str) -> Entry | None:
    return Entry.objects.using(using).select_for_update().filter(source=source, object_id=object_id).first()


def _save(entry: Entry | None, fields: dict) -> Entry:
    using = fields["audience"]._state.db
    saved = Entry(pk=entry.pk if entry else None, **{"published_at": entry.published_at if entry else timezone.now(), **fields})
    saved._state.db = using
    saved.version = max(_now(), entry.version + 1 if entry else 0, _awaited(saved))
    saved.save(using=using, force_update=entry is not None, force_insert=entry is None)
    return saved


def _touch(entry: Entry) -> None:
    entry.version = max(_now(), entry.version + 1)
    entry.save(update_fields=["version"])


def _fields(thing: Findable, using: str) -> dict:
    names = [clean(name) for name in thing.names if name]
    fields = {
        "source": thing.source,
        "object_id": thing.object_id,
        "language": thing.language,
        "container": thing.container,
        "quality": min(max(thing.quality, 0), 1),
        "codes": _codes(thing),
        "title": clean(thing.title),
        "summary": clean(thing.summary),
        "names": "\n".join(names),
        "keywords": " ".join(clean(word) for word in thing.keywords if word),
        "folded": f" {' '.join(map(fold, tokenize(' '.join([clean(thing.title), *names]))))} ",
        "data": _cleaned(json.loads(json.dumps(dict(thing.data), cls=DjangoJSONEncoder))),
    }
    audience = sorted(set(thing.audience)), sorted(set(thing.requires))
    fields["digest"] = _digest([fields, audience, thing.published_at])
    if thing.published_at:
        fields["published_at"] = thing.published_at
    return {**fields, "audience": _audience(*audience, using)}


def _cleaned(value):
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return clean(value) if isinstance(value, str) else value


def _digest(value) -> str:
    return hashlib.sha256(json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def _codes(thing: Findable) -> str:
    """The codes of all facets as words between blanks: ` source:material language:kk grade:5 `."""
    facets = {"source": [thing.source], "language": [thing.language] if thing.language else [], **thing.facets}
    words = [f"{name}:{code}" for name, codes in facets.items() for code in dict.fromkeys(map(str, codes))]
    for word in words:
        if word.endswith(":") or word.split() != [word]:
            raise ValueError(f"A facet code is one word: {word!r}")
    return f" {' '.join(words)} "


def _audience(tokens: list[str], requires: list[str], using: str) -> Audience:
    audience, created = Audience.objects.using(using).get_or_create(
        digest=_digest([tokens, requires]), defaults={"tokens": tokens, "requires": requires}
    )
    if created:
        AudienceToken.objects.using(using).bulk_create([AudienceToken(audience=audience, token=token) for token in tokens])
    return audience


_TEXT_FIELDS = ("language", "title", "summary", "names", "keywords")
_PASSAGE_FIELDS = ("part", "number", "page", "label", "language", "words", "text")


def _text(entry: Entry) -> tuple:
    return tuple(getattr(entry, name) for name in _TEXT_FIELDS)


def _stored(entry: Entry) -> list[dict]:
    return list(entry.passages.values(*_PASSAGE_FIELDS))


def _plain(passages: list[dict]) -> list[dict]:
    """Without the chunk, which depends on the order in which the parts came."""
    return [{name: passage[name] for name in _PASSAGE_FIELDS} for passage in passages]


def _passages(thing: Findable) -> list[dict]:
    placing = Placing()
    parts = [(part.number if part.number is not None else index, part) for index, part in enumerate(thing.parts)]
    return [passage for number, part in sorted(parts, key=lambda item: item[0]) for passage in cut(part, number, thing.language, placing)]
