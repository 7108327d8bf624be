"""Finding things for a reader.

search(query, user=user) -> SearchResults        what the results page shows
newest(user=user, sources=("materials",)) -> list[Hit]
look_inside("materials", 7, "бөлшек") -> list[(Passage, excerpt)]      where the words stand in one thing
suggest("schools", "7 мек", user=user) -> list[Entry]      while a reader types; "objectives" also by code: 7.1.2.3, 7 1 2 3
offer("7 мек", sources=("schools", "people"), user=user, limit=3) -> {"schools": [Entry]}
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain

from .analysis import clean
from .engines import Match, get_engine
from .guessing import guessed
from .highlights import Highlighter
from .hits import hits_of
from .models import Entry, Passage
from .names import named
from .query import NEWEST, SearchQuery
from .ranking import Lifts
from .results import FacetCount, Hit, Nearest, SearchResults, Segment
from .wording import wording_of

SUGGESTIONS = 10
# Among which the few that are offered are the best
OFFERED = 40
_LONGEST = 100

Naming = Callable[[str], Mapping[str, tuple[str, ...]]]


def search(query: SearchQuery, *, user, pinned: Collection[tuple[str, int]] = (), naming: Naming | None = None) -> SearchResults:
    """`pinned` things stand before the others on the first page, where the query admits them, and nowhere else. `naming` says what the
    words name that are guessed in place of those that were typed."""
    found = get_engine().find(query)
    highlighter = Highlighter(wording_of(query.text))
    entries = _entries(found.matches, pinned)
    last = entries.get(found.matches[-1].entry_id) if found.matches else None
    first = [] if query.by_date else _pinned(query, entries, pinned)
    ahead = {match.entry_id for match in first}
    rows = first + [match for match in found.matches if match.entry_id not in ahead]
    hits = hits_of(rows, entries, highlighter, user, None if query.by_date else Lifts(query))
    nearest = [] if found.total or not query.text else _without_facets(query)
    return SearchResults(
        query=query,
        total=found.total,
        hits=[hit for hit in hits if hit.entry.pk not in ahead],
        pinned=[hit for hit in hits if hit.entry.pk in ahead] if query.page == 1 else [],
        facets={name: _counts(found.facets.get(name, {}), query.facets.get(name, ())) for name in query.wanted},
        words=tuple(word.text for word in highlighter.asked),
        has_next=found.has_next,
        next_cursor=last.cursor if last and found.has_next and query.sort == NEWEST else "",
        nearest=nearest,
        guess=None if nearest or first else _guess(query, found.total, highlighter.met, user, naming),
    )


def newest(*, user, sources: Iterable[str] = (), facets: Mapping[str, Iterable[str]] | None = None, size: int = 10) -> list[Hit]:
    """The latest things this reader may see, without counting the rest."""
    matches = get_engine().newest(SearchQuery.for_user(user, sources=tuple(sources), facets=facets or {}, size=size))
    return hits_of(matches, Entry.objects.in_bulk([match.entry_id for match in matches]), Highlighter(wording_of("")), user)


def look_inside(source: str, object_id: int, text: str, *, limit: int = 3) -> list[tuple[Passage, tuple[Segment, ...]]]:
    """Where the words of a query stand in one thing. That the reader may see the thing is for the caller to have asked."""
    passages = Passage.objects.filter(entry__source=source, entry__object_id=object_id)
    return Highlighter(wording_of(clean(text)[:_LONGEST])).ranked(passages, limit=limit) if text.strip() else []


def suggest(source: str, text: str, *, user, limit: int = SUGGESTIONS) -> list[Entry]:
    """Entries of a source whose names hold words beginning like these; a code is matched from its left."""
    return named(text, sources=(source,), user=user, limit=limit).get(source, [])


def offer(text: str, *, sources: tuple[str, ...], user, limit: int) -> dict[str, list[Entry]]:
    """The same of many sources at once, a few of each, for the box that searches everything."""
    return named(text, sources=sources, user=user, limit=limit, candidates=OFFERED)


def _guess(query: SearchQuery, total: int, met: set[int], user, naming: Naming | None) -> SearchResults | None:
    """What is shown in place of what was typed: on its first page, and only while nobody insists."""
    if query.literally or not query.text or query.page > 1 or query.cursor:
        return None
    meant = guessed(query, total, met, user)
    return search(meant.but(literally=True, named=naming(meant.text) if naming else {}), user=user) if meant else None


def _entries(matches: list[Match], pinned: Collection[tuple[str, int]]) -> dict[int, Entry]:
    """In one query, whether something is pinned or not, and in plain SQL for the same reason as `hits.read_passages`."""
    if not matches and not pinned:
        return {}
    conditions = ["(source = %s AND object_id = %s)" for _thing in pinned]
    if matches:
        conditions.append(f"id IN ({', '.join(['%s'] * len(matches))})")
    sql = f"SELECT * FROM search_entry WHERE {' OR '.join(conditions)}"  # noqa: S608
    return {entry.pk: entry for entry in Entry.objects.raw(sql, [*chain(*pinned), *(match.entry_id for match in matches)])}


def _pinned(query: SearchQuery, entries: dict[int, Entry], pinned: Iterable[tuple[str, int]]) -> list[Match]:
    standing = {(entry.source, entry.object_id): entry for entry in entries.values() if not query.sources or entry.source in query.sources}
    chosen = [standing[thing] for thing in pinned if thing in standing]
    return [Match(entry.pk, chunk=0) for entry in chosen if query.admits(entry.facets)]


def _without_facets(query: SearchQuery) -> list[Nearest]:
    """The same words with nothing narrowed, where that finds something."""
    wider = query.but(facets={}, page=1, cursor="")
    total = get_engine().find(wider.but(wanted=(), size=1)).total if query.facets else 0
    return [Nearest("facets", wider, total)] if total else []


def _counts(counter: Mapping[str, int], chosen: Iterable[str]) -> list[FacetCount]:
    """Most frequent first; a chosen code stays even when it finds nothing."""
    numbers = {**dict.fromkeys(chosen, 0), **counter}
    return [FacetCount(code, number, code in chosen) for code, number in sorted(numbers.items(), key=lambda item: (-item[1], item[0]))]
