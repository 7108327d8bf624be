"""The room of the demo: somebody stands at every place of every road, it stands on actions alone, and a second run changes nothing."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from leaders import demo
from leaders.dashboard import rows_of, seats_of
from leaders.models import (
    Application,
    Assessment,
    Certificate,
    ChangeProject,
    Cohort,
    Endorsement,
    Enrolment,
    Milestone,
    Review,
    Story,
    Submission,
)
from leaders.requirements import rule_of
from portal import demo as portal_demo
from portal.models import Act, Letter, User
from search.upkeep import check as check_entries

from .people import read

pytestmark = pytest.mark.django_db


def person(name: str) -> User:
    return User.objects.get(email_key=f"{name}@example.org")


def states(rows) -> set[str]:
    return set(rows.order_by().values_list("state", flat=True))


def test_a_living_room(capsys):
    portal_demo.demo()
    letters = Letter.objects.filter(purpose=Letter.Purpose.AT_ONCE)
    waiting = letters.count()
    demo.demo()
    assert letters.count() == waiting
    cohorts = {cohort.state: cohort for cohort in Cohort.objects.all()}
    assert set(cohorts) == {"open", "selection", "running", "closed"}
    the_selection(cohorts["selection"])
    the_course(cohorts["running"])
    the_graduates(cohorts["closed"])
    what_people_see(cohorts)
    assert call_command("check_leaders") is None and capsys.readouterr().out.endswith("0 wrong\n")
    assert [fault for fault in check_entries() if fault.source in ("programmes", "cohorts")] == []
    before = Act.objects.count(), User.objects.count()
    demo.demo()
    assert (Act.objects.count(), User.objects.count()) == before


def the_selection(cohort: Cohort) -> None:
    applications = Application.objects.filter(cohort=cohort)
    assert applications.count() == 60 and states(applications) == set(Application.State.values)
    assert states(Endorsement.objects.filter(application__cohort=cohort)) == set(Endorsement.State.values)
    reviews = Review.objects.filter(application__cohort=cohort)
    assert reviews.filter(third=True, state="assigned").count() == 2 and reviews.filter(state="conflict").exists()
    sealed = reviews.filter(state="handed-in", application__results__stage__kind="review")
    assert sealed.exists() and reviews.filter(state="assigned", third=False, reviewer=person("mentor")).exists()
    seats = Enrolment.objects.filter(cohort=cohort)
    assert states(seats) == {"enrolled", "offered", "waiting", "declined"}
    mine = seats.get(user=person("waiting"))
    assert mine.state == "waiting" and Enrolment.objects.ahead_of(mine).count() == 1


def the_course(cohort: Cohort) -> None:
    seats, now = Enrolment.objects.filter(cohort=cohort, state="active"), timezone.now()
    roles = list(cohort.roles.order_by("name").values_list("name", flat=True))
    assert seats.count() == 25 and roles == ["examiner", "manager", "mentor", "mentor", "mentor", "trainer", "trainer"]
    meetings = cohort.meetings.all()
    assert meetings.filter(ends_at__lt=now, marks__isnull=False).exists() and meetings.filter(starts_at__gt=now).count() >= 3
    assert states(meetings) == {"planned", "cancelled"}
    assert states(Submission.objects.filter(assignment__cohort=cohort)) == {"draft", "handed-in", "accepted", "returned"}
    assert states(Milestone.objects.filter(project__enrolment__in=seats)) == set(Milestone.State.values)
    assert states(ChangeProject.objects.filter(enrolment__in=seats)) == {"draft", "running"}
    rows = rows_of(seats_of(person("manager"), cohort), rule_of(cohort), now)
    assert {row.risk.level for row in rows} == {"", "late", "lost"}
    assert cohort.group.topics.count() == 3 and Story.objects.filter(state="published").exists()
    mine = Assessment.objects.filter(submission__enrolment__user=person("participant"))
    assert mine.get().state == "released" and cohort.assignments.filter(due_at__lt=now, state="published").count() == 2


def the_graduates(cohort: Cohort) -> None:
    seats = Enrolment.objects.filter(cohort=cohort)
    rows = rows_of(seats_of(person("manager"), cohort), rule_of(cohort), timezone.now())
    assert seats.filter(state="completed").count() == sum(row.outcome.met for row in rows) == 9
    assert states(seats) == {"completed", "not-completed"}
    certificates = Certificate.objects.filter(enrolment__cohort=cohort)
    assert certificates.filter(state="valid").count() == 9 and states(certificates) == {"valid", "replaced"}


def what_people_see(cohorts: dict[str, Cohort]) -> None:
    running, selection = cohorts["running"].pk, cohorts["selection"].pk
    assert "Мектептегі өзгерістер көшбасшысы" in read(person("waiting"), "")
    for address in (f"{running}/course/", f"{running}/dashboard/", f"{selection}/applications/", f"{selection}/seats/"):
        read(person("manager"), address)
    for address in (f"{running}/course/", f"{running}/progress/"):
        read(person("participant"), address)
    assert "Арайлым Мұратова" in read(person("mentor"), "mentoring/")
