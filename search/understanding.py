"""Which filters the words of a query name: «физикадан 7-сыныпқа СОР» names a subject, a grade and a type of material.

    understand("физикадан 7-сыныпқа СОР", facets) -> [Meaning("subject", "physics", "физикадан"), Meaning("grade", "7", "7-сыныпқа"), …]

Every facet says how its codes are spoken (`sources.Facet.spoken`). Words are compared by their stems, so any case and any keyboard will do.
A phrase in quotation marks is meant letter by letter, where an ending makes the difference: «ағылшын тілінде» is a language, «ағылшын
тілі» a subject. The longest phrase wins, of equally long ones that which is written just so. What may mean two facets means nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from os.path import commonprefix
from typing import NamedTuple

from .analysis import clean, codes_typed, fold, lower, query_words, without
from .query import MAX_TEXT
from .sources import Facet

# Digits and letters are words of their own: 7сынып, 7th.
_WORD = re.compile(r"\d+|[^\W\d_]+")
_MOST_WORDS = 32
# Words of one stem differ at their ends alone.
_ENDING = 2
# What may follow a number before that which is numbered: 7-ші сынып, 7-й класс, 7th grade.
_ORDINALS = frozenset(map(fold, "ші шы й го го м му я ой ый ого th st nd rd".split()))
_JOINING = frozenset(map(fold, "и және мен бен пен не or and или".split()))
_RANGE = frozenset("-–—")
_MOST_NUMBERS = 12


class Meaning(NamedTuple):
    facet: str
    code: str
    words: str


class Token(NamedTuple):
    """A word of a query with its place in the text; `read` is what it may be besides, if it was written in Latin letters."""

    folded: str
    read: frozenset[str]
    stems: frozenset[str]
    start: int
    end: int


class Phrase(NamedTuple):
    facet: str
    code: str
    words: tuple[Token, ...]
    is_literal: bool


class Place(NamedTuple):
    """Where a phrase stands: words from `first` up to `last`, and whether they are written just so."""

    first: int
    last: int
    is_exact: bool
    phrase: Phrase


def understand(text: str, facets: Iterable[Facet]) -> list[Meaning]:
    text = clean(text)[:MAX_TEXT]
    text = without(text, codes_typed(text))
    tokens = list(islice(tokens_of(text), _MOST_WORDS))
    if not tokens:
        return []
    phrases = phrasebook(facets)
    meanings, place = {}, 0
    while place < len(tokens):
        found = best(places(tokens, place, phrases))
        for one in found:
            for code, first, last in sorted(numbered(one, tokens, text, phrases), key=by_number):
                words = text[tokens[first].start : tokens[last].end]
                meanings.setdefault((one.phrase.facet, code), Meaning(one.phrase.facet, code, words))
        place = max([place + 1, *(one.last for one in found)])
    return list(meanings.values())


def by_number(found: tuple[str, int, int]) -> tuple[int, str]:
    return len(found[0]), found[0]


def tokens_of(text: str) -> Iterator[Token]:
    """The letter of a class and the ending of a numeral are passed over where they follow a number: 7 «Ә» сынып, 7-ші сынып."""
    follows_number = False
    for found in _WORD.finditer(lower(text)):
        word = found.group()
        is_passed_over = follows_number and is_ending_of_number(word)
        follows_number = word.isdecimal()
        if not is_passed_over:
            yield Token(*as_terms(word), found.start(), found.end())


def is_ending_of_number(word: str) -> bool:
    folded = fold(word)
    return folded in _ORDINALS or (len(word) == 1 and word.isalpha() and folded not in _JOINING)


@lru_cache(10_000)
def as_terms(word: str) -> tuple[str, frozenset[str], frozenset[str]]:
    words = query_words(word)
    readings = [reading for one in words for reading in one.readings]
    stems = frozenset(stem for one in (*words, *readings) for stem in one.stems)
    return fold(word), frozenset(fold(one.text) for one in readings), stems


# How phrases are found by the first word of them
Phrasebook = Mapping[str, list[Phrase]]
_books: dict[tuple[str, ...], tuple[list[Mapping], Phrasebook]] = {}


def phrasebook(facets: Iterable[Facet]) -> Phrasebook:
    """Made anew when a vocabulary says something else."""
    facets = [facet for facet in facets if facet.spoken is not None]
    names, spoken = tuple(facet.name for facet in facets), [facet.spoken() for facet in facets]
    known = _books.get(names)
    if known is None or known[0] != spoken:
        known = _books[names] = spoken, written_out(names, spoken)
    return known[1]


def written_out(names: Iterable[str], spoken: Iterable[Mapping[str, Iterable[str]]]) -> Phrasebook:
    book = defaultdict(list)
    for name, codes in zip(names, spoken, strict=True):
        for code, phrases in codes.items():
            for text in dict.fromkeys(phrases):
                words = tuple(tokens_of(clean(text)))
                phrase = Phrase(name, code, words, text.startswith('"'))
                for stem in words[0].stems if words else ():
                    book[stem].append(phrase)
    return dict(book)


def places(tokens: list[Token], first: int, phrases: Phrasebook) -> Iterator[Place]:
    for stem in tokens[first].stems:
        for phrase in phrases.get(stem, ()):
            said = tokens[first : first + len(phrase.words)]
            if len(said) == len(phrase.words) and all(map(are_one_word, said, phrase.words)):
                is_exact = all(word.folded == meant.folded for word, meant in zip(said, phrase.words, strict=True))
                if is_exact or not phrase.is_literal:
                    yield Place(first, first + len(said), is_exact, phrase)


def are_one_word(said: Token, meant: Token) -> bool:
    if said.folded == meant.folded:
        return True
    shared = max(len(commonprefix([spelling, meant.folded])) for spelling in (said.folded, *said.read))
    return not said.stems.isdisjoint(meant.stems) and shared >= max(len(meant.folded) - _ENDING, _ENDING)


def best(found: Iterable[Place]) -> list[Place]:
    """Of several codes of one facet each may be meant, of several facets none."""
    found = list(found)
    if not found:
        return []
    longest = max((place.last, place.is_exact) for place in found)
    chosen = [place for place in found if (place.last, place.is_exact) == longest]
    return chosen if len({place.phrase.facet for place in chosen}) == 1 else []


def numbered(place: Place, tokens: list[Token], text: str, phrases: Phrasebook) -> Iterator[tuple[str, int, int]]:
    """The code of the phrase, and those of the numbers beside its own: «5, 6 және 7-сынып», «7–9 класс»."""
    first, last = place.first, place.last - 1
    yield place.phrase.code, first, last
    before = place.phrase.words[0].folded.isdecimal()
    at, step = (first, -1) if before else (last, 1)
    said = tuple(word.folded for word in place.phrase.words)
    for number, reached in beside(tokens, text, at, step):
        meant = (number, *said[1:]) if before else (*said[:-1], number)
        firsts = [number] if before else place.phrase.words[0].stems
        for phrase in (phrase for stem in firsts for phrase in phrases.get(stem, ())):
            if phrase.facet == place.phrase.facet and tuple(word.folded for word in phrase.words) == meant:
                yield phrase.code, min(first, reached), max(last, reached)


def beside(tokens: list[Token], text: str, at: int, step: int) -> Iterator[tuple[str, int]]:
    """Numbers that are listed beside the one at this place, each with the place of its word."""
    while tokens[at].folded.isdecimal() and 0 <= (then := at + step) < len(tokens):
        is_joined = tokens[then].folded in _JOINING and 0 <= then + step < len(tokens)
        then += step if is_joined else 0
        between = text[min(tokens[at].end, tokens[then].end) : max(tokens[at].start, tokens[then].start)].strip()
        if not tokens[then].folded.isdecimal() or not (is_joined or between in {",", "/", *_RANGE}):
            return
        low, high = sorted((int(tokens[at].folded[:4]), int(tokens[then].folded[:4])))
        inside = range(low + 1, high)[:_MOST_NUMBERS] if between in _RANGE else ()
        for number in (*map(str, inside), tokens[then].folded):
            yield number, then
        at = then
