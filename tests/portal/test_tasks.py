import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from portal import clock, tasks
from portal.clock import Job, run_due_jobs
from portal.tasks import ATTEMPTS, RetryingWorker, enqueue, take_back_lost_tasks

done: list[int] = []


@task()
def remember(number: int) -> None:
    done.append(number)


@task()
def stumble(number: int) -> None:
    done.append(number)
    raise ValueError(number)


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


@pytest.fixture
def database_queue(settings, db, monkeypatch):
    # The worker renews its connection between tasks, which would end the transaction that a test runs in.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def work() -> None:
    """What is ready now, done once."""
    options = {"queue_names": ["*"], "excluded_queue_names": [], "backend_name": "default", "worker_id": f"worker{time.monotonic_ns()}"}
    RetryingWorker(**options, interval=0, batch=True, max_tasks=None, startup_delay=False).run()


def test_task_of_a_test_runs_at_commit_and_its_error_is_seen(db, monkeypatch):
    waiting = []
    monkeypatch.setattr(transaction, "on_commit", waiting.append)
    enqueue(remember, 1)
    enqueue(stumble, 2)
    assert done == []
    first, second = waiting
    first()
    assert done == [1]
    with pytest.raises(ValueError, match="2"):
        second()


def test_what_is_rolled_back_never_runs(database_queue):
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue(remember, 1)
        raise RuntimeError
    work()
    assert done == []


def test_worker_runs_what_is_enqueued(database_queue):
    enqueue(remember, 1)
    work()
    assert (done, DBTaskResult.objects.get().status) == ([1], "SUCCESSFUL")


def test_task_that_fails_is_tried_later_and_later_and_then_left_as_failed(database_queue):
    enqueue(stumble, 1)
    pauses = []
    for attempt in range(1, ATTEMPTS + 1):
        now = timezone.now()
        work()
        work()
        row = DBTaskResult.objects.get()
        assert len(done) == attempt
        if attempt < ATTEMPTS:
            assert row.status == "READY"
            pauses.append(round((row.run_after - now).total_seconds()))
            DBTaskResult.objects.update(run_after=now)
    assert pauses == [5, 20, 80, 320, 1280]
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.ValueError")
    assert "stumble" in row.traceback


def test_task_of_a_killed_worker_is_taken_back(database_queue):
    for number in (1, 2, 3):
        enqueue(remember, number)
    old, new, hopeless = DBTaskResult.objects.order_by("enqueued_at")
    long_ago = timezone.now() - timedelta(hours=1)
    for row, started, workers in [(old, long_ago, ["a"]), (new, timezone.now(), ["a"]), (hopeless, long_ago, ["a"] * ATTEMPTS)]:
        row.status, row.started_at, row.worker_ids = "RUNNING", started, workers
        row.save()
    take_back_lost_tasks()
    assert [DBTaskResult.objects.get(pk=row.pk).status for row in (old, new, hopeless)] == ["READY", "RUNNING", "FAILED"]
    work()
    assert done == [1]


def test_worker_waits_for_a_database_that_does_not_answer(database_queue, monkeypatch):
    enqueue(remember, 1)
    ready, refusals = DBTaskResult.objects.ready, iter([OperationalError("database is locked")])

    def sometimes():
        for error in refusals:
            raise error
        return ready()

    monkeypatch.setattr(tasks, "LOST_DATABASE_PAUSE", 0)
    monkeypatch.setattr(type(DBTaskResult.objects), "ready", lambda manager: sometimes())
    work()
    work()
    assert done == [1]


def test_due_jobs_run_once_a_period_and_one_that_fails_stops_nothing(monkeypatch):
    def fail():
        raise ValueError

    jobs = [Job("failing", timedelta(hours=1), fail), Job("counting", timedelta(hours=1), lambda: done.append(1))]
    monkeypatch.setattr(clock, "JOBS", jobs)
    run_due_jobs()
    run_due_jobs()
    assert done == [1]
    cache.clear()
    run_due_jobs()
    assert done == [1, 1]


@pytest.mark.parametrize("job", clock.JOBS, ids=lambda job: job.name)
def test_every_job_of_the_clock_runs(database_queue, job):
    job.run()


def test_work_stops_cleanly_when_asked(tmp_path):
    """The real command on a database of its own, asked to stop as `make run` and the system do."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "PORTAL_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
    }
    manage = [sys.executable, str(configured.BASE_DIR / "manage.py")]
    subprocess.run([*manage, "migrate", "django_tasks_database", "-v0"], env=environment, check=True)
    worker = subprocess.Popen([*manage, "work"], env=environment, stderr=subprocess.PIPE, text=True)
    for line in worker.stderr:
        if "Starting worker" in line:
            break
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=15) == 0
    assert "Traceback" not in worker.stderr.read()
