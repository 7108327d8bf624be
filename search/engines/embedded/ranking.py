"""Ranking again: BM25 over the terms of the best candidates, without asking the database for each term.

Every row of the index carries a signature: its distinct terms, each hashed to one character, how often each occurs, and its length. Finding
a character in a string is the fastest look-up Python has. How rare a term is, is estimated from a sample of the rows and kept.
"""

import math
import random
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

from ...analysis import QueryWord
from ...ranking import EXACT, Lifts
from ...wording import Stems, Wording
from ..document import Document
from .index import Index

K1 = 1.2
SAMPLE = 1000
COMMON = 0.1
KEPT_SECONDS = 3600
_CHARACTERS, _FIRST_CHARACTER = 0x100000, 0x10000
_ZERO, _MOST = 32, 94

_samples: dict[str, "Sample"] = {}


def character(field: str, term: str) -> str:
    """One of a million characters outside the basic plane."""
    return chr(_FIRST_CHARACTER + zlib.crc32(f"{field}{term}".encode()) % _CHARACTERS)


def characters(phrases: list[Stems]) -> list[list[list[str]]]:
    return [[[character("s", stem) for stem in stems] for stems in words] for words in phrases]


def pack(document: Document, fields: Iterable[str]) -> str:
    terms = {"t": document.title, "s": document.stems, "f": document.fives, "g": document.pieces}
    counts = Counter()
    for field in fields:
        for said, number in Counter(terms[field]).items():
            for term in said.split():
                counts[character(field, term)] += number
    numbers = "".join(chr(_ZERO + min(number, _MOST)) for number in counts.values())
    return f"{''.join(counts)}\n{numbers}\n{len(document.stems)}"


class Sample:
    """How many of a sample of rows hold a term, and how long they are on average."""

    def __init__(self, index: Index):
        row_ids = index.row_ids()
        chosen = random.Random(0).sample(row_ids, SAMPLE) if len(row_ids) > SAMPLE else row_ids  # noqa: S311
        self.last_row_id = index.last_row_id()
        self.taken_at = time.monotonic()
        self.rows, self.holding, words = len(chosen), Counter(), 0
        for _row_id, signature, *_lifting in index.signatures(chosen):
            terms, _numbers, length = signature.split("\n")
            self.holding.update(terms)
            words += int(length)
        self.average_length = max(words / self.rows, 1) if self.rows else 1

    @classmethod
    def of(cls, index: Index) -> "Sample":
        """The sample at hand, unless it is old or the index has grown by a tenth."""
        alias = index.connection.alias
        sample, last = _samples.get(alias), index.last_row_id()
        if (
            sample is None
            or not sample.last_row_id <= last <= sample.last_row_id * 1.1
            or time.monotonic() - sample.taken_at > KEPT_SECONDS
        ):
            sample = _samples[alias] = cls(index)
        return sample

    def is_common(self, word: QueryWord) -> bool:
        """Whether it stands in so many rows of a large index that it tells little; its rarest piece says so."""
        return self.rows >= SAMPLE and min(self.holding[character("g", gram)] for gram in word.grams) > COMMON * self.rows

    def rarity(self, term: str) -> float:
        holding = self.holding[term]
        return math.log(1 + (self.rows - holding + 0.5) / (holding + 0.5))


class Ranking:
    def __init__(self, index: Index, wording: Wording, sample: Sample):
        self.index, self.sample = index, sample
        self.weights = self._weights(wording, index.FIELDS)
        # Where the database's own score is not used, synonyms are counted here.
        self.meanings = [] if index.FIRST_WEIGHT else [(score, characters(phrases)) for score, phrases in wording.meanings]

    def _weights(self, wording: Wording, fields: Mapping[str, float]) -> dict[str, float]:
        weights: Counter = Counter()
        for times, words in wording.by_weight:
            for word in words:
                terms = {"s": word.stems, "t": word.stems, "f": (word.five,), "g": word.grams}
                for field, weight in fields.items():
                    for term in terms[field]:
                        weights[character(field, term)] += weight * times
        for word in wording.words:
            weights[character("g", word.exact)] += EXACT
        return {term: weight * self.sample.rarity(term) for term, weight in weights.items()}

    def score(self, first_scores: Mapping[int, float], lifts: Lifts) -> list[tuple[float, int]]:
        """Rows with the scores by which the database chose them, scored again."""
        scored = []
        for row_id, signature, codes, quality, published in self.index.signatures(first_scores):
            text = first_scores[row_id] * self.index.FIRST_WEIGHT + self._score(signature)
            scored.append((text * lifts.of_codes(codes) * lifts.of_rest(codes, quality, published), row_id))
        return scored

    def _score(self, signature: str) -> float:
        terms, numbers, length = signature.split("\n")
        norm = K1 * (1 - self.index.B + self.index.B * int(length) / self.sample.average_length)
        score = 0.0
        for term, weight in self.weights.items():
            place = terms.find(term)
            if place >= 0:
                number = ord(numbers[place]) - _ZERO
                score += weight * number / (number + norm)
        for worth, phrases in self.meanings:
            if any(all(any(term in terms for term in stems) for stems in words) for words in phrases):
                score += worth
        return score
