"""Finding things for a reader.

search(query, user=user) -> SearchResults        what the results page shows
newest(user=user, sources=("materials",)) -> list[Hit]
look_inside("materials", 7, "бөлшек") -> list[(Passage, excerpt)]      where the words stand in one thing
suggest("schools", "7 мек", user=user) -> list[Entry]      while a reader types; "objectives" also by code: 7.1.2.3, 7 1 2 3
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import groupby

from django.db.models import Q

from . import sources
from .analysis import QueryWord, clean, fold, query_words, tokenize
from .audiences import satisfied_by, tokens_for
from .engines import Match, get_engine
from .highlights import Highlighter
from .models import Entry, Passage
from .query import NEWEST, RELEVANCE, SearchQuery
from .ranking import Lifts
from .results import FacetCount, Hit, Nearest, SearchResults, Segment

SUGGESTIONS = 10
SIMILAR = 5
_CANDIDATES = 300
_LONGEST = 100
_ALIKE = 0.7
_NUMBERS = re.compile(r"(?<!\S)\d+(?: \d+)*(?!\S)")


def search(query: SearchQuery, *, user, pinned: Iterable[tuple[str, int]] = ()) -> SearchResults:
    """`pinned` things stand before the others on the first page, where the query admits them, and nowhere else."""
    found = get_engine().find(query)
    words = query_words(query.text)
    entries = _entries(found.matches, pinned)
    last = entries.get(found.matches[-1].entry_id) if found.matches else None
    first = [] if query.by_date else _pinned(query, entries, pinned)
    ahead = {match.entry_id for match in first}
    rows = first + [match for match in found.matches if match.entry_id not in ahead]
    hits = _hits(rows, entries, words, user, None if query.by_date else Lifts(query))
    return SearchResults(
        query=query,
        total=found.total,
        hits=[hit for hit in hits if hit.entry.pk not in ahead],
        pinned=[hit for hit in hits if hit.entry.pk in ahead] if query.page == 1 else [],
        facets={name: _counts(found.facets.get(name, {}), query.facets.get(name, ())) for name in query.wanted},
        words=tuple(word.text for word in words),
        has_next=found.has_next,
        next_cursor=last.cursor if last and found.has_next and query.sort == NEWEST else "",
        nearest=[] if found.total or not query.text else _nearest(query, user),
    )


def newest(*, user, sources: Iterable[str] = (), facets: Mapping[str, Iterable[str]] | None = None, size: int = 10) -> list[Hit]:
    """The latest things this reader may see, without counting the rest."""
    matches = get_engine().newest(SearchQuery.for_user(user, sources=tuple(sources), facets=facets or {}, size=size))
    return _hits(matches, Entry.objects.in_bulk([match.entry_id for match in matches]), [], user)


def look_inside(source: str, object_id: int, text: str, *, limit: int = 3) -> list[tuple[Passage, tuple[Segment, ...]]]:
    """Where the words of a query stand in one thing. That the reader may see the thing is for the caller to have asked."""
    passages = Passage.objects.filter(entry__source=source, entry__object_id=object_id)
    return Highlighter(query_words(clean(text)[:_LONGEST])).ranked(passages, limit=limit) if text.strip() else []


def suggest(source: str, text: str, *, user, limit: int = SUGGESTIONS) -> list[Entry]:
    """Entries of a source whose names hold words beginning like these; a code is matched from its left."""
    pieces = _pieces(text)
    if not pieces:
        return []
    entries = Entry.objects.open_to(tokens_for(user, (source,)), satisfied_by(user)).of(source)
    candidates = _holding(entries, pieces)
    if not candidates and (codes := [piece for piece in pieces if " " in piece.strip()]):
        candidates = _holding(entries, codes)
    candidates.sort(key=lambda entry: (not entry.folded.startswith(pieces[0]), _natural(entry.folded)))
    visible = _visible(candidates, user)
    chosen = [entry.pk for entry in candidates if (entry.source, entry.object_id) in visible][:limit]
    found = Entry.objects.in_bulk(chosen)
    return [found[pk] for pk in chosen if pk in found]


def _entries(matches: list[Match], pinned: Iterable[tuple[str, int]]) -> dict[int, Entry]:
    """In one query, whether something is pinned or not."""
    wanted = Q(pk__in=[match.entry_id for match in matches])
    for source, object_id in pinned:
        wanted |= Q(source=source, object_id=object_id)
    return {entry.pk: entry for entry in Entry.objects.filter(wanted)} if matches or pinned else {}


def _pinned(query: SearchQuery, entries: dict[int, Entry], pinned: Iterable[tuple[str, int]]) -> list[Match]:
    standing = {(entry.source, entry.object_id): entry for entry in entries.values() if not query.sources or entry.source in query.sources}
    chosen = [standing[thing] for thing in pinned if thing in standing]
    return [Match(entry.pk, chunk=0) for entry in chosen if query.admits(entry.facets)]


def _hits(matches: list[Match], entries: dict[int, Entry], words: list[QueryWord], user, lifts: Lifts | None = None) -> list[Hit]:
    """The hits of a page, without those that the reader may no longer see."""
    visible = _visible(entries.values(), user)
    shown = [match for match in matches if match.entry_id in entries]
    shown = [match for match in shown if (entries[match.entry_id].source, entries[match.entry_id].object_id) in visible]
    highlighter = Highlighter(words)
    passages = _passages(shown) if words else {}
    return [_hit(match, entries[match.entry_id], highlighter, passages.get(match.entry_id, ()), lifts) for match in shown]


def _hit(match: Match, entry: Entry, highlighter: Highlighter, passages: Iterable[Passage], lifts: Lifts | None) -> Hit:
    passage, excerpt = highlighter.best(passages) or (None, ())
    return Hit(
        entry=entry,
        title=highlighter.mark(entry.title, entry.language),
        summary=() if excerpt else highlighter.mark(entry.summary, entry.language),
        excerpt=excerpt,
        passage=passage,
        score=match.score,
        beside=highlighter.words(f"{entry.names} {entry.keywords}", entry.language),
        lifted=lifts and lifts.of_entry(entry),
    )


def _passages(matches: list[Match]) -> dict[int, list[Passage]]:
    chunks = {match.entry_id: match.chunk for match in matches}
    whole = [entry_id for entry_id, chunk in chunks.items() if chunk is None]
    # Nearly all are first chunks: the few read in vain cost less than a condition for each entry.
    wanted = Q(entry__in=whole) | Q(entry__in=chunks, chunk__in={chunk for chunk in chunks.values() if chunk is not None})
    passages = Passage.objects.filter(wanted).order_by("entry_id", "part", "number")
    passages = [passage for passage in passages if chunks[passage.entry_id] in (None, passage.chunk)]
    return {entry_id: list(members) for entry_id, members in groupby(passages, key=lambda passage: passage.entry_id)}


def _visible(entries: Iterable[Entry], user) -> set[tuple[str, int]]:
    """Each source is asked once; a source that is not registered shows nothing."""
    ids: dict[str, list[int]] = {}
    for entry in entries:
        ids.setdefault(entry.source, []).append(entry.object_id)
    registered = {key: source for key in ids if (source := sources.get(key))}
    return {(key, object_id) for key, source in registered.items() for object_id in source.visible_ids(user, ids[key])}


def _counts(counter: Mapping[str, int], chosen: Iterable[str]) -> list[FacetCount]:
    """Most frequent first; a chosen code stays even when it finds nothing."""
    numbers = {**dict.fromkeys(chosen, 0), **counter}
    return [FacetCount(code, number, code in chosen) for code, number in sorted(numbers.items(), key=lambda item: (-item[1], item[0]))]


def _nearest(query: SearchQuery, user) -> list[Nearest]:
    """The same words without the filters, else the words that are written most alike."""
    engine = get_engine()
    wider = query.but(facets={}, page=1, cursor="")
    if query.facets and (total := engine.find(wider.but(wanted=(), size=1)).total):
        return [Nearest("facets", wider, total)]
    similar = engine.similar(wider.but(wanted=(), sort=RELEVANCE, size=SIMILAR))
    if text := _respelled(query.text, similar.matches, user):
        if total := engine.find(wider.but(text=text, wanted=(), size=1)).total:
            return [Nearest("spelling", wider.but(text=text), total)]
    return []


def _respelled(text: str, matches: list[Match], user) -> str:
    """The query in words that stand in things this reader may see."""
    entries = Entry.objects.in_bulk([match.entry_id for match in matches])
    visible = _visible(entries.values(), user)
    shown = [match for match in matches if (entries[match.entry_id].source, entries[match.entry_id].object_id) in visible]
    texts = [f"{entries[match.entry_id].title} {entries[match.entry_id].summary}" for match in shown]
    texts += [passage.text for passages in _passages(shown).values() for passage in passages]
    spellings = {fold(word): word for word in tokenize(" ".join(texts))}
    close = (get_close_matches(fold(word.text), spellings, n=1, cutoff=_ALIKE) for word in query_words(text))
    return " ".join(spellings[found[0]] for found in close if found)


def _holding(entries, pieces: list[str]) -> list:
    """Of each candidate only what an index holds: whole rows are read of those that are offered."""
    for piece in pieces:
        entries = entries.filter(folded__contains=piece)
    return list(entries.order_by("folded").values_list("pk", "source", "object_id", "folded", named=True)[:_CANDIDATES])


def _pieces(text: str) -> list[str]:
    """Beginnings of words as they stand in `Entry.folded`; numbers in a row are one code, closed by what is typed after it."""
    text = clean(text)[:_LONGEST]
    folded = " ".join(fold(word) for word in tokenize(text))
    codes = [found.group() for found in _NUMBERS.finditer(folded)]
    words = _NUMBERS.sub(" ", folded).split()
    if codes and folded.endswith(codes[-1]) and not text[-1].isalnum():
        codes[-1] += " "
    return [f" {piece}" for piece in [*codes, *words]]


def _natural(folded: str) -> list[tuple[int, int, str]]:
    """7.1.2 before 7.1.10."""
    return [(0, int(word), "") if word.isdecimal() else (1, 0, word) for word in folded.split()]
