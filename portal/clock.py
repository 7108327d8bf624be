"""What is due by the hour: a table of small jobs. Apps to the right append their own from `seams.py`."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from io import StringIO
from threading import Event

from django.core.cache import cache
from django.core.management import call_command
from django.db import close_old_connections

from portal.actions import forget_ended_sessions
from portal.files.uploads import clean_uploads
from portal.invitations import forget_old_invitations
from portal.links import check_all_links
from portal.mail.digests import make_digests
from portal.mail.sending import forget_old_letters, send_due_letters
from portal.my_data import begin_departures, drop_old_archives
from portal.search import follow_time
from portal.tasks import take_back_lost_tasks
from search.asked import forget_old
from search.engines import has_cluster

log = logging.getLogger(__name__)
TICK = 5


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[], None]


def command(name: str, **options) -> Callable[[], None]:
    """A management command without its talk."""
    return lambda: call_command(name, verbosity=0, stdout=StringIO(), **options)


def of_cluster(name: str) -> Callable[[], None]:
    """Only a portal with a search cluster loads its client."""
    return lambda: has_cluster() and getattr(import_module("portal.cluster"), name)()


JOBS = [
    Job("publish-scheduled-pages", timedelta(minutes=1), command("publish_scheduled")),
    Job("take-back-lost-tasks", timedelta(minutes=1), take_back_lost_tasks),
    Job("feed-cluster", timedelta(seconds=TICK), of_cluster("feed")),
    Job("watch-cluster", timedelta(minutes=1), of_cluster("watch")),
    Job("compare-cluster", timedelta(hours=1), of_cluster("compare")),
    Job("end-events", timedelta(minutes=1), follow_time),
    Job("send-letters", timedelta(seconds=TICK), send_due_letters),
    Job("make-digests", timedelta(minutes=15), make_digests),
    Job("forget-old-letters", timedelta(days=1), forget_old_letters),
    Job("clean-uploads", timedelta(hours=6), clean_uploads),
    Job("check-links", timedelta(hours=6), check_all_links),
    Job("clear-sessions", timedelta(days=1), command("clearsessions")),
    Job("forget-ended-sessions", timedelta(days=1), forget_ended_sessions),
    Job("forget-old-invitations", timedelta(days=1), forget_old_invitations),
    Job("drop-old-archives", timedelta(hours=6), drop_old_archives),
    Job("begin-departures", timedelta(hours=1), begin_departures),
    Job("forget-old-askings", timedelta(days=1), forget_old),
    Job("prune-task-results", timedelta(days=1), command("prune_db_task_results", min_age_days=2, failed_min_age_days=30)),
    Job("purge-old-revisions", timedelta(days=1), command("purge_revisions", days=90)),
]


def keep_time(stop: Event) -> None:
    while not stop.wait(TICK):
        run_due_jobs()
        close_old_connections()


def run_due_jobs() -> None:
    """Of several clocks the one that puts a job's key into the cache first runs it; the key lives until the job is due again."""
    for job in JOBS:
        if cache.add(f"clock:{job.name}", True, job.every.total_seconds()):
            try:
                job.run()
            except Exception as error:  # noqa: BLE001 - one job that fails must not stop the clock
                log.error("Job %s failed: %s", job.name, type(error).__name__)
