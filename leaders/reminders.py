"""What falls due by the clock."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from portal.clock import Job
from portal.models import Notice, User
from portal.notices import tell

from .actions.assignments import named
from .actions.cohorts import keep_days
from .actions.endorsements import expire_endorsements
from .actions.seats import pass_seats_on
from .models import Assignment, Cohort, Enrolment, Extension, Submission
from .notices.seats import tell_of_seats

REMIND_BEFORE = timedelta(hours=24)


def remind_of_offers(now: datetime | None = None) -> None:
    """Once, a day before an offer ends; of offers that are shorter than that, not at all."""
    now = now or timezone.now()
    ending = Enrolment.objects.filter(state=Enrolment.State.OFFERED, offered_until__gt=now, offered_until__lte=now + REMIND_BEFORE)
    told = Notice.objects.filter(kind="offer-ends", source="enrolments").values("object_id")
    for row in ending.exclude(pk__in=told).exclude(cohort__state__in=Cohort.OVER).select_related("user", "cohort"):
        if row.cohort.offer_hours * 3600 > REMIND_BEFORE.total_seconds():
            tell_of_seats([row], row.cohort, "offer-ends")


def remind_of_assignments(now: datetime | None = None) -> None:
    """Once, a day before it is due for her, whoever studies and has handed in nothing. Another day is another matter: she is told again."""
    now = now or timezone.now()
    soon = Q(due_at__gt=now, due_at__lte=now + REMIND_BEFORE)
    extended = Extension.objects.filter(soon).values("assignment")
    asked = Assignment.objects.filter(soon | Q(pk__in=extended), state=Assignment.State.PUBLISHED)
    for assignment in asked.exclude(cohort__state=Cohort.State.CANCELLED):
        for due_at, people in still_to_hand_in(assignment).items():
            if now < due_at <= now + REMIND_BEFORE:
                remind(assignment, due_at, people)


def remind(assignment: Assignment, due_at: datetime, people: list[User]) -> None:
    data = named(assignment) | {"due_at": due_at.isoformat()}
    told = Notice.objects.filter(kind="assignment-due", source="assignments", object_id=assignment.pk, data__due_at=data["due_at"])
    known = set(told.values_list("user", flat=True))
    tell([user for user in people if user.pk not in known], "assignment-due", assignment.ref, data=data)


def still_to_hand_in(assignment: Assignment) -> dict[datetime, list[User]]:
    """By the day it is due for them."""
    longer = dict(assignment.extensions.values_list("enrolment", "due_at"))
    handed_in = assignment.submissions.exclude(state=Submission.State.DRAFT).values("enrolment")
    seats = Enrolment.objects.filter(cohort=assignment.cohort_id, state=Enrolment.State.ACTIVE, user__isnull=False)
    found = defaultdict(list)
    for seat in seats.exclude(pk__in=handed_in).select_related("user"):
        found[longer.get(seat.pk, assignment.due_at)].append(seat.user)
    return found


JOBS = [
    Job("keep-days-of-cohorts", timedelta(minutes=1), keep_days),
    Job("pass-seats-on", timedelta(minutes=1), pass_seats_on),
    Job("remind-of-offers", timedelta(hours=1), remind_of_offers),
    Job("remind-of-assignments", timedelta(hours=1), remind_of_assignments),
    Job("expire-endorsements", timedelta(hours=1), expire_endorsements),
]
