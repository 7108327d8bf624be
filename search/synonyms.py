"""What editors know to be said in other words, read when a question comes.

A change is forgotten by all processes that share a cache at once, and by every other one within seconds.
"""

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, transaction

from .analysis import QueryWord, query_words, stem
from .models import Synonym

KEPT_SECONDS = 5
# Of one question, and of one phrase
MOST, MOST_WORDS = 8, 6


class Phrase(NamedTuple):
    """Words that stand for the typed one of this number; they count only all together."""

    number: int
    weight: float
    words: tuple[QueryWord, ...]


# Stems of what is typed → what it finds as well
Book = dict[str, list[tuple[tuple[frozenset[str], ...], float, tuple[QueryWord, ...]]]]
_books: dict[str, tuple[UUID, Book]] = {}


def synonyms_of(words: list[QueryWord], using: str = DEFAULT_DB_ALIAS) -> list[Phrase]:
    book, found = book_of(using) if words else {}, []
    said = [stems_of(word) for word in words]
    for number, stems in enumerate(said):
        for typed, weight, also in (entry for first in sorted(stems) for entry in book.get(first, ())):
            if len(typed) <= len(said) - number and all(map(frozenset.intersection, typed, said[number:])):
                found.append(Phrase(number, weight, also))
    known = {phrase.words: phrase for phrase in sorted(found, key=lambda phrase: phrase.weight)}
    return sorted(known.values(), key=lambda phrase: -phrase.weight)[:MOST]


def stems_of(word: QueryWord) -> frozenset[str]:
    return frozenset(stem for spelling in (word, *word.readings) for stem in spelling.stems)


def book_of(using: str) -> Book:
    """The book of this process, as long as the shared cache holds the mark under which it was read."""
    mark = cache.get_or_set(mark_of(using), uuid4, KEPT_SECONDS)
    if using not in _books or _books[using][0] != mark:
        _books[using] = mark, read(Synonym.objects.using(using).all())
    return _books[using][1]


def mark_of(using: str) -> str:
    return f"search:synonyms-mark:{using}"


def read(synonyms: Iterable[Synonym]) -> Book:
    book: Book = {}
    for synonym in synonyms:
        typed, also = phrases(synonym.words, synonym.language), phrases(synonym.also, synonym.also_language)
        for one, other in [(typed, also), (also, typed)] if synonym.is_mutual else [(typed, also)]:
            for said in one:
                stems = tuple(frozenset(word.stems) for word in said)
                for first in stems[0]:
                    book.setdefault(first, []).extend((stems, synonym.weight, meant) for meant in other if meant != said)
    return book


def phrases(text: str, language: str) -> list[tuple[QueryWord, ...]]:
    """Each word by the stem of its language, where that is known."""
    found = [query_words(phrase, MOST_WORDS) for phrase in text.split(",")]
    return [tuple(word._replace(stems=(stem(word.text, language),)) if language else word for word in words) for words in found if words]


def forget_synonyms() -> None:
    transaction.on_commit(partial(cache.delete, mark_of(DEFAULT_DB_ALIAS)))
