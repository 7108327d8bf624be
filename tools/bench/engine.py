"""The search engine alone: how long it takes for words of each kind, with all facets of the results page."""

import time
from collections import Counter
from functools import cache
from random import Random
from statistics import quantiles

from django.contrib.auth.models import AnonymousUser

from portal.views.search import shown_sources
from search.analysis import stem, tokenize
from search.engines import get_engine
from search.query import SearchQuery

from .texts import SEED, texts

QUERIES, COMMON = 30, 30
RARE_TEXTS = 2


@cache
def words_by_frequency() -> list[tuple[str, int]]:
    """A word of each stem with the number of texts that hold it, most frequent first."""
    spelled, holding = {}, Counter()
    for told in texts():
        stems = {stem(word, told.language): word for word in tokenize(f"{told.title} {told.description} {told.page}") if len(word) > 3}
        spelled |= stems
        holding.update(stems.keys())
    return [(spelled[key], number) for key, number in holding.most_common()]


def rare_words() -> list[str]:
    rare = [word for word, number in words_by_frequency() if number <= RARE_TEXTS]
    return Random(SEED).sample(rare, QUERIES)


def common_words() -> list[str]:
    return [word for word, _number in words_by_frequency()[:COMMON]]


def some_words(length: int, number: int = QUERIES) -> list[str]:
    """Words that follow each other in a text."""
    random, found = Random(SEED), []
    while len(found) < number:
        words = tokenize(random.choice(texts()).page)
        start = random.randrange(max(len(words) - length, 1))
        found.append(" ".join(words[start : start + length]))
    return found


def measure_engine() -> dict[str, tuple[float, float]]:
    """Median and 95th of a hundred, in milliseconds."""
    asked = {
        "rare word": rare_words(),
        "common word": common_words(),
        "three words": some_words(3),
        "eight words": some_words(8),
        "no words": [""] * QUERIES,
    }
    return {name: timed(queries) for name, queries in asked.items()}


def timed(queries: list[str]) -> tuple[float, float]:
    engine, waits = get_engine(), []
    facets = tuple({facet.name for source in shown_sources() for facet in source.facets})
    sources = tuple(source.key for source in shown_sources())
    for text in [queries[0], *queries]:
        query = SearchQuery.for_user(AnonymousUser(), text=text, sources=sources, wanted=("source", *facets))
        began = time.perf_counter()
        engine.find(query)
        waits.append((time.perf_counter() - began) * 1000)
    parts = quantiles(waits[1:], n=20)
    return parts[9], parts[18]
