"""The Kazakh stemmer: the longest known ending decides how many letters to strip.

It works on folded letters from the first step to the last, so a word and the same word typed without Kazakh letters have one stem.
"""

from pathlib import Path

from .letters import fold

_VOWELS = frozenset("аеиоуыэ")
_STILL_LONG = 6
_VOICELESS = {"б": "п", "г": "к"}


def _lines(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _read_suffixes() -> dict[str, int]:
    """Where two endings fold into one, the first in the table is kept: it is ordered by length, then by usefulness."""
    suffixes: dict[str, int] = {}
    for line in _lines("suffixes.tsv"):
        ending, letters = line.split("\t")
        suffixes.setdefault(fold(ending), int(letters))
    return suffixes


_SUFFIXES = _read_suffixes()
_BARE = frozenset(map(fold, _lines("bare_words.txt")))
_LONGEST = max(map(len, _SUFFIXES))


def strip(word: str) -> str:
    """`word` without its ending; a stem keeps two letters and a vowel."""
    bounded = "^" + word
    for start in range(max(len(bounded) - _LONGEST, 0), len(bounded)):
        letters = _SUFFIXES.get(bounded[start:])
        if letters is not None:
            stem = word[: len(word) - letters]
            return stem if len(stem) > 1 and not _VOWELS.isdisjoint(stem) else word
    return word


def key(stem: str) -> str:
    """One spelling for the forms of a stem: кітап and кітаб(ы), халық and халқ(ы)."""
    if len(stem) > 2 and stem[-1] in "ыи":
        stem = stem[:-1]
    last = _VOICELESS.get(stem[-1], stem[-1])
    if len(stem) > 3 and stem[-2] in "ыи" and last not in _VOWELS and stem[-3] not in _VOWELS:
        return stem[:-2] + last
    return stem[:-1] + last


def stem(folded: str) -> str:
    """Long words carry more endings than the table lists at once, so what is still long is stripped again."""
    stripped = folded
    while stripped not in _BARE:
        before, stripped = stripped, strip(stripped)
        if stripped == before or len(stripped) < _STILL_LONG:
            break
    return key(stripped)
