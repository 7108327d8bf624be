"""Numbers for Prometheus: requests are counted as they are answered, everything else is read when it is asked for."""

import os
from collections.abc import Iterator

from django.db import connection
from django.db.models import Count
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from search.engines import has_cluster
from search.lag import entries_behind, seconds_behind
from search.models import Entry

from .health import readiness
from .models import Upload
from .tasks import queue_age

REQUESTS = Counter("portal_requests", "Answered requests", ["method", "view", "status"], registry=None)
SECONDS = Histogram("portal_request_seconds", "Time to an answer", ["view"], registry=None)
METHODS = ("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS")


def count(method: str, view: str, status: int, seconds: float) -> None:
    REQUESTS.labels(method if method in METHODS else "other", view, str(status)).inc()
    SECONDS.labels(view).observe(seconds)


def exposition() -> bytes:
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(REQUESTS)
        registry.register(SECONDS)
    registry.register(State())
    return generate_latest(registry)


class State:
    """What the database knows. When it does not answer, that is told, and the counters of requests with it."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        parts = readiness()
        ready = GaugeMetricFamily("portal_ready", "Whether a part of the portal answers", labels=["part"])
        for part, fault in parts.items():
            ready.add_metric([part], not fault)
        yield ready
        if not parts["database"]:
            yield from self.rows()

    def rows(self) -> Iterator[GaugeMetricFamily]:
        tasks = GaugeMetricFamily("portal_tasks", "Tasks by state", labels=["state"])
        states = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
        for state in ("READY", "RUNNING", "FAILED"):
            tasks.add_metric([state.lower()], states.get(state, 0))
        yield tasks
        yield GaugeMetricFamily("portal_queue_age_seconds", "How long the oldest task that is due has waited", queue_age().total_seconds())
        yield GaugeMetricFamily("portal_entries", "Things that can be found", Entry.objects.count())
        if has_cluster():
            yield GaugeMetricFamily("portal_cluster_entries_behind", "Changes the search cluster has not heard of", entries_behind())
            yield GaugeMetricFamily("portal_cluster_seconds_behind", "For how long the oldest of them waits", seconds_behind())
        yield GaugeMetricFamily("portal_uploads", "Uploads under way", Upload.objects.filter(next="").count())
        yield GaugeMetricFamily("portal_database_bytes", "Size of the database", database_bytes())


def database_bytes() -> int:
    size = "pg_database_size(current_database())" if connection.vendor == "postgresql" else "page_count * page_size"
    source = "" if connection.vendor == "postgresql" else " FROM pragma_page_count(), pragma_page_size()"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {size}{source}")  # noqa: S608 - both texts stand above
        return cursor.fetchone()[0]
