"""Long texts cut into passages, and passages gathered into chunks, the rows of an index."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Sum

from .analysis import clean, guess_language

if TYPE_CHECKING:
    from .entries import Part
    from .models import Entry

PASSAGE_WORDS = 300
CHUNK_WORDS = 3000
LAST_CHUNK = 1023

_WORD = re.compile(r"\S+\s*")
_LABEL = 255


class Placing:
    """Which chunk the next passage belongs to: a chunk is filled, then the next one begins."""

    def __init__(self, chunk: int = 0, words: int = 0):
        self.chunk, self.words = chunk, words

    @classmethod
    def after(cls, entry: "Entry") -> "Placing":
        last = entry.passages.values("chunk").annotate(total=Sum("words")).order_by("-chunk").first()
        return cls(last["chunk"], last["total"]) if last else cls()

    @classmethod
    def within(cls, chunk: int) -> "Placing":
        return _Fixed(chunk)

    def place(self, words: int) -> int:
        if self.words and self.words + words > CHUNK_WORDS and self.chunk < LAST_CHUNK:
            self.chunk, self.words = self.chunk + 1, 0
        self.words += words
        return self.chunk


class _Fixed(Placing):
    def place(self, words: int) -> int:
        return self.chunk


def cut(part: "Part", number: int, language: str, placing: Placing) -> Iterator[dict]:
    """The passages of a part, as fields of `Passage`."""
    text = clean(part.text)
    language = part.language or language or guess_language(text)
    for index, piece in enumerate(split(text)):
        words = len(piece.split())
        yield {
            "part": number,
            "number": index,
            "chunk": placing.place(words),
            "page": part.page,
            "label": clean(part.label)[:_LABEL],
            "language": language,
            "words": words,
            "text": piece,
        }


def split(text: str, limit: int = PASSAGE_WORDS) -> Iterator[str]:
    """Pieces of at most `limit` words, broken at the end of a sentence or line where there is one in the second half."""
    words = _WORD.findall(text)
    start = 0
    while start < len(words):
        end = min(start + limit, len(words))
        if end < len(words):
            end = next((stop for stop in range(end, start + limit // 2, -1) if _ends_sentence(words[stop - 1])), end)
        yield "".join(words[start:end]).strip()
        start = end


def _ends_sentence(word: str) -> bool:
    return "\n" in word or word.rstrip().endswith((".", "!", "?", "…"))
