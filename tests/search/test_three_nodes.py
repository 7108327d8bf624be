"""A cluster of three nodes, of which one is stopped and another one killed in the middle of feeding and reading."""

import signal
import time
from contextlib import suppress

import pytest

from search import feeding
from search.engines import understudy
from search.engines.elasticsearch import client
from search.entries import Findable, put_entries
from search.models import Entry

from ..cluster import Missing, failed_or_skipped, three_nodes

pytestmark = pytest.mark.django_db
ENTRIES, BATCH, READINGS, TICKS = 200, 20, 6, 12
# Two attempts of half a second, then the understudy: a second on a quiet machine, and the suite is not alone. By itself a client waits ten.
ANSWERED_WITHIN = 3


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    try:
        with three_nodes(tmp_path_factory.mktemp("nodes")) as started:
            yield started
    except Missing as missing:
        failed_or_skipped(missing)


@pytest.fixture
def cluster(nodes):
    return [node.address for node in nodes.values() if node.process.poll() is None]


@pytest.fixture
def library(fed, shelf, settings, monkeypatch):
    """Fed batch by batch from an index of which two nodes hold a copy."""
    settings.ELASTICSEARCH = settings.ELASTICSEARCH | {"replicas": 1}
    settings.SEARCH_ENGINE = "elasticsearch"
    monkeypatch.setattr(understudy, "breaker", understudy.Breaker())
    monkeypatch.setattr(feeding, "BATCH", BATCH)
    feeding.live()
    put_entries(Findable(source="book", object_id=n, title=f"Бөлшек {n}", language="kk") for n in range(ENTRIES))
    when_green(fed)
    return shelf


def when_green(fed) -> None:
    assert not client.feeders().cluster.health(index=f"{fed}*", wait_for_status="green", timeout="30s")["timed_out"]


def holder(fed, nodes):
    """The node that has the first copy: all writing goes through it."""
    shards = client.feeders().cat.shards(index=f"{fed}*", format="json")
    return nodes[next(shard["node"] for shard in shards if shard["prirep"] == "p")]


def feed_until_all_is_in(struck, monkeypatch, library) -> list[float]:
    """`struck` happens in the middle; how long readers waited right after it. What fails is tried again, as the clock does."""
    waited, written = [], feeding.written

    def struck_first(using):
        if Entry.objects.unfed().count() <= ENTRIES / 2 and not waited:
            struck()
            for _n in range(READINGS):
                began = time.monotonic()
                assert library.ask("бөлшек").total <= ENTRIES
                waited.append(time.monotonic() - began)
        return written(using)

    with monkeypatch.context() as hurried:
        hurried.setattr(feeding, "written", struck_first)
        hurried.setattr(client, "FEED_SECONDS", 5)
        client.feeders.cache_clear()
        for _tick in range(TICKS):
            with suppress(*client.FAILURES, feeding.Unavailable):
                feeding.feed()
                break
    client.feeders.cache_clear()
    return waited


def assert_nothing_is_lost_or_doubled(library, fed) -> None:
    assert not Entry.objects.unfed().exists()
    client.feeders().indices.refresh(index=f"{fed}*")
    hits = client.feeders().search(index=fed, size=ENTRIES * 2, version=True, query={"match_all": {}})["hits"]["hits"]
    assert {hit["_id"]: hit["_version"] for hit in hits} == {str(entry): entry.version for entry in Entry.objects.all()}
    assert (len(hits), library.ask("бөлшек").total) == (ENTRIES, ENTRIES)


def test_a_node_that_hangs_keeps_no_reader_waiting(library, fed, nodes, monkeypatch, settings):
    settings.ELASTICSEARCH = settings.ELASTICSEARCH | {"read_seconds": 0.5}
    client.readers.cache_clear()
    hung = holder(fed, nodes).process
    waited = feed_until_all_is_in(lambda: hung.send_signal(signal.SIGSTOP), monkeypatch, library)
    hung.send_signal(signal.SIGCONT)
    assert max(waited) < ANSWERED_WITHIN
    when_green(fed)
    assert_nothing_is_lost_or_doubled(library, fed)


def test_a_node_that_is_killed_is_not_missed(library, fed, nodes, monkeypatch):
    killed = holder(fed, nodes).process
    feed_until_all_is_in(killed.kill, monkeypatch, library)
    assert understudy.breaker.lets_through(), "the other nodes have answered"
    assert_nothing_is_lost_or_doubled(library, fed)
