"""What every test stands on: a prepared portal, a cache of its own, tasks that run when they would at commit."""

import pytest
from django.core.cache import caches
from django.db import transaction


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from portal.preparation import prepare

    with django_db_blocker.unblock():
        prepare()


@pytest.fixture(autouse=True)
def empty_caches():
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def commit_at_once(request, monkeypatch):
    """A test's own transaction never commits: what waits for the commit happens at once. Transactional tests commit truly."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")) and "transactional_db" not in request.fixturenames and "live_server" not in request.fixturenames:
        monkeypatch.setattr(transaction, "on_commit", lambda function, using=None, robust=False: function())
