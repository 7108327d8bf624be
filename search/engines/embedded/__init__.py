"""The engine inside the database: always current, because it is written in the transaction of the thing itself.

The database finds what matches by stems and beginnings of words. One pass over the matches gives the total, the facets and the best 300;
the first of them are ranked again by four-letter pieces. A row of the index is a chunk of an entry; its number holds both.
"""

from collections import Counter
from collections.abc import Iterable
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple

from django.core.cache import cache
from django.db import connections

from ...models import Entry, Passage, audiences_open_to
from ...query import NEWEST, WINDOW, SearchQuery
from ...ranking import Lifts
from ...wording import Wording, slips_of, wording_of
from ..base import Engine, Found, Match
from ..document import document
from .counts import counts
from .facets import FacetCounter
from .index import AFTER, CHUNK_BITS, CODES, SCORE, Filters, Index, Row
from .kept import keep, key
from .postgres import PostgresIndex
from .ranking import Ranking, Sample
from .sqlite import SqliteIndex

__all__ = ["EmbeddedEngine", "index_of"]

# Fewer matches than fill a page are too few to leave out words.
ENOUGH = 20


def index_of(connection) -> Index:
    return {"sqlite": SqliteIndex, "postgresql": PostgresIndex}[connection.vendor](connection)


class Window(NamedTuple):
    """The best of what was found, as scores and rows of the index; `total` and `facets` count all of it."""

    total: int
    facets: dict[str, Counter]
    rows: list[tuple[float, int]]

    def page(self, query: SearchQuery) -> Found:
        first, last = (query.page - 1) * query.size, query.page * query.size
        matches = [match(row_id, score) for score, row_id in self.rows[first:last]]
        return Found(self.total, matches, self.facets, has_next=len(self.rows) > last)


class EmbeddedEngine(Engine):
    @property
    def index(self) -> Index:
        return index_of(connections[self.using])

    def find(self, query: SearchQuery) -> Found:
        wording = wording_of(query.text, self.using)
        filters = self._filters(query)
        if not filters.audiences or (query.text and not wording.words):
            return Found()
        if not wording.words:
            return self._listed(query, filters)
        if query.by_date:
            return by_date(query, self._matches(wording, filters, Sample.of(self.index)))
        return self._best(query, filters, wording).page(query)

    def newest(self, query: SearchQuery) -> list[Match]:
        filters = self._filters(query)
        return [Match(pk) for pk in self.index.newest(filters, query.facets, query.size)] if filters.audiences else []

    def similar(self, query: SearchQuery) -> Found:
        wording, filters = wording_of(query.text, self.using), self._filters(query)
        beginnings = slips_of(wording)
        if not beginnings or not filters.audiences:
            return Found()
        rows = self.index.beginning(beginnings, filters)
        return by_date(query, rows) if query.by_date else self._window(query, rows, wording, Sample.of(self.index)).page(query)

    def _filters(self, query: SearchQuery) -> Filters:
        return Filters(
            audiences=audiences_open_to(query.audience, query.satisfied, using=self.using),
            sources=query.sources,
            newest=query.by_date,
            after=query.cursor,
        )

    def _listed(self, query: SearchQuery, filters: Filters) -> Found:
        """Newest first; only as many rows are read as are shown."""
        total, facets = counts(self.index, query, filters)
        first = 0 if query.sort == NEWEST else (query.page - 1) * query.size
        last = first + query.size + 1 if query.sort == NEWEST else min(first + query.size + 1, WINDOW)
        matches = [Match(entry_id) for entry_id in self.index.newest(filters, query.facets, last)][first:]
        return Found(total, matches[: query.size], facets, has_next=len(matches) > query.size)

    def _best(self, query: SearchQuery, filters: Filters, wording: Wording) -> Window:
        asked = (self.using, wording, filters, sorted(query.facets.items()), query.wanted, query.named, query.own, query.behind)
        name = key("window", *asked)
        window = cache.get(name)
        if window is None:
            sample = Sample.of(self.index)
            rows = self._matches(wording, filters, sample)
            window = self._window(query, rows, wording, sample)
            keep(name, window, len(rows))
        return window

    def _matches(self, wording: Wording, filters: Filters, sample: Sample) -> list[Row]:
        """Beside rarer words, those that stand nearly everywhere only help to rank, as long as there is enough to rank."""
        telling = [n for n, word in enumerate(wording.words) if not any(map(sample.is_common, (word, *word.readings)))]
        if telling and len(telling) < len(wording.words):
            rows = self.index.matches(wording.only(telling), filters)
            if len(rows) >= ENOUGH:
                return rows
        return self.index.matches(wording, filters)

    def _window(self, query: SearchQuery, rows: list[Row], wording: Wording, sample: Sample) -> Window:
        chosen, facets = narrowed(query, rows)
        return Window(len(chosen), facets, self._ranked(chosen, wording, Lifts(query), sample))

    def _ranked(self, rows: list[Row], wording: Wording, lifts: Lifts, sample: Sample) -> list[tuple[float, int]]:
        # What was asked for is in the window wherever its words stand.
        lifted = (lambda row: row[SCORE] * lifts.of_codes(row[CODES])) if lifts.moves else itemgetter(SCORE)
        window = nlargest(WINDOW, rows, key=lifted)
        scores = {row[0]: row[SCORE] for row in window[: self.index.RANKED_AGAIN]}
        scored = Ranking(self.index, wording, sample).score(scores, lifts)
        return sorted(scored, reverse=True) + [(0.0, row[0]) for row in window[self.index.RANKED_AGAIN :]]

    def write(self, entries: Iterable[Entry]) -> None:
        entries = list(entries)
        self.erase(entries)
        self.index.write_names(entries)
        passages = Passage.objects.using(self.using).filter(entry__in=entries).order_by("entry_id", "part", "number")
        texts: dict[tuple[int, int], list[Passage]] = {(entry.pk, 0): [] for entry in entries}
        for passage in passages.iterator():
            texts.setdefault((passage.entry_id, passage.chunk), []).append(passage)
        by_pk = {entry.pk: entry for entry in entries}
        self.index.write((row_of(pk, chunk), document(by_pk[pk], chunk, members)) for (pk, chunk), members in texts.items())

    def write_chunks(self, entry: Entry, chunks: Iterable[int]) -> None:
        for chunk in chunks:
            self.index.erase(row_of(entry.pk, chunk), row_of(entry.pk, chunk))
            passages = list(entry.passages.filter(chunk=chunk))
            if passages or chunk == 0:
                self.index.write([(row_of(entry.pk, chunk), document(entry, chunk, passages))])

    def erase(self, entries: Iterable[Entry]) -> None:
        entries = list(entries)
        self.index.erase_names(entries)
        for entry in entries:
            self.index.erase(row_of(entry.pk, 0), row_of(entry.pk + 1, 0) - 1)

    def unindexed(self) -> list[int]:
        held = set(self.index.row_ids())
        entries = Entry.objects.using(self.using)
        chunks = entries.filter(passages__isnull=False).values_list("pk", "passages__chunk").distinct()
        missing = {pk for pk, chunk in chunks.iterator() if row_of(pk, chunk) not in held}
        missing.update(pk for pk in entries.values_list("pk", flat=True).iterator() if row_of(pk, 0) not in held)
        return sorted(missing.union(self.index.unnamed()))

    def optimise(self) -> None:
        self.index.optimise()


def by_date(query: SearchQuery, rows: list[Row]) -> Found:
    chosen, facets = narrowed(query, rows)
    ordered = [match(row[0]) for row in chosen if row[AFTER]]
    return Found(len(chosen), ordered[: query.size], facets, has_next=len(ordered) > query.size)


def narrowed(query: SearchQuery, rows: list[Row]) -> tuple[list[Row], dict[str, Counter]]:
    best = best_rows(rows)
    admitted, facets = FacetCounter(query.facets, query.wanted).narrow(Counter(map(itemgetter(CODES), best)))
    return [row for row in best if row[CODES] in admitted] if query.facets else best, facets


def best_rows(rows: list[Row]) -> list[Row]:
    """The best chunk of each entry, in the order in which the entries came."""
    if len({row[0] >> CHUNK_BITS for row in rows}) == len(rows):
        return rows
    best: dict[int, Row] = {}
    for row in rows:
        known = best.get(row[0] >> CHUNK_BITS)
        if known is None or row[SCORE] > known[SCORE]:
            best[row[0] >> CHUNK_BITS] = row
    return list(best.values())


def row_of(entry_id: int, chunk: int) -> int:
    return (entry_id << CHUNK_BITS) + chunk


def match(row_id: int, score: float = 0.0) -> Match:
    return Match(row_id >> CHUNK_BITS, score, row_id % (1 << CHUNK_BITS))
