"""Health and numbers: asked by machines, from inside, without the portal's name."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from portal import health, metrics
from portal.middleware import MACHINE_PAGES
from portal.tasks import queue_age
from tests.world import make_failed_task

TOKEN = "a word of the operator"


@pytest.fixture
def watcher(settings, client):
    settings.METRICS_TOKEN = TOKEN
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {TOKEN}"
    return client


@pytest.fixture
def strict(settings):
    """As in production: one name, HTTPS alone."""
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["portal.example"], True


def no_database(monkeypatch):
    def refuse():
        raise OperationalError("connection to server at 10.0.0.7 failed")

    monkeypatch.setitem(health.PARTS, "database", refuse)


def test_the_addresses_of_machines_are_those_that_skip_the_checks():
    assert {reverse(name) for name in ("health_live", "health_ready", "metrics")} == set(MACHINE_PAGES)


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_health_is_told_by_any_name_and_without_https(strict, client, db, address):
    response = client.get(address, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    assert not response.cookies
    assert client.get("/kk/", headers={"host": "10.0.0.7:8000"}).status_code == 400


def test_a_living_process_needs_no_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/health/live").content == b"ok"


def test_health_is_only_read(client, db):
    assert {client.post(address).status_code for address in MACHINE_PAGES} == {405}


def test_a_part_that_fails_is_named_to_the_watcher_alone(client, db, monkeypatch, settings):
    no_database(monkeypatch)
    settings.METRICS_TOKEN = TOKEN
    told = client.get("/health/ready")
    assert (told.status_code, told.json()) == (503, {"ready": False})
    told = client.get("/health/ready", headers={"authorization": f"Bearer {TOKEN}"}).json()
    assert told == {"ready": False, "parts": {"database": "OperationalError", "cache": "ok", "queue": "ok", "search": "ok"}}


def test_a_cache_that_forgets_is_seen(watcher, db, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    cache.close()
    assert watcher.get("/health/ready").json()["parts"]["cache"] == "LookupError"


def test_a_queue_that_stands_still_is_seen(watcher, db, settings):
    row = make_failed_task(status="READY")
    assert watcher.get("/health/ready").json()["parts"]["queue"] == "ok"
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() - timedelta(seconds=settings.QUEUE_MAX_SECONDS + 5))
    assert watcher.get("/health/ready").json()["parts"]["queue"] == "TimeoutError"


def test_only_tasks_that_are_due_wait(db):
    now = timezone.now()
    assert queue_age() == timedelta()
    make_failed_task()
    make_failed_task(status="READY", run_after=now + timedelta(hours=1))
    assert queue_age() == timedelta()
    put_back = make_failed_task(status="READY", run_after=now - timedelta(minutes=3))
    DBTaskResult.objects.filter(pk=put_back.pk).update(enqueued_at=now - timedelta(days=1))
    assert timedelta(minutes=3) <= queue_age() < timedelta(minutes=4)
    asked = make_failed_task(status="READY", run_after=get_date_max())
    DBTaskResult.objects.filter(pk=asked.pk).update(enqueued_at=now - timedelta(minutes=5))
    assert timedelta(minutes=5) <= queue_age() < timedelta(minutes=6)


def test_numbers_are_for_who_knows_the_word(client, db, settings):
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer something else"}).status_code == 404
    assert client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_numbers_tell_requests_and_the_queue(watcher, db):
    make_failed_task()
    for _visit in range(3):
        watcher.get("/kk/materials/")
    text = watcher.get("/metrics").content.decode()
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert float(lines['portal_requests_total{method="GET",status="200",view="materials"}']) >= 3
    assert float(lines['portal_request_seconds_count{view="materials"}']) >= 3
    assert lines['portal_tasks{state="failed"}'] == "1.0"
    assert lines['portal_ready{part="database"}'] == "1.0"
    assert float(lines["portal_database_bytes"]) > 100_000


def test_numbers_of_requests_are_told_without_a_database(watcher, db, monkeypatch):
    no_database(monkeypatch)
    text = watcher.get("/metrics").content.decode()
    assert 'portal_ready{part="database"} 0.0' in text
    assert "portal_tasks" not in text


def test_a_stranger_makes_no_new_counters(client, db):
    client.generic("BREW", "/kk/materials/")
    client.get("/kk/no-such-page/")
    methods = {sample.labels["method"] for family in metrics.REQUESTS.collect() for sample in family.samples}
    assert methods <= {*metrics.METHODS, "other"}
