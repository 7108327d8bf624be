"""Builders of meetings and of who was there."""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.models import User

from ..actions.attendance import note
from ..actions.meetings import plan_meeting
from ..models import AttendanceMark, Cohort, Enrolment, Meeting


def make_meeting(cohort: Cohort, *, starts_at: datetime | None = None, hours: int = 3, trainer: User | None = None, **fields) -> Meeting:
    """Tomorrow, unless it is told otherwise."""
    starts_at = starts_at or timezone.now() + timedelta(days=1)
    given = {"title": "Өзгерісті жоспарлау", "place": "№ 1 мектеп, 205-кабинет"} | fields
    return plan_meeting(None, cohort, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), trainer=trainer, **given)


def make_mark(meeting: Meeting, enrolment: Enrolment, mark: str = "present", source: str = "roster") -> AttendanceMark:
    note(meeting, {enrolment.pk: mark}, source=source, by=meeting.trainer, at=timezone.now())
    return meeting.marks.current().get(enrolment=enrolment)
