"""The engine of the country: a cluster that is fed from the entries (`search/feeding.py`) and asked for hits and counts at once."""

from collections import Counter
from collections.abc import Iterable
from zlib import crc32

from elasticsearch.dsl import MultiSearch, Q, Search
from elasticsearch.dsl.response import Response

from ...models import Entry
from ...query import NEWEST, WINDOW, SearchQuery
from ...ranking import Lifts
from ...wording import slips_of, wording_of
from ..base import Engine, Found, Match
from ..embedded.index import read_cursor
from .asking import EVERYWHERE, chosen, counted, lifted, may_find, pieces_of, ranked_again, saying
from .client import Incomplete, feeders, readers, servers_limit
from .index import alias, microseconds

__all__ = ["ElasticsearchEngine"]

BY_DATE = {"sort": [{"moment": "desc"}, {"entry": "desc"}]}


class ElasticsearchEngine(Engine):
    def find(self, query: SearchQuery) -> Found:
        asked = self.questions(query)
        return self.answered(query, *asked) if asked else Found()

    def questions(self, query: SearchQuery) -> tuple[Search, Search] | None:
        """For the hits and for all that is counted; None where nothing can be found."""
        wording = wording_of(query.text, self.using)
        conditions = may_find(query, self.using)
        if conditions is None or (query.text and not wording.words):
            return None
        lifts = Lifts(query)
        text = [saying(wording)] if wording.words else []
        # Counted without the lifts: then the cache answers whoever asks the same.
        base = self.asked(query).query("bool", filter=conditions, must=text)
        wanted = self.asked(query).query("bool", filter=[*conditions, *chosen(query.facets)], must=[lifted(part, lifts) for part in text])
        hits = wanted.extra(**place(query), track_total_hits=False)
        if wording.words and not query.by_date:
            hits = hits.extra(rescore=ranked_again(wording, lifts))
        return hits, counted(base, query)

    def newest(self, query: SearchQuery) -> list[Match]:
        conditions = may_find(query, self.using)
        if conditions is None:
            return []
        asked = self.asked(query).query("bool", filter=[*conditions, *chosen(query.facets)])
        return matches(whole(asked.extra(**place(query.but(sort=NEWEST)), track_total_hits=False).execute()))[: query.size]

    def similar(self, query: SearchQuery) -> Found:
        wording, conditions = wording_of(query.text, self.using), may_find(query, self.using)
        beginnings = slips_of(wording)
        if not beginnings or conditions is None:
            return Found()
        base = self.asked(query).query("bool", filter=[*conditions, Q("terms", a5=beginnings)], should=pieces_of(wording))
        hits = base.extra(**place(query), track_total_hits=False)
        return self.answered(query, hits, counted(base, query))

    def asked(self, query: SearchQuery) -> Search:
        """A hit says which entry it is by its column: to unpack the stored documents took longer than to find them.

        All pages of what is ordered by its worth are asked of the same copies: among equals each copy has an order of its own.
        """
        answers = {"stored_fields": "_none_", "docvalue_fields": ["entry"], "timeout": servers_limit()}
        asked = Search(using=readers(), index=alias(self.using)).extra(**answers)
        return asked if query.by_date else asked.params(preference=f"{crc32(query.text.encode()):x}")

    def answered(self, query: SearchQuery, hits: Search, counts: Search) -> Found:
        both = MultiSearch(using=readers(), index=alias(self.using)).add(hits).add(counts)
        of_hits, of_counts = map(whole, both.execute())
        found = matches(of_hits)
        everywhere = of_counts.aggregations[EVERYWHERE]
        facets = {name: Counter() for name in query.wanted}
        for name, bucket in (("", everywhere), *((name, of_counts.aggregations[f"of {name}"]) for name in facets if name in query.facets)):
            for row in bucket.codes.buckets:
                of, _colon, code = row.key.partition(":")
                if of in facets and (name or of not in query.facets):
                    facets[of][code] = row.doc_count
        return Found(everywhere.doc_count, found[: query.size], facets, has_next=len(found) > query.size)

    def write(self, entries: Iterable[Entry]) -> None:
        from ...feeding import send

        send(entries, using=self.using)

    def erase(self, entries: Iterable[Entry]) -> None:
        from ...feeding import bury

        bury(((entry.source, entry.object_id, entry.version + 1) for entry in entries), using=self.using)

    def unindexed(self) -> list[int]:
        return list(Entry.objects.using(self.using).unfed().values_list("pk", flat=True))

    def optimise(self) -> None:
        """Merging an index that is read does harm; but it can hear of everything, and show it."""
        from ...feeding import feed

        feed(using=self.using)
        feeders().indices.refresh(index=alias(self.using))


def place(query: SearchQuery) -> dict:
    """Which rows of the list: one more than is shown tells whether it goes on."""
    if query.sort == NEWEST:
        after = read_cursor(query.cursor)
        return BY_DATE | {"size": query.size + 1} | ({"search_after": [microseconds(after[0]), after[1]]} if after else {})
    first = (query.page - 1) * query.size
    rows = {"from": first, "size": max(min(query.size + 1, WINDOW - first), 0)}
    return BY_DATE | rows if query.by_date else rows


def whole(response: Response) -> Response:
    """Half an answer would be a wrong one: a part of the index was silent, or not ready in time."""
    if not response.success():
        raise Incomplete
    return response


def matches(response) -> list[Match]:
    return [Match(hit.entry[0], hit.meta.score or 0.0) for hit in response.hits]
