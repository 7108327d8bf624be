"""A findable thing as rows: the fields of its entry and its passages, and whether the stored ones say the same."""

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder

from .analysis import clean, fold, tokenize
from .models import Entry, Passage
from .passages import Placing, cut
from .ranking import quality

if TYPE_CHECKING:
    from .entries import Findable

TEXT_FIELDS = ("language", "title", "summary", "names", "keywords")
PASSAGE_FIELDS = ("part", "number", "page", "label", "language", "words", "text")


class Projection:
    def __init__(self, thing: "Findable"):
        self.key = (thing.source, thing.object_id)
        self.tokens, self.requires = sorted(set(thing.audience)), sorted(set(thing.requires))
        self.published_at = thing.published_at
        self.fields = fields_of(thing)
        self.passages = passages_of(thing)

    @property
    def audience_digest(self) -> str:
        return digest([self.tokens, self.requires])

    @property
    def digest(self) -> str:
        return digest([self.fields, self.tokens, self.requires, self.published_at])

    def says_the_same_text(self, entry: Entry) -> bool:
        """The chunk of a passage does not count: it depends on the order in which the parts came."""
        stored = [{name: getattr(passage, name) for name in PASSAGE_FIELDS} for passage in entry.passages.all()]
        wanted = [{name: passage[name] for name in PASSAGE_FIELDS} for passage in self.passages]
        return all(getattr(entry, name) == self.fields[name] for name in TEXT_FIELDS) and stored == wanted

    def says_the_same(self, entry: Entry) -> bool:
        return entry.digest == self.digest and self.says_the_same_text(entry)

    def passages_for(self, entry: Entry) -> Iterable[Passage]:
        return (Passage(entry=entry, **passage) for passage in self.passages)


def fields_of(thing: "Findable") -> dict:
    names = [clean(name) for name in thing.names if name]
    return {
        "source": thing.source,
        "object_id": thing.object_id,
        "language": thing.language,
        "container": thing.container,
        "signals": dict(thing.signals),
        "quality": quality(thing.signals),
        "codes": codes_of(thing),
        "title": clean(thing.title),
        "summary": clean(thing.summary),
        "names": "\n".join(names),
        "keywords": " ".join(clean(word) for word in thing.keywords if word),
        "folded": f" {' '.join(map(fold, tokenize(' '.join([clean(thing.title), *names]))))} ",
        "data": cleaned(json.loads(json.dumps(dict(thing.data), cls=DjangoJSONEncoder))),
    }


def codes_of(thing: "Findable") -> str:
    """The codes of all facets as words between blanks: ` source:material language:kk grade:5 `."""
    facets = {"source": [thing.source], "language": [thing.language] if thing.language else [], **thing.facets}
    words = [f"{name}:{code}" for name, codes in facets.items() for code in dict.fromkeys(map(str, codes))]
    for word in words:
        if word.endswith(":") or word.split() != [word]:
            raise ValueError(f"A facet code is one word: {word!r}")
    return f" {' '.join(words)} "


def passages_of(thing: "Findable") -> list[dict]:
    placing = Placing()
    parts = [(part.number if part.number is not None else index, part) for index, part in enumerate(thing.parts)]
    return [passage for number, part in sorted(parts, key=lambda item: item[0]) for passage in cut(part, number, thing.language, placing)]


def cleaned(value):
    if isinstance(value, dict):
        return {clean(key): cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return clean(value) if isinstance(value, str) else value


def digest(value) -> str:
    return hashlib.sha256(json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()
