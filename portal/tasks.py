"""Work that no request waits for. Arguments are ids; a task may run twice and must not mind."""

import logging
from datetime import timedelta
from functools import partial
from time import monotonic, sleep

from django.db import OperationalError, close_old_connections, transaction
from django.db.models import Case, F, Min, When
from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.dummy import DummyBackend
from django_tasks.base import Task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max

log = logging.getLogger(__name__)
ATTEMPTS = 6
LOST_AFTER = timedelta(minutes=15)
LOST_DATABASE_PAUSE = 1


def enqueue(task: Task, *ids: int | str) -> None:
    """Ask for `task` in the transaction of the caller: what is rolled back never runs."""
    task.enqueue(*ids)


class AtOnceBackend(DummyBackend):
    """For tests: a task runs when the transaction commits, and its error is the caller's."""

    def enqueue(self, task, args, kwargs) -> TaskResult:
        result = super().enqueue(task, args, kwargs)
        transaction.on_commit(partial(task.call, *result.args, **result.kwargs))
        return result


class RetryingWorker(Worker):
    """Tries a task that failed again, later each time, and leaves it as failed after the last attempt."""

    def run(self) -> None:
        while self.running:
            try:
                super().run()
            except OperationalError as error:
                log.warning("The database does not answer: %s", type(error).__name__)
                close_old_connections()
                sleep(LOST_DATABASE_PAUSE)
            if self.batch:
                return

    def run_task(self, row: DBTaskResult) -> None:
        started = monotonic()
        super().run_task(row)
        attempt = len(row.worker_ids)
        outcome = f"{row.status} {row.exception_class_path}".strip()
        log.info("%s attempt %d: %s in %.2f s", row.task_path, attempt, outcome, monotonic() - started)
        if row.status == TaskResultStatus.FAILED and attempt < ATTEMPTS:
            put_back(row, after=pause(attempt))


def pause(attempt: int) -> timedelta:
    """5 seconds after the first attempt, then 20, 80, 320 and 1280."""
    return timedelta(seconds=5 * 4 ** (attempt - 1))


def put_back(row: DBTaskResult, *, after: timedelta) -> None:
    row.status, row.run_after = TaskResultStatus.READY, timezone.now() + after
    row.save(update_fields=["status", "run_after"])


def try_anew(row: DBTaskResult) -> None:
    """A task that failed for good gets all its attempts again."""
    row.worker_ids, row.exception_class_path, row.traceback, row.finished_at = [], "", "", None
    row.save(update_fields=["worker_ids", "exception_class_path", "traceback", "finished_at"])
    put_back(row, after=timedelta())


def take_back_lost_tasks() -> None:
    """Tasks whose worker was killed are given to another one."""
    for row in DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LOST_AFTER):
        if len(row.worker_ids) < ATTEMPTS:
            put_back(row, after=timedelta())
        else:
            row.set_failed(TimeoutError("No worker finished it."))


def queue_age() -> timedelta:
    """How long the oldest of the tasks that are due has waited for a worker."""
    since = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    oldest = DBTaskResult.objects.ready().aggregate(oldest=Min(since))["oldest"]
    return max(timezone.now() - oldest, timedelta()) if oldest else timedelta()
