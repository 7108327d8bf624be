"""What an entry says, as terms: the same for every engine."""

from typing import NamedTuple

from ..analysis import analyse, guess_language, in_cyrillic
from ..models import Entry


class Document(NamedTuple):
    title: list[str]
    stems: list[str]
    fives: list[str]
    pieces: list[str]


def document(entry: Entry, chunk: int, passages: list, *, analysed=analyse) -> Document:
    """The first chunk also holds what stands outside the text: title, names, summary, keywords. `analysed` may remember texts."""
    language = entry.language or guess_language(f"{entry.title} {entry.summary}")
    title = analyse(entry.title, language)
    if language != "en":
        _extend(title, analyse(in_cyrillic(entry.title), language))
    for name in entry.names.splitlines():
        _extend(title, analyse(name, guess_language(name)))
    fields = analyse("")
    if chunk == 0:
        _extend(fields, title)
        _extend(fields, analyse(entry.summary, language))
        _extend(fields, analyse(entry.keywords, language))
    for passage in passages:
        _extend(fields, analysed(passage.text, passage.language))
    return Document(title=title.stems, stems=fields.stems, fives=fields.fives, pieces=fields.pieces)


def _extend(fields, more) -> None:
    for terms, further in zip(fields, more, strict=True):
        terms.extend(further)
