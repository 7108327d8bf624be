"""What the embedded engine asks of a database."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar, NamedTuple

from django.utils.dateparse import parse_datetime

from ...models import WITHHELD, Entry
from ...wording import Wording
from ..document import Document

# A row of the index is numbered by its entry and the chunk within.
CHUNK_BITS = 10
# A match as the database gives it: its row, its score, the codes of its entry, whether it stands after the cursor.
Row = tuple[int, float, str, bool]
SCORE, CODES, AFTER = 1, 2, 3

# Beginnings of words in a row of which any will do: 7 1 2 is one, болш is another, or bolsh. A blank behind closes the last word.
Piece = tuple[str, ...]

BY_DATE = "ORDER BY e.published_at DESC, e.id DESC"


class Named(NamedTuple):
    """A thing by its names, as they stand in `Entry.folded`."""

    pk: int
    source: str
    object_id: int
    folded: str


@dataclass(frozen=True, kw_only=True)
class Filters:
    """`after` is the cursor of a list by date."""

    audiences: list[int]
    sources: tuple[str, ...] = ()
    newest: bool = False
    after: str = ""


def read_cursor(cursor: str) -> tuple[datetime, int] | None:
    moment, _bar, pk = cursor.partition("|")
    try:
        published_at = parse_datetime(moment)
        known = published_at and published_at.tzinfo and pk.isdecimal() and len(pk) < 19
        # In UTC at once: at the ends of the calendar a database could not change the zone.
        return (published_at.astimezone(UTC), int(pk)) if known else None
    except (ValueError, OverflowError):
        return None


class Index(ABC):
    # Weights of the fields that rank again, and of the score by which the database chose the candidates.
    FIELDS: ClassVar[dict[str, float]]
    FIRST_WEIGHT: ClassVar[float]
    # Of BM25, for what is ranked again
    B: ClassVar[float]
    # How many of the candidates are ranked again: where the database ranks well itself, nothing further down is lifted to the first page.
    RANKED_AGAIN: ClassVar[int]
    # The function that finds one text in another.
    PLACE: ClassVar[str]
    # When an entry was published, in seconds since 1970.
    PUBLISHED: ClassVar[str]

    def __init__(self, connection):
        self.connection = connection

    @abstractmethod
    def create(self, execute) -> None: ...

    @abstractmethod
    def create_beside(self, execute) -> None:
        """Indexes of the table of entries, lost wherever a migration writes that table anew."""

    @abstractmethod
    def drop(self, execute) -> None: ...

    @abstractmethod
    def write(self, documents: Iterable[tuple[int, Document]]) -> None: ...

    @abstractmethod
    def matches(self, wording: Wording, filters: Filters) -> list[Row]:
        """All that match, by date if the filters say so."""

    @abstractmethod
    def beginning(self, fives: Collection[str], filters: Filters) -> list[Row]:
        """All that hold a word which begins so."""

    @abstractmethod
    def fill_names(self, execute) -> None: ...

    @abstractmethod
    def unnamed(self) -> list[int]:
        """Entries whose names the index does not hold."""

    @abstractmethod
    def write_names(self, entries: Iterable[Entry]) -> None: ...

    @abstractmethod
    def erase_names(self, entries: Iterable[Entry]) -> None: ...

    @abstractmethod
    def named(self, pieces: list[Piece], filters: Filters, limit: int) -> list[Named]:
        """Of each source as many, whose names hold all these beginnings of words; those that begin so are among them."""

    @abstractmethod
    def optimise(self) -> None: ...

    def codes(self, filters: Filters) -> list[tuple[int, str, int]]:
        """How many entries of each audience have the same codes."""
        conditions, parameters = self.conditions(filters)
        sql = f"SELECT e.audience_id, e.codes, count(*) FROM search_entry e WHERE {conditions} GROUP BY e.audience_id, e.codes"  # noqa: S608
        return self.rows(sql, parameters)

    def newest(self, filters: Filters, facets: Mapping[str, tuple[str, ...]], limit: int) -> list[int]:
        """Each source by itself, so that its index by date gives the order."""
        after, moment = self.after(filters)
        words = [f" {name}:{code} " for name, codes in facets.items() for code in codes]
        chosen = [f"({' OR '.join([f'{self.PLACE}(e.codes, %s) > 0'] * len(codes))})" for codes in facets.values()]
        found = []
        for of_source in [replace(filters, sources=(source,)) for source in filters.sources] or [filters]:
            conditions, parameters = self.conditions(of_source, audience="+e.audience_id")
            everything = " AND ".join([conditions, *([after] if moment else []), *chosen])
            sql = f"SELECT e.published_at, e.id FROM search_entry e WHERE {everything} {BY_DATE} LIMIT {limit}"  # noqa: S608
            found += self.rows(sql, [*parameters, *moment, *words])
        return [pk for _moment, pk in sorted(found, reverse=True)[:limit]]

    def erase(self, first: int, last: int) -> None:
        self.run("DELETE FROM search_text WHERE rowid BETWEEN %s AND %s", [first, last])

    def row_ids(self) -> list[int]:
        return [row[0] for row in self.rows("SELECT rowid FROM search_text ORDER BY rowid")]

    def last_row_id(self) -> int:
        return next((row[0] for row in self.rows("SELECT rowid FROM search_text ORDER BY rowid DESC LIMIT 1")), 0)

    def signatures(self, row_ids: Iterable[int]) -> list[tuple[int, str, str, float, float]]:
        """With what lifts the entry: its codes, its quality, and when it was published."""
        wanted = list(row_ids)
        marks = ",".join(["%s"] * len(wanted))
        sql = f"""SELECT held.rowid, held.signature, e.codes, e.quality, {self.PUBLISHED} FROM search_text held
            JOIN search_entry e ON e.id = held.rowid >> {CHUNK_BITS} WHERE held.rowid IN ({marks})"""  # noqa: S608
        return self.rows(sql, wanted) if wanted else []

    def conditions(self, filters: Filters, *, audience: str = "e.audience_id", source: str = "e.source") -> tuple[str, list]:
        """A `+` before a column keeps a database from looking there first."""
        parts = [f"{audience} IN ({','.join(['%s'] * len(filters.audiences))})", f"e.id NOT IN ({WITHHELD})"]
        if filters.sources:
            parts.append(f"{source} IN ({','.join(['%s'] * len(filters.sources))})")
        return " AND ".join(parts), [*filters.audiences, *filters.sources]

    def after(self, filters: Filters) -> tuple[str, list]:
        cursor = read_cursor(filters.after)
        if cursor is None:
            return "1", []
        return "(e.published_at, e.id) < (%s, %s)", [self.connection.ops.adapt_datetimefield_value(cursor[0]), cursor[1]]

    def rows(self, sql: str, parameters: Iterable = ()) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, list(parameters))
            return cursor.fetchall()

    def run(self, sql: str, parameters: Iterable = ()) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, list(parameters))

    def run_many(self, sql: str, rows: Iterable[list]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(sql, list(rows))
