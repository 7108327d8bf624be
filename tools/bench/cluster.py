"""The search cluster: how fast it takes what changes, and how long its answers take when it holds a country's worth."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from random import Random
from statistics import median, quantiles

from elasticsearch.helpers import parallel_bulk

from search import feeding
from search.analysis import analyse
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.client import feeders
from search.engines.elasticsearch.index import live
from search.entries import EVERYONE, Findable, Part, put_entries
from search.models import Audience, AudienceToken, Entry
from search.query import SearchQuery

from .engine import COMMON, common_words, rare_words, some_words
from .texts import SEED, texts
from .worker import peak_memory

THREADS, CHUNK, ASKED, ROUNDS = 2, 500, 100, 3
SCHOOLS = [f"school:{n}" for n in range(500)]
READER = (EVERYONE, "members", "school:7", "user:7")
SHARES = {EVERYONE: 92, "members": 6, "school": 2}
FACETS = {"type": 12, "subject": 30, "grade": 11, "region": 20, "network": 5, "level": 4, "format": 3, "kind": 4}
LAST, STEP, SCATTERED = 1_790_000_000_000_000, 60_000_000, 7919


@cache
def analysed() -> list[tuple[str, dict[str, str]]]:
    """The language of each seeded text and its terms, as they stand in a document."""
    found = []
    for told in texts():
        title, rest = analyse(told.title, told.language), analyse(f"{told.title} {told.description} {told.page}", told.language)
        terms = {"ts": title.stems, "as": rest.stems, "a5": rest.fives, "ag": rest.pieces}
        found.append((told.language, {name: " ".join(words) for name, words in terms.items()}))
    return found


def ready_documents(number: int, using: str) -> Iterator[tuple[str, dict]]:
    """As the feeder would send them. The database is asked here, and not by the thread that draws them."""
    random = Random(SEED)
    audiences = {token: made_audience(token, using) for token in (EVERYONE, "members", *SCHOOLS)}
    return (ready_document(n, number, audiences, random) for n in range(1, number + 1))


def ready_document(n: int, number: int, audiences: dict[str, int], random: Random) -> tuple[str, dict]:
    language, terms = random.choice(analysed())
    reader = random.choices(list(SHARES), SHARES.values())[0]
    codes = [f"{name}:{int(values * random.random() ** 2)}" for name, values in FACETS.items()]
    body = {
        "source": "material",
        "object": n,
        "entry": n,
        "version": 1,
        "container": "",
        "audience": audiences[random.choice(SCHOOLS) if reader == "school" else reader],
        "codes": ["source:material", f"language:{language}", *codes],
        "moment": LAST + n * SCATTERED % number * STEP,
        "quality": random.random(),
        **terms,
    }
    return f"material:{n}", body


def made_audience(token: str, using: str) -> int:
    audience, created = Audience.objects.using(using).get_or_create(digest=token, defaults={"tokens": [token], "requires": []})
    if created:
        AudienceToken.objects.using(using).create(audience=audience, token=token)
    return audience.pk


def load(documents: Iterable[tuple[str, dict]], index: str) -> None:
    """By two threads and nothing else."""
    deque(parallel_bulk(feeders(), feeding.operations(index, documents), thread_count=THREADS, chunk_size=CHUNK), maxlen=0)


def measure_reading(number: int, using: str) -> Iterator[tuple[str, float, float]]:
    """What is asked, p50 and p95 in milliseconds: hits and counts each by themselves, the counts once more, and the whole answer."""
    index = live(using).name
    load(ready_documents(number, using), index)
    feeders().indices.refresh(index=index)
    engine = ElasticsearchEngine(using)
    kinds = {
        "rare": rare_words(),
        "common": common_words()[:COMMON],
        "three words": some_words(3, ASKED),
        "eight words": some_words(8, ASKED),
    }
    for queries in kinds.values():
        for text in queries[:50]:
            engine.find(question(f"{text} жылыту"))
    for name, queries in kinds.items():
        asked = [engine.questions(question(text)) for text in queries]
        yield f"{name}: hits", *timed([partial(hits.execute, ignore_cache=True) for hits, _counts in asked])
        for times in ("first", "repeated"):
            yield f"{name}: counts, {times}", *timed([partial(counts.execute, ignore_cache=True) for _hits, counts in asked])
        feeders().indices.clear_cache(index=index, request=True)
        yield f"{name}: whole answer", *timed([lambda text=text: engine.find(question(text)) for text in queries])


def question(text: str) -> SearchQuery:
    return SearchQuery(text=text, audience=READER, sources=("material",), wanted=("source", "language", *FACETS))


def timed(asked: list[Callable]) -> tuple[float, float]:
    waits = []
    for ask in asked:
        began = time.perf_counter()
        ask()
        waits.append((time.perf_counter() - began) * 1000)
    parts = quantiles(waits, n=20)
    return parts[9], parts[18]


def measure_feeding(number: int, using: str) -> Iterator[tuple[str, float]]:
    """End to end beside the same documents when they are ready, in turn, and what the process holds at most."""
    put_entries(things(number), using=using)
    feeding.feed(using=using)
    yield "memory of the feeder at its most, MiB", peak_memory(os.getpid())
    Entry.objects.using(using).update(fed=0)
    ready = [document for entries in feeding.changed(using) for document in feeding.documents_of(entries, using)]
    rates = [
        (number / seconds_of(partial(load, ready), using), number / seconds_of(lambda _index: feeding.feed(using=using), using))
        for _round in range(ROUNDS)
    ]
    raw, fed = map(median, zip(*rates, strict=True))
    yield "ready documents, a second", raw
    yield "fed end to end, a second", fed
    yield "share", fed / raw


def seconds_of(sent: Callable[[str], None], using: str) -> float:
    """Into an empty index: to write over a document costs more."""
    feeders().indices.delete(index=live(using).name)
    index = live(using).name
    began = time.perf_counter()
    sent(index)
    return time.perf_counter() - began


def things(number: int) -> Iterator[Findable]:
    for n in range(number):
        told = texts()[n % len(texts())]
        facets = {name: [str(n % values)] for name, values in FACETS.items()}
        parts = [Part(text=told.description), Part(text=told.page)]
        yield Findable(source="material", object_id=n + 1, title=f"{told.title} {n}", language=told.language, parts=parts, facets=facets)
