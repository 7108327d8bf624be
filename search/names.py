"""Things by the beginnings of the words of their names, while somebody types."""

import re

from django.db import DEFAULT_DB_ALIAS, connections

from .analysis import clean, fold, query_words, retyped, tokenize
from .audiences import satisfied_by, tokens_for
from .engines.embedded import index_of
from .engines.embedded.index import Filters, Named, Piece
from .hits import visible_to
from .models import Entry, audiences_open_to

# Of each source, before it is asked what the reader may see
CANDIDATES = 300
LONGEST, MOST_WORDS = 100, 8
_NUMBERS = re.compile(r"(?<!\S)\d+(?: \d+)*(?!\S)")


def named(text: str, *, sources: tuple[str, ...], user, limit: int, candidates: int = CANDIDATES) -> dict[str, list[Entry]]:
    """Of each source the entries whose names hold words beginning like these; those that begin so come first."""
    text = clean(text)[:LONGEST]
    audiences = audiences_open_to(tokens_for(user, sources), satisfied_by(user))
    filters = Filters(audiences=audiences, sources=sources)
    found, beginning = candidates_for(text, filters, candidates) if audiences else ([], "")
    found.sort(key=lambda one: (not one.folded.startswith(beginning), natural(one.folded)))
    visible = visible_to(user, found)
    chosen: dict[str, list[int]] = {}
    for one in found:
        if (one.source, one.object_id) in visible and len(chosen.setdefault(one.source, [])) < limit:
            chosen[one.source].append(one.pk)
    entries = Entry.objects.in_bulk([pk for pks in chosen.values() for pk in pks])
    return {source: [entries[pk] for pk in pks if pk in entries] for source, pks in chosen.items()}


def candidates_for(text: str, filters: Filters, limit: int) -> tuple[list[Named], str]:
    """What was typed, else its code alone, else what it would be on the other keyboard."""
    index = index_of(connections[DEFAULT_DB_ALIAS])
    pieces = pieces_of(text)
    codes = [piece for piece in pieces if " " in piece[0].strip()]
    others = [pieces_of(other) for other in retyped(text)]
    for asked in (pieces, codes, *others):
        if asked and (found := index.named(asked, filters, limit)):
            return found, asked[0][0]
    return [], ""


def pieces_of(text: str) -> list[Piece]:
    """Beginnings of words as they stand in `Entry.folded`; numbers in a row are one code, closed by what is typed after it."""
    folded = " ".join(fold(word) for word in tokenize(text))
    codes = [found.group() for found in _NUMBERS.finditer(folded)]
    words = _NUMBERS.sub(" ", folded).split()
    if codes and folded.endswith(codes[-1]) and not text[-1].isalnum():
        codes[-1] += " "
    return [(f" {code}",) for code in codes[:MOST_WORDS]] + [(f" {word}", *readings_of(word)) for word in words[:MOST_WORDS]]


def spellings(text: str) -> list[str]:
    """A text in folded letters: as it was typed, with Latin letters read, on the other keyboard."""
    text = clean(text)[:LONGEST]
    typed = tokenize(text)
    read = [(readings_of(word) or [word])[0].strip() for word in typed]
    ways = (typed, read, *map(tokenize, retyped(text)))
    return list(dict.fromkeys(" ".join(map(fold, words)) for words in ways if words))


def readings_of(word: str) -> list[str]:
    return [f" {fold(reading.text)}" for typed in query_words(word) for reading in typed.readings]


def natural(folded: str) -> list[tuple[int, int, str]]:
    """7.1.2 before 7.1.10."""
    return [(0, int(word), "") if word.isdecimal() else (1, 0, word) for word in folded.split()]
