"""Which saved questions a new entry answers. Whose they are and how she is told is for the caller; here are words, codes and readers.

    keys_of(query)          -> pairs of terms to keep a saved question under: what answers it holds both of at least one pair
    wishes_of(query)        -> all that an entry has to hold, to be kept beside it: any term of each line
    terms_of(entry)         -> all terms of an entry; the questions kept under pairs of them are its candidates
    answers(wishes, terms)  -> whether the entry truly answers: every word, every facet, one of the sources
    is_open_to(entry, user) -> whether this reader would find it

A word is met by its stem or by its first five letters, as in the search itself. Nothing here knows an engine's index.
"""

from collections.abc import Callable, Set
from itertools import product

from .analysis import FIVE_LETTERS, QueryWord, query_words
from .audiences import satisfied_by, tokens_for
from .engines import get_engine
from .engines.document import document
from .entries import EVERYONE
from .models import Entry
from .query import SearchQuery
from .sources import former_facets

MAX_PAIRS = 100


def number_of_entries(word: QueryWord, query: SearchQuery) -> int:
    return get_engine().find(SearchQuery(text=word.text, audience=query.audience, satisfied=query.satisfied, size=1)).total


def keys_of(query: SearchQuery, how_common: Callable[[QueryWord, SearchQuery], int] = number_of_entries) -> list[tuple[str, str]]:
    """Of its two rarest words or, where it has fewer, of the facets with the fewest codes.

    The second is empty if there is no other; there are none if it asks nothing.
    """
    words = query_words(query.text)
    if len(words) > 1:
        words.sort(key=lambda word: how_common(word, query))
    facets = sorted(query.facets.items(), key=lambda facet: len(facet[1]))
    asked = [*map(terms_of_word, words), *(terms_of_facet(*facet) for facet in facets)]
    if not asked:
        return []
    rarest, next_to_it = [*asked[:2], {""}][:2]
    return sorted(product(rarest, next_to_it if len(rarest) * len(next_to_it) <= MAX_PAIRS else {""}))


def terms_of_word(word: QueryWord) -> set[str]:
    """A long stem never comes without its first five letters, so they say enough."""
    spelt = (word, *word.readings)
    stems = {stem for spelling in spelt for stem in spelling.stems if len(stem) <= FIVE_LETTERS or not stem.startswith(spelling.five)}
    return {f"stem:{stem}" for stem in stems} | {f"five:{spelling.five}" for spelling in spelt}


def terms_of_facet(name: str, codes) -> set[str]:
    return {f"code:{name}:{code}" for code in codes}


def terms_of(entry: Entry) -> frozenset[str]:
    """Its codes also by what they were called before, and the source of which it is a part: a question that was kept still means them."""
    words = document(entry, 0, list(entry.passages.all()))
    kinds = {"stem": words.stems, "five": words.fives, "code": [*entry.codes.split(), f"source:{entry.source}"]}
    terms = {f"{kind}:{term}" for kind, terms in kinds.items() for term in terms}
    return frozenset(terms.union(*(terms_of_facet(name, codes) for name, codes in former_facets(entry.facets).items())))


def wishes_of(query: SearchQuery) -> str:
    """Stricter than the search, which also shows what holds only some of the words: a letter must be worth opening."""
    wished = [terms_of_word(word) for word in query_words(query.text)]
    wished += [terms_of_facet(name, codes) for name, codes in query.facets.items()]
    wished += [terms_of_facet("source", query.sources)] if query.sources else []
    return "\n".join(" ".join(sorted(any_of)) for any_of in wished)


def answers(wishes: str, terms: Set[str]) -> bool:
    return all(not terms.isdisjoint(any_of.split(" ")) for any_of in wishes.split("\n"))


def is_open_to(entry: Entry, user) -> bool:
    audience = entry.audience
    if EVERYONE in audience.tokens and not audience.requires:
        return True
    return not tokens_for(user, (entry.source,)).isdisjoint(audience.tokens) and satisfied_by(user).issuperset(audience.requires)
