"""Who accompanies a participant, and what the two agree on."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.actions import record
from portal.models import User
from portal.notices import tell
from portal.text import render

from ..models import Agreement, Cohort, CohortRole, Enrolment, MentorLink, MentorMeeting
from ..querysets.roles import MANAGER, MENTOR


class NoMentorOfTheCohort(Exception):
    """Her role in the cohort has ended meanwhile, or she never had it."""


@transaction.atomic
def give_mentor(actor: User | None, enrolment: Enrolment, mentor: User | None) -> None:
    """In place of whoever accompanied her before; without a mentor the link only ends."""
    if actor and not Cohort.objects.with_team_role(actor, MANAGER).filter(pk=enrolment.cohort_id).exists():
        raise PermissionDenied
    Enrolment.objects.filter(pk=enrolment.pk).update(changed_at=F("changed_at"))
    if mentor and not CohortRole.objects.current().filter(cohort=enrolment.cohort_id, user=mentor, name=MENTOR).exists():
        raise NoMentorOfTheCohort
    link = MentorLink.objects.current().filter(enrolment=enrolment).first()
    if (link and link.mentor) == mentor:
        return
    if link:
        MentorLink.objects.filter(pk=link.pk).update(until=timezone.now())
    if mentor:
        MentorLink.objects.create(enrolment=enrolment, mentor=mentor)
        told = {"mentor": mentor.get_full_name(), "participant": enrolment.user.get_full_name()}
        tell([enrolment.user, mentor], "mentor-given", enrolment.ref, actor=actor, data=told)
    record(actor, "give mentor", enrolment.ref, before={"mentor": link and link.mentor_id}, after={"mentor": mentor and mentor.pk})


@transaction.atomic
def record_meeting(
    actor: User,
    enrolment: Enrolment,
    *,
    held_on: date,
    minutes: int,
    notes: str = "",
    agreements: Iterable[dict] = (),
    meeting: MentorMeeting | None = None,
) -> MentorMeeting:
    """A new one, or other words for one that stands. Only the two read it; that they met counts. Agreements that are there stay.
    A second press finds the meeting that was written down by the first."""
    Enrolment.objects.filter(pk=enrolment.pk).update(changed_at=F("changed_at"))
    if not MentorLink.objects.current().filter(enrolment=enrolment, mentor=actor).exists():
        raise PermissionDenied
    is_new = not meeting
    same = MentorMeeting.objects.filter(enrolment=enrolment, mentor=actor, held_on=held_on, minutes=minutes, notes=notes)
    if is_new and (known := same.first()):
        return known
    meeting = meeting or MentorMeeting(enrolment=enrolment, mentor=actor)
    if not is_new and not MentorMeeting.objects.editable_by(actor).filter(pk=meeting.pk, enrolment=enrolment).exists():
        raise PermissionDenied
    meeting.held_on, meeting.minutes, meeting.notes, meeting.html = held_on, minutes, notes, render(notes)
    meeting.save()
    meeting.agreements.bulk_create(Agreement(meeting=meeting, **agreement) for agreement in agreements)
    if is_new:
        record(actor, "record mentor meeting", enrolment.ref, after={"held_on": held_on.isoformat(), "minutes": minutes})
        tell([enrolment.user], "mentor-meeting", enrolment.ref, actor=actor, data={"held_on": held_on.isoformat()})
    return meeting


def settle_agreement(user: User, agreement: Agreement, *, done: bool) -> None:
    """By either of the two, both ways."""
    if not MentorMeeting.objects.visible_to(user).filter(pk=agreement.meeting_id).exists():
        raise PermissionDenied
    Agreement.objects.filter(pk=agreement.pk).update(done_at=timezone.now() if done else None)
