"""What every test stands on: a prepared portal, a cache of its own, tasks that run when they would at commit."""

from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from portal import vocabularies
from portal.preparation import prepare
from search.engines.elasticsearch.client import feeders, readers
from search.models import ClusterIndex

from .cluster import Missing, failed_or_skipped, running
from .parts import part_of_the_suite, parts_of
from .world import World, make_world


def is_transactional(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """A test that truly commits is followed by an emptied database: the next one of its kind begins with the prepared portal again.

    All others go before, also where a parameter shared by tests of both kinds has brought them together.
    """
    if part := part_of_the_suite(config):
        others = [item for item in items if part not in parts_of(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if part in parts_of(item)]
    for item in filter(is_transactional, items):
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
    items.sort(key=is_transactional)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, as it is in use: the threads of a server need a connection each."""
    if connection.vendor == "sqlite":
        known = connection.settings_dict["TEST"]
        known["NAME"] = known["NAME"] or str(tmp_path_factory.mktemp("database") / "portal.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """The prepared portal stands there before the first test, and before each one that commits.

    Django looks for what it restores at the connection, and beside the event loop of Playwright it opens another one: all of them have it.
    """
    with django_db_blocker.unblock():
        prepare()
        if any(map(is_transactional, request.session.items)):
            opened = connections[DEFAULT_DB_ALIAS]
            del opened._test_serialized_contents
            type(opened)._test_serialized_contents = opened.creation.serialize_db_to_string()


@pytest.fixture(autouse=True)
def empty_caches():
    for cache in caches.all(initialized_only=True):
        cache.clear()
    vocabularies.held.clear()


@pytest.fixture(autouse=True)
def commit_at_once(request, monkeypatch):
    """A test's own transaction never commits: what waits for the commit happens at once. Transactional tests commit truly."""
    if not is_transactional(request.node):
        monkeypatch.setattr(transaction, "on_commit", lambda function, using=None, robust=False: function())


@pytest.fixture(autouse=True)
def empty_index(request):
    """Emptying a database leaves the table of the search index, which no model describes."""
    if is_transactional(request.node):
        request.getfixturevalue("transactional_db")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_text")


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """The addresses of a real Elasticsearch."""
    try:
        with running(tmp_path_factory.mktemp("elasticsearch")) as address:
            yield [address]
    except Missing as missing:
        failed_or_skipped(missing)


@pytest.fixture
def fed(cluster, settings, db):
    """An empty index of its own name, which hears of changes from here on. Its readers are patient: the machine has other work."""
    settings.ELASTICSEARCH = settings.ELASTICSEARCH | {
        "hosts": cluster,
        "index": f"t{uuid4().hex}",
        "replicas": 0,
        "refresh": "-1",
        "read_seconds": 10,
    }
    for client in (readers, feeders):
        client.cache_clear()
    yield settings.ELASTICSEARCH["index"]
    for name in ClusterIndex.objects.values_list("name", flat=True):
        feeders().options(ignore_status=404).indices.delete(index=name)
