"""Who was there. A mark is never changed: a later one takes its place."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.models import User

from ..checkin import read_token
from ..models import AttendanceMark, Enrolment, Meeting
from .meetings import ATTEND, held_meeting

Mark = AttendanceMark.Mark
THERE = (Mark.PRESENT, Mark.LATE)


class TooEarly(Exception):
    """Before it begins somebody can be excused, not be there."""


class NotNow(Exception):
    """The code of a meeting is good from shortly before it until its end."""


class NotOfThisCohort(Exception):
    pass


class WasCancelled(Exception):
    pass


@transaction.atomic
def mark_roster(actor: User, meeting: Meeting, marks: Mapping[int, str], *, source: str = AttendanceMark.Source.ROSTER) -> int:
    """`marks`: enrolment → mark, of those alone that were changed on the list. How many there were."""
    now = timezone.now()
    meeting = held_meeting(actor, meeting)
    if now < meeting.opens_at and set(marks.values()) - {Mark.EXCUSED}:
        raise TooEarly
    known = current_marks(meeting)
    seated = Enrolment.objects.seated().filter(cohort=meeting.cohort, pk__in=marks)
    new = {pk: marks[pk] for pk in seated.values_list("pk", flat=True) if marks[pk] != known.get(pk)}
    note(meeting, new, source=source, by=actor, at=now)
    return len(new)


def current_marks(meeting: Meeting) -> dict[int, str]:
    return dict(meeting.marks.current().values_list("enrolment", "mark"))


def note(meeting: Meeting, marks: Mapping[int, str], *, source: str, by: User, at: datetime) -> None:
    """Of a meeting that is held."""
    meeting.marks.current().filter(enrolment__in=marks).update(superseded_at=at)
    AttendanceMark.objects.bulk_create(
        AttendanceMark(meeting=meeting, enrolment_id=pk, mark=mark, source=source, by=by, at=at) for pk, mark in marks.items()
    )


@transaction.atomic
def check_in(user: User, token: str, *, now: datetime | None = None) -> AttendanceMark:
    """By the code that is shown at the meeting. Whoever is noted as being there already stays so, however often she presses."""
    now = now or timezone.now()
    meeting, enrolment = place_at(user, token, now)
    meeting = held_meeting(None, meeting)
    mark = meeting.marks.current().filter(enrolment=enrolment).first()
    if mark and mark.mark in THERE:
        return mark
    there = Mark.LATE if now > meeting.late_from else Mark.PRESENT
    note(meeting, {enrolment.pk: there}, source=AttendanceMark.Source.QR, by=user, at=now)
    return meeting.marks.current().get(enrolment=enrolment)


def place_at(user: User, token: str, now: datetime) -> tuple[Meeting, Enrolment]:
    """The meeting of this code, and as whom she is there; or an error that says why not."""
    meeting = Meeting.objects.select_related("cohort").get(pk=read_token(token, now))
    enrolment = Enrolment.objects.filter(cohort=meeting.cohort, user=user, state__in=ATTEND).first()
    if not enrolment:
        raise NotOfThisCohort
    if not meeting.takes_place:
        raise WasCancelled
    if not meeting.opens_at <= now <= meeting.ends_at:
        raise NotNow
    return meeting, enrolment
