"""The engine inside the database: always current, because it is written in the transaction of the thing itself.

The database finds what matches by stems and beginnings of words. One pass over the matches gives the total, the facets and the best 300,
which are ranked again by four-letter pieces. A row of the index is a chunk of an entry; its number holds both.
"""

from collections import Counter
from collections.abc import Iterable
from heapq import nlargest
from operator import itemgetter

from django.db import connections

from ...analysis import QueryWord, analyse, guess_language, query_words
from ...models import Entry, audiences_open_to
from ...query import NEWEST, WINDOW, SearchQuery
from ..base import Engine, Found, Match
from .facets import FacetCounter
from .index import CHUNK_BITS, Document, Filters, Index
from .postgres import PostgresIndex
from .ranking import Ranking
from .sqlite import SqliteIndex

__all__ = ["EmbeddedEngine", "index_of"]

QUALITY_WEIGHT = 0.1


def index_of(connection) -> Index:
    return {"sqlite": SqliteIndex, "postgresql": PostgresIndex}[connection.vendor](connection)


class EmbeddedEngine(Engine):
    @property
    def index(self) -> Index:
        return index_of(connections[self.using])

    def find(self, query: SearchQuery) -> Found:
        words = query_words(query.text)
        if query.text and not words:
            return Found()
        return self._found(query, words, self._filters(query))

    def similar(self, query: SearchQuery) -> Found:
        words = [word for word in query_words(query.text) if len(word.five) > 2]
        return self._found(query, words, self._filters(query), alike=True) if words else Found()

    def _filters(self, query: SearchQuery) -> Filters:
        newest = query.sort == NEWEST or not query.text
        audiences = audiences_open_to(query.audience, query.satisfied, using=self.using)
        return Filters(audiences=audiences, sources=query.sources, newest=newest, after=query.cursor if query.sort == NEWEST else "")

    def _found(self, query: SearchQuery, words: list[QueryWord], filters: Filters, *, alike: bool = False) -> Found:
        if not filters.audiences:
            return Found()
        rows = self.index.alike(words, filters) if alike else self.index.matches(words, filters) if words else self.index.every(filters)
        counter = FacetCounter(query.facets, query.wanted)
        best: dict[int, tuple[float, int]] = {}
        codes_of: dict[int, str] = {}
        for row_id, score, codes, _after in rows:
            entry_id = row_id >> CHUNK_BITS
            known = best.get(entry_id)
            if known is None:
                codes_of[entry_id] = codes
            if known is None or score > known[0]:
                best[entry_id] = (score, row_id)
        total, facets = counter.count(Counter(codes_of.values()))
        chosen = (entry_id for entry_id in best if counter.admits(codes_of[entry_id]))
        if filters.newest:
            ahead = {row_id >> CHUNK_BITS for row_id, _score, _codes, after in rows if after}
            ordered = [Match(pk, 0.0, best[pk][1] % (1 << CHUNK_BITS)) for pk in chosen if pk in ahead]
        else:
            ordered = self._ranked([(*best[pk],) for pk in chosen], words)
        start = 0 if query.sort == NEWEST else (query.page - 1) * query.size
        page = ordered[start : start + query.size] if query.sort == NEWEST else ordered[:WINDOW][start : start + query.size]
        return Found(total, page, facets, has_next=len(ordered) > start + query.size)

    def _ranked(self, candidates: list[tuple[float, int]], words: list[QueryWord]) -> list[Match]:
        window = nlargest(WINDOW, candidates)
        quality = dict(Entry.objects.using(self.using).filter(pk__in=[row >> CHUNK_BITS for _s, row in window]).values_list("pk", "quality"))
        ranking = Ranking(self.index, words)
        scores = ranking.scores([row_id for _score, row_id in window])
        matches = []
        for score, row_id in window:
            entry_id = row_id >> CHUNK_BITS
            final = (score * self.index.FIRST_WEIGHT + scores.get(row_id, 0.0)) * (1 + QUALITY_WEIGHT * quality.get(entry_id, 0.0))
            matches.append(Match(entry_id, final, row_id % (1 << CHUNK_BITS)))
        return sorted(matches, key=itemgetter(1, 0), reverse=True)

    def write(self, entry: Entry, chunks: Iterable[int] | None = None) -> None:
        wanted = None if chunks is None else set(chunks)
        passages = entry.passages.all() if wanted is None else entry.passages.filter(chunk__in=wanted)
        texts: dict[int, list] = {chunk: [] for chunk in wanted or {0}}
        for passage in passages:
            texts.setdefault(passage.chunk, []).append(passage)
        self.index.erase(entry.pk, wanted)
        for chunk, members in texts.items():
            if members or chunk == 0:
                self.index.write((entry.pk << CHUNK_BITS) + chunk, _document(entry, chunk, members))

    def erase(self, entry: Entry) -> None:
        self.index.erase(entry.pk)

    def unindexed(self) -> list[int]:
        held = set(self.index.row_ids())
        entries = Entry.objects.using(self.using)
        chunks = entries.filter(passages__isnull=False).values_list("pk", "passages__chunk").distinct()
        missing = {pk for pk, chunk in chunks.iterator() if (pk << CHUNK_BITS) + chunk not in held}
        missing.update(pk for pk in entries.values_list("pk", flat=True).iterator() if pk << CHUNK_BITS not in held)
        return sorted(missing)

    def optimise(self) -> None:
        self.index.optimise()


def _document(entry: Entry, chunk: int, passages: list) -> Document:
    """The first chunk also holds what stands outside the text: title, names, summary, keywords."""
    language = entry.language or guess_language(f"{entry.title} {entry.summary}")
    title = analyse(entry.title, language)
    for name in entry.names.splitlines():
        _extend(title, analyse(name, guess_language(name)))
    fields = analyse("")
    if chunk == 0:
        _extend(fields, title)
        _extend(fields, analyse(entry.summary, language))
        _extend(fields, analyse(entry.keywords, language))
    for passage in passages:
        _extend(fields, analyse(passage.text, passage.language))
    return Document(title=title.stems, stems=fields.stems, fives=fields.fives, grams=fields.grams)


def _extend(fields, more) -> None:
    for terms, further in zip(fields, more, strict=True):
        terms.extend(further)
