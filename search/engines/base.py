"""What every engine does. Hits are drawn elsewhere, from the stored entries and passages, the same for all engines."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import DEFAULT_DB_ALIAS

if TYPE_CHECKING:
    from ..models import Entry
    from ..query import SearchQuery


class Match(NamedTuple):
    """`chunk` holds the words, where the engine knows it."""

    entry_id: int
    score: float = 0.0
    chunk: int | None = None


@dataclass(frozen=True)
class Found:
    """One page of matches, in order; `total` and `facets` count all of them."""

    total: int = 0
    matches: list[Match] = field(default_factory=list)
    facets: dict[str, Counter] = field(default_factory=dict)
    has_next: bool = False


class Engine(ABC):
    def __init__(self, using: str = DEFAULT_DB_ALIAS):
        self.using = using

    @abstractmethod
    def find(self, query: "SearchQuery") -> Found: ...

    @abstractmethod
    def newest(self, query: "SearchQuery") -> list[Match]:
        """As many as are asked for, without counting the rest."""

    @abstractmethod
    def similar(self, query: "SearchQuery") -> Found:
        """What words that are one slip away would find, for words that find nothing."""

    @abstractmethod
    def write(self, entries: Iterable["Entry"]) -> None:
        """Index entries as they are stored."""

    def write_chunks(self, entry: "Entry", chunks: Iterable[int]) -> None:
        """Index only these chunks of an entry, where the engine keeps them apart."""
        self.write([entry])

    @abstractmethod
    def erase(self, entries: Iterable["Entry"]) -> None: ...

    @abstractmethod
    def unindexed(self) -> list[int]:
        """Primary keys of the entries whose text the index does not hold."""

    @abstractmethod
    def optimise(self) -> None:
        """Tidy up after many writes."""
