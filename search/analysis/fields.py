"""Texts and queries as terms."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from .codes import beginnings, codes_in, codes_typed, without
from .latin import readings
from .tokens import tokenize
from .words import _CACHED_WORDS, exact, five, grams, stem


class Fields(NamedTuple):
    """`grams` are the pieces of the words, and their exact beginnings."""

    stems: list[str]
    fives: list[str]
    grams: list[str]


class QueryWord(NamedTuple):
    """`readings` are the same word in Cyrillic letters, if it was written in Latin ones; `is_code`: it is the code of an objective."""

    text: str
    stems: tuple[str, ...]
    five: str
    grams: tuple[str, ...]
    readings: tuple["QueryWord", ...] = ()
    exact: str = ""
    is_code: bool = False


@lru_cache(_CACHED_WORDS)
def _terms(word: str, language: str) -> tuple[str, str, list[str]]:
    return stem(word, language), five(word), [*grams(word), exact(word)]


def analyse(text: str, language: str = "kk") -> Fields:
    fields = Fields([], [], [])
    if codes := codes_in(text):
        text = without(text, codes)
        for terms in fields:
            terms.extend(beginning for code in codes for beginning in beginnings(code))
    for word in tokenize(text):
        stemmed, beginning, pieces = _terms(word, language)
        fields.stems.append(stemmed)
        fields.fives.append(beginning)
        fields.grams.extend(pieces)
    return fields


def in_cyrillic(text: str) -> str:
    """The Latin words of a text as they are read in Cyrillic letters."""
    return " ".join(read[0] for word in tokenize(text) if (read := readings(word)))


def query_words(text: str, limit: int = 32) -> list[QueryWord]:
    """The distinct words of a query: nobody says in which language a query is, so each is stemmed in all of them."""
    codes = codes_typed(text)
    words = list(dict.fromkeys(tokenize(without(text, codes))))[:limit]
    named = {code.text: QueryWord(code.text, (code.term,), code.term, (code.term,), is_code=True) for code in codes[:limit]}
    return [*named.values(), *(_query_word(word, [_query_word(reading) for reading in readings(word)]) for word in words)]


def _query_word(word: str, readings: Iterable[QueryWord] = ()) -> QueryWord:
    stems = tuple(dict.fromkeys([stem(word), stem(word, "ru")]))
    return QueryWord(word, stems, five(word), tuple(grams(word)), tuple(readings), exact(word))
