"""What the words of a query say beside themselves: the same words in other letters, and what editors know to be said in other words.

Every engine adds these to what is met by the words themselves, so that nothing that was typed is lost.
"""

from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS

from .analysis import QueryWord, fold, query_words, slips
from .synonyms import Phrase, synonyms_of

# An English word may by accident read like a Kazakh one.
READING_WEIGHT = 0.5
# A synonym is worth the same wherever it stands: a rare one would else be worth more than the common word that was typed.
SYNONYM_SCORE = 1.5
# Of one question
MOST_READINGS, MOST_SLIPS = 40, 800


# Of the words of a phrase, each in any of its stems
Stems = list[tuple[str, ...]]


class Wording(NamedTuple):
    """`readings` weigh less than `words`; `synonyms` add a little that does not depend on how rare they are."""

    words: list[QueryWord]
    readings: list[QueryWord]
    synonyms: list[Phrase]

    @property
    def by_weight(self) -> list[tuple[float, list[QueryWord]]]:
        found = [(1.0, self.words), (READING_WEIGHT, self.readings)]
        return [(weight, words) for weight, words in found if words]

    @property
    def meanings(self) -> list[tuple[float, list[Stems]]]:
        """What any of these phrases adds. Of all that stand for one word the heaviest counts: each step adds what lighter ones do not."""
        by_word: dict[int, list[Phrase]] = {}
        for phrase in sorted(self.synonyms, key=attrgetter("weight"), reverse=True):
            by_word.setdefault(phrase.number, []).append(phrase)
        found = []
        for number, phrases in by_word.items():
            times = SYNONYM_SCORE * (READING_WEIGHT if self.words[number].readings else 1)
            stems = [[word.stems for word in phrase.words] for phrase in phrases]
            weights = [*(phrase.weight for phrase in phrases), 0]
            steps = [weight - lighter for weight, lighter in pairwise(weights)]
            found += [(step * times, stems[: place + 1]) for place, step in enumerate(steps) if step]
        return found

    def only(self, numbers: list[int]) -> "Wording":
        """Without the words that are not of these numbers."""
        words = [self.words[number] for number in numbers]
        kept = [phrase._replace(number=numbers.index(phrase.number)) for phrase in self.synonyms if phrase.number in numbers]
        return Wording(words, readings_of(words), kept)


def wording_of(text: str, using: str = DEFAULT_DB_ALIAS) -> Wording:
    words = query_words(text)
    return Wording(words, readings_of(words), synonyms_of(words, using))


def readings_of(words: list[QueryWord]) -> list[QueryWord]:
    return [reading for word in words for reading in word.readings][:MOST_READINGS]


def slips_of(wording: Wording) -> list[str]:
    """Beginnings of the words that these may have been meant to be, the same for every engine."""
    spelt = [word.text for word in wording.words if not word.is_code] + [word.readings[0].text for word in wording.words if word.readings]
    return sorted(set().union(*(slips(fold(text)) for text in spelt)))[:MOST_SLIPS]
