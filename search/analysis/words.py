"""The terms of one lower-case word. Results are kept: a language repeats its words."""

import re
import threading
from functools import lru_cache
from sys import intern

import Stemmer

from . import kazakh
from .letters import KAZAKH, fold, repair

_LATIN = re.compile(r"[a-z]+\Z")
_CACHED_WORDS = 50_000
FIVE_LETTERS = 5
_local = threading.local()


def _snowball(language: str, word: str) -> str:
    # A Stemmer keeps state while it works, so threads do not share one.
    stemmers = _local.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(language, 0)
    return stemmers[language].stemWord(word)


@lru_cache(_CACHED_WORDS)
def stem(word: str, language: str = "kk") -> str:
    """The stem by the rules of the word's own letters, then of the language of the text around it."""
    if _LATIN.match(word):
        return _snowball("english", word)
    word = repair(word)
    if language == "ru" and KAZAKH.isdisjoint(word):
        return fold(_snowball("russian", word.replace("ё", "е")))
    folded = fold(word)
    return kazakh.stem(folded) if folded and not folded.isdigit() else folded or word


@lru_cache(_CACHED_WORDS)
def five(word: str) -> str:
    """The first five letters: one term for nearly all forms of a word."""
    return intern(fold(word)[:FIVE_LETTERS] or word)


def grams(word: str) -> list[str]:
    """Overlapping fours of the folded word with its borders marked, and its beginning, which means most."""
    bordered = f"_{fold(word)}_"
    return [*(bordered[i : i + 4] for i in range(max(len(bordered) - 3, 1))), five(word)]


@lru_cache(_CACHED_WORDS)
def exact(word: str) -> str:
    """The stem in the letters in which it was written, for all else is folded: құрал is another word than курал."""
    return f"={repair(word)[: len(stem(word))]}"
