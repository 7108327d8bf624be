"""Work that no request waits for. Arguments are ids; a task may run twice and must not mind."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import Task, TaskResult, TaskResultStatus
from django_tasks.backends.dummy import DummyBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

ATTEMPTS = 6


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

    def run_task(self, row: DBTaskResult) -> None:
        super().run_task(row)
        if row.status == TaskResultStatus.FAILED and len(row.worker_ids) < ATTEMPTS:
            put_back(row, after=pause(len(row.worker_ids)))


def pause(attempts: int) -> timedelta:
    """5 seconds after the first attempt, then 20, 80, 320 and 1280."""
    return timedelta(seconds=5 * 4 ** (attempts - 1))


def put_back(row: DBTaskResult, *, after: timedelta) -> None:
    row.status = TaskResultStatus.READY
    row.run_after = timezone.now() + after
    row.save(update_fields=["status", "run_after"])
