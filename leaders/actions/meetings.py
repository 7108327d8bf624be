"""When and where a cohort comes together, and what it reads."""

import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from portal.actions import record
from portal.models import User
from portal.notices import tell
from resources.models import Material

from ..models import CalendarFeed, Cohort, CohortMaterial, Meeting
from ..moves import NotAllowed, move
from ..notices.meetings import told_of
from ..querysets.roles import MANAGER, TRAINER
from .holding import hold

# What people plan their day by
TOLD = {"starts_at", "ends_at", "place", "join_url"}
ATTEND = ("enrolled", "active")


@transaction.atomic
def plan_meeting(actor: User | None, cohort: Cohort, **fields) -> Meeting:
    """Managers plan any, trainers those that they lead. A second press finds the meeting that the first has planned."""
    hold(cohort)
    roles = (MANAGER, TRAINER) if fields.get("trainer") == actor else (MANAGER,)
    if actor and not Cohort.objects.taught_by(actor).with_team_role(actor, *roles).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    if known := cohort.meetings.planned().filter(**fields).first():
        return known
    meeting = Meeting.objects.create(cohort=cohort, **fields)
    record(actor, "plan meeting", meeting.ref, after={"cohort": cohort.pk, "starts_at": meeting.starts_at.isoformat()})
    return meeting


@transaction.atomic
def change_meeting(actor: User | None, meeting: Meeting, **fields) -> Meeting:
    """Calendars are told by a higher number that it has changed, people only of what they plan by. Marks of who was there stay."""
    meeting = held_meeting(actor, meeting)
    before = {name: getattr(meeting, name) for name, value in fields.items() if getattr(meeting, name) != value}
    if not before:
        return meeting
    for name in before:
        setattr(meeting, name, fields[name])
    meeting.sequence += 1
    meeting.changed_at = timezone.now()
    meeting.save(update_fields=[*before, "sequence", "changed_at"])
    record(actor, "change meeting", meeting.ref, before=written(before), after=written({name: fields[name] for name in before}))
    if TOLD & before.keys() and meeting.ends_at > timezone.now():
        tell(concerned(meeting), "meeting-moved", meeting.ref, actor=actor, data=told_of(meeting))
    return meeting


def written(values: dict) -> dict:
    """As an act can keep them."""
    return {name: value.isoformat() if isinstance(value, datetime) else str(value or "") for name, value in values.items()}


@transaction.atomic
def cancel_meeting(actor: User | None, meeting: Meeting, *, reason: str) -> Meeting:
    meeting = held_meeting(actor, meeting)
    now = timezone.now()
    move(meeting, Meeting.State.CANCELLED, actor=actor, reason=reason, sequence=meeting.sequence + 1, changed_at=now)
    if meeting.ends_at > now:
        tell(concerned(meeting), "meeting-cancelled", meeting.ref, actor=actor, data=told_of(meeting) | {"reason": reason})
    return meeting


def held_meeting(actor: User | None, meeting: Meeting) -> Meeting:
    """As it stands while nobody else changes it."""
    Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence"))
    meeting = Meeting.objects.select_related("cohort", "trainer").get(pk=meeting.pk)
    if actor and not Meeting.objects.editable_by(actor).filter(pk=meeting.pk).exists():
        raise PermissionDenied
    if not meeting.is_planned:
        raise NotAllowed(f"{meeting.ref} is cancelled")
    return meeting


def concerned(meeting: Meeting) -> list[User]:
    """Nobody once the whole cohort is cancelled."""
    if meeting.cohort.state == Cohort.State.CANCELLED:
        return []
    coming = meeting.cohort.enrolments.filter(state__in=ATTEND).exclude(user=None).select_related("user")
    return [meeting.trainer, *(row.user for row in coming)]


# What it reads


@transaction.atomic
def put_material(actor: User | None, cohort: Cohort, material: Material, *, meeting: Meeting | None = None) -> CohortMaterial:
    """By reference: whether somebody may open it is asked of the material. A second press finds the first."""
    known = CohortMaterial.objects.filter(cohort=cohort, meeting=meeting)
    last = known.aggregate(last=Max("position"))["last"] or 0
    row, _made = known.get_or_create(material=material, defaults={"cohort": cohort, "meeting": meeting, "position": last + 1})
    if actor and not CohortMaterial.objects.editable_by(actor).filter(pk=row.pk).exists():
        raise PermissionDenied
    return row


@transaction.atomic
def drop_material(actor: User | None, row: CohortMaterial) -> None:
    if actor and not CohortMaterial.objects.editable_by(actor).filter(pk=row.pk).exists():
        raise PermissionDenied
    row.delete()


def renew_calendar(user: User) -> CalendarFeed:
    """Another address; the old one, wherever it was passed on to, answers no more."""
    feed, _made = CalendarFeed.objects.update_or_create(
        user=user, defaults={"key": secrets.token_urlsafe(32), "created_at": timezone.now()}
    )
    return feed
