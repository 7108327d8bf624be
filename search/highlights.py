"""Where the words of a query stand in a text, whatever their form: found in Python, for the hits that are shown."""

import re
from collections.abc import Iterable, Sequence

from .analysis import QueryWord, five, lower, outline, stem
from .models import Passage
from .results import Segment

EXCERPT = 280
LEAD = 60
ELLIPSIS = "…"


class Highlighter:
    def __init__(self, words: Sequence[QueryWord]):
        self.stems = {stem: index for index, word in enumerate(words) for stem in word.stems}
        self.fives = {word.five: index for index, word in enumerate(words)}
        # Only words that begin like a word of the query are worth analysing.
        beginnings = sorted({re.escape(outline(word.text)[:2]) for word in words})
        self.candidates = re.compile(rf"(?<![^\W_])(?:{'|'.join(beginnings)})[^\W_]*") if beginnings else None

    def spans(self, text: str, language: str) -> list[tuple[int, int, int]]:
        """Start and end of each word that matches, and the number of the query's word."""
        if self.candidates is None:
            return []
        lowered = lower(text)
        spans = []
        for found in self.candidates.finditer(outline(lowered)):
            word = lowered[found.start() : found.end()]
            index = self.stems.get(stem(word, language or "kk"), self.fives.get(five(word)))
            if index is not None:
                spans.append((found.start(), found.end(), index))
        return spans

    def mark(self, text: str, language: str) -> tuple[Segment, ...]:
        return segments(text, self.spans(text, language))

    def best(self, passages: Iterable[Passage]) -> tuple[Passage, tuple[Segment, ...]] | None:
        """The passage with most of the words close together, and its excerpt."""
        choice, choice_worth = None, (0, 0)
        for passage in passages:
            spans = self.spans(passage.text, passage.language)
            if spans:
                start, worth = densest(spans)
                if worth > choice_worth:
                    choice, choice_worth = (passage, excerpt(passage.text, spans, start)), worth
        return choice


def densest(spans: list[tuple[int, int, int]]) -> tuple[int, tuple[int, int]]:
    """Where an excerpt should begin to hold most different words, then most words."""
    best, best_worth = 0, (0, 0)
    for i, (start, _end, _index) in enumerate(spans):
        inside = [span for span in spans[i : i + 50] if span[1] <= start + EXCERPT - LEAD]
        worth = (len({span[2] for span in inside}), len(inside))
        if worth > best_worth:
            best, best_worth = start, worth
    return best, best_worth


def excerpt(text: str, spans: list[tuple[int, int, int]], around: int) -> tuple[Segment, ...]:
    start = text.rfind(" ", 0, max(around - LEAD, 0)) + 1 if around > LEAD else 0
    start = max(start, around - EXCERPT // 2)
    end = min(start + EXCERPT, len(text))
    if end < len(text):
        end = max(text.rfind(" ", around, end), around) if " " in text[around:end] else end
        end = max([end, *(span[1] for span in spans if span[0] <= around < span[1])])
    inside = [(a - start, b - start, index) for a, b, index in spans if a >= start and b <= end]
    pieces = segments(text[start:end], inside)
    before, after = [Segment(ELLIPSIS, False)] * (start > 0), [Segment(ELLIPSIS, False)] * (end < len(text))
    return (*before, *pieces, *after)


def segments(text: str, spans: list[tuple[int, int, int]]) -> tuple[Segment, ...]:
    pieces, place = [], 0
    for start, end, _index in spans:
        if start > place:
            pieces.append(Segment(text[place:start], False))
        pieces.append(Segment(text[start:end], True))
        place = end
    if place < len(text):
        pieces.append(Segment(text[place:], False))
    return tuple(pieces)
