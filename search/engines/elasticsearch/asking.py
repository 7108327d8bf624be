"""A `SearchQuery` as what Elasticsearch is asked: the hits, and beside them all that is counted, which its cache keeps."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import connections
from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from ...models import audiences_open_to
from ...query import SearchQuery
from ...ranking import BEGINNINGS, BEHIND, EXACT, FRESH, HALF_LIFE, NAMED, OWN, PIECES, QUALITY, TITLES, Lifts
from ...wording import Stems, Wording
from .index import microseconds, name_of

RANKED_AGAIN = 300
CODES_AT_MOST = 3000
EVERYWHERE = "everywhere"

# Of a whole container it is not known whether the cluster holds the answer for all that is in it.
WITHHELD = """
    SELECT held.source, held.object_id, held.container, held.until FROM search_withdrawal held
        LEFT JOIN search_entry known ON known.source = held.source AND known.object_id = held.object_id
        WHERE known.id IS NULL OR known.fed < held.until
"""


def may_find(query: SearchQuery, using: str) -> list[Query] | None:
    """What a reader may find; None where that is nothing."""
    audiences = audiences_open_to(query.audience, query.satisfied, using=using)
    if not audiences:
        return None
    conditions = [Q("terms", audience=audiences)]
    if query.sources:
        conditions.append(Q("terms", source=list(query.sources)))
    if withheld := withheld_from_all(using):
        conditions.append(Q("bool", must_not=withheld))
    return conditions


def withheld_from_all(using: str) -> list[Query]:
    """What was withdrawn, until the cluster holds the state that answers it."""
    with connections[using].cursor() as cursor:
        cursor.execute(WITHHELD)
        rows = cursor.fetchall()
    names = [name_of(source, object_id) for source, object_id, container, _until in rows if not container]
    found = [Q("ids", values=names)] if names else []
    for _source, _object_id, container, until in rows:
        if container:
            found.append(Q("bool", filter=[Q("term", container=container), Q("range", version={"lt": until})]))
    return found


def chosen(facets: Mapping[str, Iterable[str]]) -> list[Query]:
    return [Q("terms", codes=[f"{name}:{code}" for code in codes]) for name, codes in facets.items()]


def saying(wording: Wording) -> Query:
    """Stems and beginnings decide what matches."""
    asked = []
    for weight, words in wording.by_weight:
        stems, fives = joined(stem for word in words for stem in word.stems), joined(word.five for word in words)
        asked += [matching("as", stems, weight), matching("ts", stems, weight * TITLES), matching("a5", fives, weight * BEGINNINGS)]
    return Q("bool", should=[*asked, *(meaning(score, phrases) for score, phrases in wording.meanings)])


def meaning(score: float, phrases: list[Stems]) -> Query:
    said = [Q("bool", filter=[Q("terms", **{"as": list(either)}) for either in stems]) for stems in phrases]
    return Q("constant_score", filter=Q("bool", should=said), boost=score)


def matching(field: str, terms: str, weight: float) -> Query:
    return Q("match", **{field: {"query": terms, "boost": weight}})


def joined(terms: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(terms))


def pieces_of(wording: Wording) -> list[Query]:
    """And the very letters that were typed, beside those they are folded to."""
    grams = [(weight, joined(gram for word in words for gram in word.grams)) for weight, words in wording.by_weight]
    pieces = [matching("ag", terms, weight * PIECES) for weight, terms in grams]
    return [*pieces, matching("ag", joined(word.exact for word in wording.words), EXACT)]


def ranked_again(wording: Wording, lifts: Lifts) -> list[dict]:
    """Pieces of words rank the best again, then all is multiplied by what else lifts."""
    pieces = Q("bool", should=pieces_of(wording))
    return [again(lifted(pieces, lifts), "total", 1), again(rest(lifts), "multiply", 1)]


def lifted(text: Query, lifts: Lifts) -> Query:
    """Both parts of the text by the same factor: so it lifts their sum, and the window is chosen by it."""
    if not lifts.moves:
        return text
    factors = [*((words, NAMED) for words in lifts.named.values()), *((words, BEHIND) for words in lifts.behind.values())]
    functions = [{"filter": Q("terms", codes=list(words)), "weight": factor} for words, factor in factors]
    return Q("function_score", query=text, functions=functions, score_mode="multiply", boost_mode="multiply")


def rest(lifts: Lifts) -> Query:
    fading = {"origin": microseconds(lifts.now), "scale": HALF_LIFE // timedelta(microseconds=1), "decay": 0.5}
    functions = [
        {"weight": 1},
        *({"filter": Q("terms", codes=list(words)), "weight": OWN[name]} for name, words in lifts.own.items()),
        {"field_value_factor": {"field": "quality", "factor": QUALITY, "missing": 0}},
        {"exp": {"moment": fading}, "weight": FRESH},
    ]
    return Q("function_score", functions=functions, score_mode="sum", boost_mode="replace")


def again(query: Query, mode: str, weight: float) -> dict:
    rescored = {"rescore_query": query.to_dict(), "rescore_query_weight": weight, "score_mode": mode}
    return {"window_size": RANKED_AGAIN, "query": rescored}


def counted(base: Search, query: SearchQuery) -> Search:
    """The total, and what each code of a wanted facet would find: a chosen facet is counted by all the others."""
    asked = base.extra(size=0, track_total_hits=True).params(request_cache=True)
    everything = chosen(query.facets)
    asked.aggs.bucket(EVERYWHERE, "filter", Q("bool", filter=everything)).bucket("codes", "terms", **codes_of(query.wanted))
    for name in query.facets.keys() & set(query.wanted):
        others = chosen({other: codes for other, codes in query.facets.items() if other != name})
        asked.aggs.bucket(f"of {name}", "filter", Q("bool", filter=others)).bucket("codes", "terms", **codes_of([name]))
    return asked


def codes_of(names: Iterable[str]) -> dict:
    return {"field": "codes", "size": CODES_AT_MOST, "include": f"({'|'.join(map(literally, names))}):.*"}


def literally(name: str) -> str:
    """In the regular expressions of Lucene."""
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in name)
