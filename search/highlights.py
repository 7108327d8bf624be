"""Where the words of a query stand in a text, whatever their form: found in Python, for the hits that are shown."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .analysis import QueryWord, alike, five, lower, pattern, stem
from .models import Passage
from .results import PassageRead, Segment
from .synonyms import Phrase
from .wording import Wording

# A word of the same stem says more than one that only begins alike.
STEM, BEGINNING = 1.0, 0.3
EXCERPT = 280
LEAD = 60
CROWD = 50
# Letters from the beginning of a phrase to its end, with what may stand between its words
TOGETHER = 120
ELLIPSIS = "…"


class Span(NamedTuple):
    """A word of a text that matches the query's word number `index`."""

    start: int
    end: int
    index: int
    weight: float


class Highlighter:
    """`met` are the numbers of the words that were found in anything so far."""

    def __init__(self, wording: Wording):
        self.asked = wording.words
        self.met: set[int] = set()
        spelt = [(phrase.number, *phrase.words) for phrase in wording.synonyms if len(phrase.words) == 1]
        spelt += [(index, spelling) for index, word in enumerate(self.asked) for spelling in (*word.readings, word) if not word.is_code]
        self.stems = {stem: index for index, word in spelt for stem in word.stems}
        self.fives = {word.five: index for index, word in spelt}
        self.phrases = [phrase for phrase in wording.synonyms if len(phrase.words) > 1]
        # Only words that begin like a word of the query are worth analysing.
        words = [*(word for _index, word in spelt), *(word for phrase in wording.synonyms for word in phrase.words)]
        self.codes = [(index, re.compile(pattern(word.text))) for index, word in enumerate(self.asked) if word.is_code]
        self.candidates = words_beginning({lower(word.text)[:2] for word in words}) if words else None

    def spans(self, text: str, language: str) -> list[Span]:
        if not self.asked:
            return []
        lowered = lower(text)
        codes = [Span(found.start(), found.end(), index, STEM) for index, code in self.codes for found in code.finditer(lowered)]
        spans = self.spans_of_words(lowered, language)
        self.met.update(span.index for span in (*codes, *spans))
        return sorted([*codes, *spans]) if codes else spans

    def spans_of_words(self, lowered: str, language: str) -> list[Span]:
        found = [*self.candidates.finditer(lowered)] if self.candidates else []
        spans = [span for phrase in self.phrases for span in said_together(found, language or "kk", phrase)]
        for word in found:
            if (index := self.stems.get(stem(word.group(), language or "kk"))) is not None:
                spans.append(Span(*word.span(), index, STEM))
            elif (index := self.fives.get(five(word.group()))) is not None:
                spans.append(Span(*word.span(), index, BEGINNING))
        # Of two that begin together the one that says more, then the word that was typed.
        spans.sort(key=lambda span: span.weight)
        return sorted({span.start: span for span in spans}.values())

    def words(self, text: str, language: str) -> tuple[str, ...]:
        """Those of a text that match, as they stand there, each once."""
        return tuple(dict.fromkeys(lower(text[span.start : span.end]) for span in self.spans(text, language)))

    def mark(self, text: str, language: str) -> tuple[Segment, ...]:
        return segments(text, self.spans(text, language))

    def best(self, passages: Iterable[Passage | PassageRead]) -> tuple[Passage | PassageRead, tuple[Segment, ...]] | None:
        """The passage with most of the words close together, and its excerpt."""
        return next(iter(self.ranked(passages, limit=1)), None)

    def ranked(self, passages: Iterable[Passage | PassageRead], *, limit: int) -> list[tuple[Passage | PassageRead, tuple[Segment, ...]]]:
        """The passages with most of the words close together, best first, each with its excerpt."""
        holding = [(passage, spans) for passage in passages if (spans := self.spans(passage.text, passage.language))]
        measured = [(*densest(spans), passage, spans) for passage, spans in holding]
        measured.sort(key=lambda row: row[1], reverse=True)
        return [(passage, excerpt(passage.text, spans, start)) for start, _worth, passage, spans in measured[:limit]]


def words_beginning(beginnings: Iterable[str]) -> re.Pattern:
    """Whole words that begin so. A set of first letters leads: from one to the next a search leaps, and looks around only there."""
    followed: defaultdict[str, set[str]] = defaultdict(set)
    for beginning in beginnings:
        followed[alike(beginning[0])].add(alike(beginning[1:]))
    firsts = "".join(letters[1:-1] for letters in sorted(followed))
    pairs = (f"(?<={letters})(?:{'|'.join(sorted(seconds))})" for letters, seconds in sorted(followed.items()))
    return re.compile(rf"[{firsts}](?<![^\W_].)(?:{'|'.join(pairs)})[^\W_]*")


def said_together(found: list[re.Match], language: str, phrase: Phrase) -> Iterator[Span]:
    """The words of a phrase where it stands as such, in its order: one of them alone means something else."""
    asked = [word for word in phrase.words if not word.is_code]
    parts = [word for word in found if any(meets(word.group(), one, language) for one in asked)]
    for first in range(len(parts) - len(asked) + 1):
        words = parts[first : first + len(asked)]
        is_near = words[-1].end() - words[0].start() <= TOGETHER
        if is_near and all(meets(word.group(), one, language) for word, one in zip(words, asked, strict=True)):
            yield from (Span(*word.span(), phrase.number, STEM) for word in words)


def meets(word: str, asked: QueryWord, language: str) -> bool:
    return stem(word, language) in asked.stems or five(word) == asked.five


def densest(spans: list[Span]) -> tuple[int, tuple[float, int]]:
    """Where an excerpt should begin to hold most of the query's words, then most words."""
    best, best_worth = 0, (0.0, 0)
    for i, first in enumerate(spans):
        inside = [span for span in spans[i : i + CROWD] if span.end <= first.start + EXCERPT - LEAD]
        weights: dict[int, float] = {}
        for span in inside:
            weights[span.index] = max(span.weight, weights.get(span.index, 0))
        worth = (sum(weights.values()), len(inside))
        if worth > best_worth:
            best, best_worth = first.start, worth
    return best, best_worth


def excerpt(text: str, spans: list[Span], around: int) -> tuple[Segment, ...]:
    """A piece of the text that begins a little before `around`, between blanks where there are any near."""
    start = max(around - LEAD, 0)
    start = text.find(" ", start, around) + 1 or start if start else 0
    end = min(start + EXCERPT, len(text))
    if end < len(text):
        end = text.rfind(" ", around, end) if " " in text[around:end] else end
    inside = [span._replace(start=span.start - start, end=min(span.end, end) - start) for span in spans if start <= span.start < end]
    before, after = [Segment(ELLIPSIS, False)] * (start > 0), [Segment(ELLIPSIS, False)] * (end < len(text))
    return (*before, *segments(text[start:end], inside), *after)


def segments(text: str, spans: Iterable[Span]) -> tuple[Segment, ...]:
    pieces, place = [], 0
    for span in spans:
        if span.start > place:
            pieces.append(Segment(text[place : span.start], False))
        pieces.append(Segment(text[span.start : span.end], True))
        place = span.end
    if place < len(text):
        pieces.append(Segment(text[place:], False))
    return tuple(pieces)
