"""What a reader may have meant who typed something that stands nowhere. Every word of a guess stands in something that she may see.

Asked only where what was typed finds nothing, or where a word of it stands in none of the hits that are shown.
"""

from collections import Counter

from .analysis import WORD, QueryWord, distance, five, fold, lower, query_words, retyped, slips, stem, tokenize
from .engines import get_engine
from .hits import passages_of, visible_matches
from .models import Entry
from .query import RELEVANCE, SearchQuery

# Words of a query that are looked into, and things whose words are looked at
DOUBTED, SIMILAR = 3, 10
SHORT, SLIPS_OF_SHORT, SLIPS_OF_LONG = 5, 1, 2


def guessed(query: SearchQuery, total: int, met: set[int], user) -> SearchQuery | None:
    """`met` are the numbers of the words that stand in the hits shown, of which there are `total`."""
    words = query_words(query.text)
    unmet = [word for number, word in enumerate(words) if number not in met and not word.is_code and not word.text.isdigit()]
    if total:
        # Shown are only the best: what stands further down, or outside what was chosen, is written right.
        everywhere = query.but(facets={})
        unmet = [word for word in unmet[:DOUBTED] if len(word.text) > 1 and not finds(everywhere, word.text)]
    if not unmet:
        return None
    text = on_another_keyboard(query, unmet) or respelt(query, unmet, user)
    return query.but(text=text) if text != query.text and finds(query, text) else None


def finds(query: SearchQuery, text: str) -> int:
    return get_engine().find(query.but(text=text, wanted=(), size=1, page=1, cursor="")).total


def on_another_keyboard(query: SearchQuery, unmet: list[QueryWord]) -> str:
    """Only what is met nowhere was typed on it, and only if the longest word of it is met then."""
    wrong, pieces = {word.text for word in unmet}, query.text.split()
    doubtful = [not wrong.isdisjoint(tokenize(piece)) for piece in pieces]
    for way in retyped(" ".join(piece for piece, doubted in zip(pieces, doubtful, strict=True) if doubted)):
        longest = max(tokenize(way), key=len, default="")
        if longest and finds(query, longest):
            typed = iter(way.split())
            return " ".join(next(typed) if doubted else piece for piece, doubted in zip(pieces, doubtful, strict=True))
    return ""


def respelt(query: SearchQuery, unmet: list[QueryWord], user) -> str:
    better = {word.text: found for word in unmet[:DOUBTED] if (found := closest(query, word, user))}
    return WORD.sub(lambda found: better.get(lower(found.group()), found.group()), query.text)


def closest(query: SearchQuery, word: QueryWord, user) -> str:
    """The word most like this one, of those in the things that words one slip away would find."""
    spelt = [fold(spelling.text) for spelling in (word, *word.readings)]
    beginnings = set().union(*map(slips, spelt))
    alike = get_engine().similar(query.but(text=word.text, wanted=(), sort=RELEVANCE, size=SIMILAR, page=1, cursor="")).matches
    found = Counter(other for text in texts_of(alike, user) for other in tokenize(text) if five(other) in beginnings)
    allowed = SLIPS_OF_SHORT if len(word.text) <= SHORT else SLIPS_OF_LONG
    ranked = [(min(slips_between(one, other) for one in spelt), -times, other) for other, times in found.items()]
    return min((row for row in ranked if row[0] <= allowed), default=(0, 0, ""))[2]


def slips_between(one: str, other: str) -> int:
    """Another form of the word counts as one more."""
    return min(distance(one, fold(other)), distance(stem(one), stem(other)) + 1)


def texts_of(matches, user) -> list[str]:
    """What those of them say that this reader may see."""
    entries = Entry.objects.in_bulk([match.entry_id for match in matches])
    shown = visible_matches(matches, entries, user)
    texts = [f"{entries[match.entry_id].title} {entries[match.entry_id].summary}" for match in shown]
    return texts + [passage.text for passages in passages_of(shown).values() for passage in passages]
