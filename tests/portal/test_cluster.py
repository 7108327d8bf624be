"""The portal's care for the search cluster: it is fed by the clock, and administrators hear once of an outage."""

import pytest

from portal import clock, cluster
from portal.demo import make_administrator
from portal.models import Notice
from search.engines.elasticsearch.client import readers

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
