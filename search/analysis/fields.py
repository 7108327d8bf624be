"""Texts and queries as terms."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from .codes import beginnings, codes_in, codes_typed, without
from .latin import readings
from .tokens import tokenize
from .words import _CACHED_WORDS, five, grams, stem


class Fields(NamedTuple):
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
    is_code: bool = False


@lru_cache(_CACHED_WORDS)
def _terms(word: str, language: str) -> tuple[str, str, list[str]]:
    return stem(word, language), five(word), grams(word)


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


def query_words(text: str, limit: int = 32) -> list[QueryWord]:
    """The distinct words of a query: nobody says in which language a query is, so each is stemmed in all of them."""
    codes = codes_typed(text)
    words = list(dict.fromkeys(tokenize(without(text, codes))))[:limit]
    named = {code.text: QueryWord(code.text, (code.term,), code.term, (code.term,), is_code=True) for code in codes[:limit]}
    return [*named.values(), *(_query_word(word, [_query_word(reading) for reading in readings(word)]) for word in words)]


def _query_word(word: str, readings: Iterable[QueryWord] = ()) -> QueryWord:
    return QueryWord(word, tuple(dict.fromkeys([stem(word), stem(word, "ru")])), five(word), tuple(grams(word)), tuple(readings))
