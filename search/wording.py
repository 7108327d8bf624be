"""What the words of a query mean beside what they are: the same words in other letters.

Every engine adds these to what is met by the words themselves, so that nothing that was typed is lost.
"""

from typing import NamedTuple

from .analysis import QueryWord, fold, query_words, slips

# An English word may by accident read like a Kazakh one.
READING_WEIGHT = 0.5
# Terms for one question to an engine
MOST_SLIPS = 800


class Wording(NamedTuple):
    """`readings` weigh less than `words`."""

    words: list[QueryWord]
    readings: list[QueryWord]

    @property
    def by_weight(self) -> list[tuple[float, list[QueryWord]]]:
        found = [(1.0, self.words), (READING_WEIGHT, self.readings)]
        return [(weight, words) for weight, words in found if words]


def wording_of(text: str) -> Wording:
    return of_words(query_words(text))


def of_words(words: list[QueryWord]) -> Wording:
    return Wording(words, [reading for word in words for reading in word.readings])


def slips_of(wording: Wording) -> list[str]:
    """Beginnings of the words that these may have been meant to be, the same for every engine."""
    spelt = [word.text for word in wording.words] + [word.readings[0].text for word in wording.words if word.readings]
    return sorted(set().union(*(slips(fold(text)) for text in spelt)))[:MOST_SLIPS]
