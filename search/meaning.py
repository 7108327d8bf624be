"""What the words of a query mean beside what they are: the same words in other letters.

Every engine adds these to what is met by the words themselves, so that nothing that was typed is lost.
"""

from typing import NamedTuple

from .analysis import QueryWord, query_words

# An English word may by accident read like a Kazakh one.
READING_WEIGHT = 0.5


class Meant(NamedTuple):
    """`readings` weigh less than `words`."""

    words: list[QueryWord]
    readings: list[QueryWord]

    @property
    def by_weight(self) -> list[tuple[float, list[QueryWord]]]:
        found = [(1.0, self.words), (READING_WEIGHT, self.readings)]
        return [(weight, words) for weight, words in found if words]


def meant_by(text: str) -> Meant:
    return of_words(query_words(text))


def of_words(words: list[QueryWord]) -> Meant:
    return Meant(words, [reading for word in words for reading in word.readings])
