"""What engines matched, as hits that a page draws: from the stored entries and passages, and only what the reader may still see."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Q

from . import sources
from .engines import Match
from .engines.embedded.index import Named
from .highlights import Highlighter
from .models import Entry, Passage
from .ranking import Lifts
from .results import Hit


def hits_of(matches: list[Match], entries: dict[int, Entry], highlighter: Highlighter, user, lifts: Lifts | None = None) -> list[Hit]:
    """The hits of a page, without those that the reader may no longer see."""
    shown = visible_matches(matches, entries, user)
    passages = passages_of(shown) if highlighter.asked else {}
    return [hit_of(match, entries[match.entry_id], highlighter, passages.get(match.entry_id, ()), lifts) for match in shown]


def hit_of(match: Match, entry: Entry, highlighter: Highlighter, passages: Iterable[Passage], lifts: Lifts | None) -> Hit:
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
    """Each source is asked once; a source that is not registered shows nothing."""
    ids: dict[str, list[int]] = {}
    for entry in entries:
        ids.setdefault(entry.source, []).append(entry.object_id)
    registered = {key: source for key in ids if (source := sources.get(key))}
    return {(key, object_id) for key, source in registered.items() for object_id in source.visible_ids(user, ids[key])}


def passages_of(matches: list[Match]) -> dict[int, list[Passage]]:
    chunks = {match.entry_id: match.chunk for match in matches}
    whole = [entry_id for entry_id, chunk in chunks.items() if chunk is None]
    # Nearly all are first chunks: the few read in vain cost less than a condition for each entry.
    wanted = Q(entry__in=whole) | Q(entry__in=chunks, chunk__in={chunk for chunk in chunks.values() if chunk is not None})
    passages = Passage.objects.filter(wanted).order_by("entry_id", "part", "number")
    passages = [passage for passage in passages if chunks[passage.entry_id] in (None, passage.chunk)]
    return {entry_id: list(members) for entry_id, members in groupby(passages, key=lambda passage: passage.entry_id)}
