"""Large cohorts: one whose participants have done half of what is asked, and one to which thousands have applied."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import product
from typing import NamedTuple

from django.db.models import Model
from django.utils import timezone

from leaders.demo import make_cohort, make_cohort_role
from leaders.demo.certificates import make_many_people, make_many_seats
from leaders.demo.course import make_meeting
from leaders.demo.programme import put_programme
from leaders.demo.selection import make_stage
from leaders.demo.work import make_assignment
from leaders.models import (
    Application,
    Assessment,
    AttendanceMark,
    ChangeProject,
    Cohort,
    Endorsement,
    Enrolment,
    MentorLink,
    MentorMeeting,
    Milestone,
    ProgrammeVersion,
    Submission,
)
from portal.models import School, User

from .people import EMAIL

BATCH = 1000
MEETINGS, MEETING_HOURS = 10, 6
WORKS = ("analysis", "plan", "diary")
MANAGER, MENTOR = EMAIL.format(2), EMAIL.format(3)


class Sizes(NamedTuple):
    participants: int = 500
    fewer: int = 50
    applications: int = 14_000


def cohort_pages(sizes: Sizes) -> dict[str, list[str]]:
    """As the manager of these cohorts sees them."""
    version = put_programme()
    large, small = (make_course(version, number) for number in (sizes.participants, sizes.fewer))
    selection = make_selection(version, sizes.applications)
    return {
        "dashboard": [f"/kk/leaders/{large.pk}/dashboard/"],
        "dashboard, small": [f"/kk/leaders/{small.pk}/dashboard/"],
        "applications": [f"/kk/leaders/{selection.pk}/applications/"],
        "applications, the best first": [f"/kk/leaders/{selection.pk}/applications/?state=selection&order=score"],
    }


def make_course(version: ProgrammeVersion, number: int) -> Cohort:
    now = timezone.now()
    cohort = make_cohort(version, state="running", manager=User.objects.get(email=MANAGER), capacity=number)
    make_cohort_role(cohort, User.objects.get(email=MENTOR), "mentor")
    meetings = [make_meeting(cohort, starts_at=now - timedelta(days=7 * week), hours=MEETING_HOURS) for week in range(1, MEETINGS + 1)]
    assignments = [make_assignment(cohort, code) for code in WORKS]
    seats = make_many_seats(cohort, number)
    Enrolment.objects.filter(cohort=cohort).update(school=School.objects.first())
    put(
        AttendanceMark(meeting=meeting, enrolment=seat, mark="absent" if (seat.pk + meeting.pk) % 7 == 0 else "present", source="roster")
        for meeting, seat in product(meetings, seats)
    )
    works = put(
        Submission(assignment=assignment, enrolment=seat, version=1, state="accepted", handed_in_at=now)
        for assignment, seat in product(assignments, seats)
        if (seat.pk + assignment.pk) % 3
    )
    put(Assessment(submission=work, points=8, state="released", released_at=now) for work in works)
    change(cohort, seats, now)
    return cohort


def change(cohort: Cohort, seats: list[Enrolment], now: datetime) -> None:
    school, mentor = School.objects.first(), User.objects.get(email=MENTOR)
    asked = list(cohort.version.requirements.filter(kind="milestone"))
    projects = put(ChangeProject(enrolment=seat, school=school, title="Өзгеріс", state="running") for seat in seats)
    states = ("planned", *["accepted"] * len(asked))
    put(
        Milestone(project=project, requirement=requirement, position=place, title=requirement.name_kk, state=states[place])
        for project in projects
        for place, requirement in enumerate(asked)
    )
    put(MentorLink(enrolment=seat, mentor=mentor) for seat in seats)
    put(MentorMeeting(enrolment=seat, mentor=mentor, held_on=now.date(), minutes=45) for seat in seats)


def make_selection(version: ProgrammeVersion, number: int) -> Cohort:
    """All were sent; half of them are read, with a score."""
    now, manager = timezone.now(), User.objects.get(email=MANAGER)
    cohort = make_cohort(version, state="selection", manager=manager, needs_endorsement=True)
    stage, schools = make_stage(cohort), list(School.objects.select_related("region")[:500])
    applications = put(applied(cohort, stage, schools, now, number))
    put(
        Endorsement(application=row, head_name="Қасымов Нұрлыбек", head_email="head@example.org", state="given", expires_at=now)
        for row in applications
    )
    return cohort


def applied(cohort: Cohort, stage, schools: list[School], now: datetime, number: int) -> Iterator[Application]:
    for place, user in enumerate(make_many_people(cohort, number)):
        school, sent = schools[place % len(schools)], now - timedelta(minutes=place)
        read = {"state": "selection", "stage": stage, "score": place * 37 % 100} if place % 2 else {"state": "submitted"}
        yield Application(cohort=cohort, user=user, school=school, region=school.region, submitted_at=sent, consent_at=sent, **read)


def put(rows: Iterable[Model]) -> list[Model]:
    rows = list(rows)
    return type(rows[0]).objects.bulk_create(rows, batch_size=BATCH) if rows else []
