"""The portal's care for the search cluster: it is fed by the clock, and administrators hear once of an outage."""

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal import clock, cluster
from portal.demo import make_administrator
from portal.models import Notice
from portal.tasks import ATTEMPTS
from search.engines.elasticsearch import index
from search.engines.elasticsearch.client import feeders, readers
from search.entries import Findable, put_entries
from search.models import Entry

from .test_tasks import database_queue, work  # noqa: F401

pytestmark = pytest.mark.django_db
NOBODY_THERE = "http://127.0.0.1:9"


@pytest.fixture
def unreachable(settings):
    settings.ELASTICSEARCH = settings.ELASTICSEARCH | {"hosts": [NOBODY_THERE]}
    readers.cache_clear()
    yield
    readers.cache_clear()


def test_administrators_are_told_once_of_an_outage_and_again_of_the_next(unreachable, monkeypatch, client):
    administrator = make_administrator()
    for _time in range(2):
        cluster.watch()
    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (administrator, "understudy")
    client.force_login(administrator)
    assert "Іздеу кластері істен шықты" in client.get("/kk/notices/").content.decode()
    Notice.objects.all().delete()
    with monkeypatch.context() as well:
        well.setattr(cluster, "is_well", lambda: True)
        cluster.watch()
    cluster.watch()
    assert Notice.objects.exists()


def test_without_a_cluster_the_clock_asks_for_none(monkeypatch):
    monkeypatch.delattr(cluster, "feed")
    for job in clock.JOBS:
        if "cluster" in job.name:
            job.run()


def test_a_document_that_is_refused_is_tried_alone_and_then_stands_on_the_page_of_failed_tasks(fed, database_queue, client):  # noqa: F811
    put_entries(Findable(source="book", object_id=n, title="Бөлшек") for n in (1, 2))
    Entry.objects.filter(source="book", object_id=1).update(codes="x" * 40_000)
    for _tick in range(2):
        cluster.feed()
    assert [str(entry) for entry in Entry.objects.unfed()] == ["book:1"]
    for _attempt in range(ATTEMPTS):
        DBTaskResult.objects.update(run_after=timezone.now())
        work()
    client.force_login(make_administrator())
    assert "portal.cluster.feed_alone(book, 1)" in client.get("/kk/tasks/").content.decode()


def test_a_cluster_that_takes_nothing_makes_no_task_for_each_thing(fed, database_queue):  # noqa: F811
    cluster.feed()
    put_entries(Findable(source="book", object_id=n, title="Бөлшек") for n in (1, 2))
    name = index.live().name
    feeders().indices.put_settings(index=name, settings={"index.blocks.write": True})
    with pytest.raises(cluster.feeding.Unavailable):
        cluster.feed()
    assert not DBTaskResult.objects.exists()
    feeders().indices.put_settings(index=name, settings={"index.blocks.write": False})
    cluster.feed()
    assert not Entry.objects.unfed().exists()


def test_some_entries_are_compared_by_the_clock_and_how_far_it_is_behind_is_told(fed, client, settings):
    put_entries(Findable(source="book", object_id=n, title="Бөлшек") for n in (1, 2))
    cluster.feed()
    settings.METRICS_TOKEN = "a word"
    told = {"headers": {"authorization": "Bearer a word"}}
    assert client.get("/health/ready", **told).json()["cluster"] == {"entries_behind": 0, "seconds_behind": 0}
    feeders().delete(index=fed, id="book:1", refresh=True)
    Entry.objects.filter(source="book", object_id=2).delete()
    for _hour in range(30):
        cluster.compare()
    assert client.get("/health/ready", **told).json()["cluster"]["entries_behind"] == 1
    cluster.feed()
    feeders().indices.refresh(index=fed)
    hits = feeders().search(index=fed, query={"exists": {"field": "audience"}})["hits"]["hits"]
    assert ["book:1"] == [hit["_id"] for hit in hits if hit["_id"].startswith("book")]
