"""How many things there are without any words, and how many under each facet.

Where there are tens of thousands, counting takes longer than all the rest of a page; those are counted once a minute, audience by audience,
because the many readers of the portal share the large ones.
"""

from collections import Counter, defaultdict
from dataclasses import replace

from django.core.cache import cache

from ...query import SearchQuery
from .facets import FacetCounter
from .index import Filters, Index
from .kept import keep, key

# How many, and facet → code → how many
Counts = tuple[int, dict[str, Counter]]


def counts(index: Index, query: SearchQuery, filters: Filters) -> Counts:
    asked = (index.connection.alias, filters.sources, sorted(query.facets.items()), query.wanted)
    keys = {audience: key("counts", audience, *asked) for audience in filters.audiences}
    known = cache.get_many(keys.values())
    missing = [audience for audience in filters.audiences if keys[audience] not in known]
    found = [known[keys[audience]] for audience in filters.audiences if keys[audience] in known]
    if missing:
        counter, numbers = FacetCounter(query.facets, query.wanted), defaultdict(dict)
        for audience, codes, number in index.codes(replace(filters, audiences=missing)):
            numbers[audience][codes] = number
        for audience, of_audience in numbers.items():
            admitted, facets = counter.narrow(of_audience)
            found.append((sum(admitted.values()), facets))
            keep(keys[audience], found[-1], sum(of_audience.values()))
    return sum(total for total, _facets in found), {
        name: sum((facets[name] for _total, facets in found), Counter()) for name in query.wanted
    }
