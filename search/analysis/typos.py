"""Words that are one slip of the finger away: a letter too many, too few, another one, or two in the wrong order."""

from functools import lru_cache

# Shorter ones are near to half the language.
SHORTEST = 4
BEGINNING = 5
_CYRILLIC, _LATIN = "абвгдежзийклмнопрстуфхцчшщыэ", "abcdefghijklmnopqrstuvwxyz"


def slips(folded: str) -> set[str]:
    """The beginnings, of five letters, of all words that this one may have been meant to be."""
    if len(folded) < SHORTEST:
        return set()
    start = folded[: BEGINNING + 1]
    letters = _LATIN if start.isascii() else _CYRILLIC
    halves = [(start[:place], start[place:]) for place in range(len(start) + 1)]
    found = {before + after[1:] for before, after in halves if after}
    found |= {before + after[1] + after[0] + after[2:] for before, after in halves if len(after) > 1}
    found |= {before + letter + after[1:] for before, after in halves if after for letter in letters}
    found |= {before + letter + after for before, after in halves for letter in letters}
    return {word[:BEGINNING] for word in found} - {start[:BEGINNING]}


@lru_cache(10_000)
def distance(one: str, other: str) -> int:
    """How many slips lie between two words."""
    before, last = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, also in enumerate(other, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != also)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == also:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return last[-1]
