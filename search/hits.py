"""What engines matched, as hits that a page draws: from the stored entries and passages, and only what the reader may still see."""

from collections.abc import Collection, Iterable
from itertools import groupby
from operator import attrgetter

from django.db import connection

from . import sources
from .engines import Match
from .engines.embedded.index import Named
from .highlights import Highlighter
from .models import Entry
from .ranking import Lifts
from .results import Hit, PassageRead


def hits_of(matches: list[Match], entries: dict[int, Entry], highlighter: Highlighter, user, lifts: Lifts | None = None) -> list[Hit]:
    """The hits of a page, without those that the reader may no longer see."""
    shown = visible_matches(matches, entries, user)
    passages = passages_of(shown) if highlighter.asked else {}
    return [hit_of(match, entries[match.entry_id], highlighter, passages.get(match.entry_id, ()), lifts) for match in shown]


def hit_of(match: Match, entry: Entry, highlighter: Highlighter, passages: Iterable[PassageRead], lifts: Lifts | None) -> Hit:
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


def visible_matches(matches: list[Match], entries: dict[int, Entry], user) -> list[Match]:
    visible = visible_to(user, entries.values())
    known = [match for match in matches if match.entry_id in entries]
    return [match for match in known if (entries[match.entry_id].source, entries[match.entry_id].object_id) in visible]


def visible_to(user, entries: Iterable[Entry | Named]) -> set[tuple[str, int]]:
    """Sources and ids of the things that the reader may see now."""
    ids: dict[str, list[int]] = {}
    for entry in entries:
        ids.setdefault(entry.source, []).append(entry.object_id)
    return sources.visible_to(user, ids)


def passages_of(matches: list[Match]) -> dict[int, list[PassageRead]]:
    chunks = {match.entry_id: match.chunk for match in matches}
    whole = [entry_id for entry_id, chunk in chunks.items() if chunk is None]
    first = {chunk for chunk in chunks.values() if chunk is not None}
    # Nearly all are first chunks: the few read in vain cost less than a condition for each entry.
    read = [passage for passage in read_passages(chunks, first, whole) if chunks[passage.entry_id] in (None, passage.chunk)]
    return {entry_id: list(members) for entry_id, members in groupby(read, key=attrgetter("entry_id"))}


def read_passages(entries: Collection[int], chunks: Collection[int], whole: Collection[int]) -> list[PassageRead]:
    """Those chunks of the entries, and the whole of some. Asked in plain SQL: a page needs it every time, and the ORM takes five times as
    long to put the question together as a database to answer it."""
    if not entries:
        return []
    listed = {name: ",".join(["%s"] * len(values)) for name, values in (("entries", entries), ("chunks", chunks), ("whole", whole))}
    conditions = [f"{column} IN ({listed[name]})" for column, name in (("chunk", "chunks"), ("entry_id", "whole")) if listed[name]]
    columns = ", ".join(PassageRead._fields)
    sql = f"SELECT {columns} FROM search_passage WHERE entry_id IN ({listed['entries']}) AND ({' OR '.join(conditions)})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*entries, *chunks, *whole])
        return sorted(map(PassageRead._make, cursor.fetchall()))
