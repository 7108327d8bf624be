"""Texts and queries as terms."""

from collections.abc import Iterable
from typing import NamedTuple

from .codes import beginnings, codes_in, codes_typed, without
from .latin import readings
from .tokens import tokenize
from .words import _CACHED_WORDS, exact, five, grams, stem

NOTHING = (), (), ()


class Fields(NamedTuple):
    """`pieces` are those of each word between blanks: its grams and its exact beginning."""

    stems: list[str]
    fives: list[str]
    pieces: list[str]


class QueryWord(NamedTuple):
    """`readings` are the same word in Cyrillic letters, if it was written in Latin ones; `is_code`: it is the code of an objective."""

    text: str
    stems: tuple[str, ...]
    five: str
    grams: tuple[str, ...]
    readings: tuple["QueryWord", ...] = ()
    exact: str = ""
    is_code: bool = False


class Terms(dict[str, tuple[str, str, str]]):
    """Word → its stem in one language, its beginning, its pieces. To ask a dictionary is faster than a function that remembers."""

    def __init__(self, language: str):
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> tuple[str, str, str]:
        if len(self) >= _CACHED_WORDS:
            self.clear()
        self[word] = found = (stem(word, self.language), five(word), " ".join([*grams(word), exact(word)]))
        return found


_terms = {language: Terms(language) for language in ("kk", "ru", "en", "")}


def analyse(text: str, language: str = "kk") -> Fields:
    if not text:
        return Fields([], [], [])
    of_codes = []
    if codes := codes_in(text):
        text = without(text, codes)
        of_codes = [beginning for code in codes for beginning in beginnings(code)]
    terms = _terms.get(language) or _terms.setdefault(language, Terms(language))
    found = [*zip(*map(terms.__getitem__, tokenize(text)), strict=True)] or NOTHING
    return Fields(*([*of_codes, *part] for part in found))


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
