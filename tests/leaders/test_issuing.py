"""Certificates for a whole cohort: one task, with its progress, and whatever kills it."""

import pytest
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from leaders import actions
from leaders.checking import broken_lines
from leaders.demo import make_cohort
from leaders.demo.certificates import make_certificate, make_many_passed, make_passed, make_short_version
from leaders.models import Certificate, Cohort, Enrolment, IssueRun, RegisterLine
from portal.demo import make_person
from portal.models import Notice, User
from portal.tasks import LOST_AFTER, take_back_lost_tasks
from tests.workers import begin_worker, kill, wait_until

from .people import read, send, signed_in

MANY, SOME = 40, 3


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org")


@pytest.fixture
def cohort(manager) -> Cohort:
    return make_cohort(make_short_version(), state="assessment", manager=manager)


@pytest.fixture
def queue(settings) -> None:
    """Tasks wait for a worker, as they do outside of tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.mark.django_db
def test_a_cohort_is_given_its_certificates_and_the_others_are_told_why(cohort, manager, queue):
    make_many_passed(cohort, 3)
    missing = make_passed(make_person("missing@example.org", family_name="Ахмет"), cohort, passed=False)
    revoked = make_certificate(make_person("revoked@example.org", family_name="Бақыт"), cohort)
    actions.revoke_certificate(manager, revoked, ground="mistake", reason="Қателік.")
    paused = make_passed(make_person("paused@example.org", family_name="Ғани"), cohort)
    actions.manage_seat(manager, paused, "paused", reason="Ауырып қалды.")
    send(missing.user, f"{cohort.pk}/certificates/issue/", 404)
    for _press in range(2):
        send(manager, f"{cohort.pk}/certificates/issue/")
    run = IssueRun.objects.get()
    waiting = read(manager, f"certificates/runs/{run.pk}/")
    assert "0 / 6" in waiting and 'hx-trigger="every 2s"' in waiting and 'http-equiv="refresh"' in waiting
    actions.go_on_issuing.call(run.pk)
    part = signed_in(manager).get(f"/kk/leaders/certificates/runs/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "6 / 6" in part and "3 тыңдаушыға" in part and "hx-get" not in part and "<html" not in part
    rows = part.split("refused-title")[-1]
    assert "Ахмет" in rows and "Қорытынды бағалау" in rows and "күші жойылған" in rows and "қазір оқымайды" in rows
    assert Certificate.objects.valid().count() == 3 and not Certificate.objects.valid().filter(pdf="").exists()
    # A second time nobody is given another one, and whose certificate was revoked gets a new one by hand
    send(manager, f"{cohort.pk}/certificates/issue/")
    actions.go_on_issuing.call(IssueRun.objects.get(state="waiting").pk)
    send(manager, f"enrolments/{revoked.enrolment_id}/certificate/")
    assert Certificate.objects.valid().count() == 4 and list(broken_lines()) == []


def test_a_worker_that_is_killed_is_followed_by_another_one(transactional_db, cohort, manager, queue, tmp_path):
    make_many_passed(cohort, MANY)
    make_passed(make_person("missing@example.org"), cohort, passed=False)
    run, workers = actions.start_issue(manager, cohort), []
    try:
        workers.append(begin_worker(tmp_path))
        wait_until(lambda: Certificate.objects.count() >= SOME, pause=0.01)
        kill(workers)
        run.refresh_from_db()
        assert SOME <= run.done == Certificate.objects.count() < MANY and run.state == "running"
        DBTaskResult.objects.update(started_at=F("started_at") - LOST_AFTER)
        take_back_lost_tasks()
        workers.append(begin_worker(tmp_path))
        wait_until(lambda: IssueRun.objects.filter(state="done").exists())
    finally:
        kill(workers)
    run.refresh_from_db()
    assert (run.done, run.total, len(run.refused)) == (MANY + 1, MANY + 1, 1)
    assert list(RegisterLine.objects.values_list("number", flat=True)) == list(range(1, MANY + 1)) and list(broken_lines()) == []
    holders, completed = (
        rows.values_list("user", flat=True) for rows in (Certificate.objects, Enrolment.objects.filter(state="completed"))
    )
    assert set(holders) == set(completed)
    assert Certificate.objects.count() == Notice.objects.filter(kind="certificate-issued").count() == MANY
    assert not Certificate.objects.filter(pdf="").exists()
