"""What an engine found and what a page draws."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .models import Entry
    from .query import SearchQuery
    from .ranking import Lifted


class Segment(NamedTuple):
    """A piece of plain text; `marked` pieces are words of the query. Templates escape the text and wrap the marked in <mark>."""

    text: str
    marked: bool


class PassageRead(NamedTuple):
    """What a hit shows of a `Passage`; as tuples they stand in the order of the text."""

    entry_id: int
    part: int
    number: int
    chunk: int
    page: int | None
    label: str
    language: str
    text: str


@dataclass(frozen=True)
class Hit:
    """One found thing, ready to be drawn by the row template of its source. The summary stands in for an excerpt."""

    entry: "Entry"
    title: tuple[Segment, ...]
    summary: tuple[Segment, ...]
    excerpt: tuple[Segment, ...] = ()
    passage: PassageRead | None = None
    score: float = 0.0
    # Words of the query that stand in its names and keywords, and what has lifted it: nothing in a list by date
    beside: tuple[str, ...] = ()
    lifted: "Lifted | None" = None

    @property
    def source(self) -> str:
        return self.entry.source

    @property
    def object_id(self) -> int:
        return self.entry.object_id

    @property
    def data(self) -> dict:
        return self.entry.data

    @property
    def page(self) -> int | None:
        """Page of the file on which the words stand."""
        return self.passage.page if self.passage else None

    @property
    def label(self) -> str:
        """Name of the file or part in which the words stand."""
        return self.passage.label if self.passage else ""

    @property
    def template(self) -> str:
        from . import sources

        return sources.get(self.entry.source).template


class FacetCount(NamedTuple):
    code: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Nearest:
    """A query near to the one that found nothing. `kind` is "facets": the same words, filters dropped."""

    kind: str
    query: "SearchQuery"
    total: int


@dataclass(frozen=True)
class SearchResults:
    """`total` counts everything found, `facets` what choosing each code would find; `words` are the words that were searched.

    `guess` is what the reader may have meant instead, where a word of hers stands nowhere.
    """

    query: "SearchQuery"
    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    # What editors show before them; none of it stands among them
    pinned: list[Hit] = field(default_factory=list)
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    has_next: bool = False
    next_cursor: str = ""
    nearest: list[Nearest] = field(default_factory=list)
    guess: "SearchResults | None" = None

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)
