from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from community import actions as community
from portal.actions import record
from portal.models import User

from .. import search
from ..models import Cohort, ProgrammeVersion
from ..moves import NotAllowed, move
from .catalogue import freeze_version, permit_administrator
from .group import names_for_group
from .holding import hold, permit_managing
from .seats import follow_cohort

NAMES = {"name_kk", "name_ru", "name_en"}
# What those who apply have read stays as it was
FIXED_BY_APPLICATIONS = ("needs_endorsement", "order")


@transaction.atomic
def found_cohort(actor: User | None, version: ProgrammeVersion, **fields) -> Cohort:
    permit_administrator(actor)
    cohort = Cohort.objects.create(version=version, **fields)
    record(actor, "found cohort", cohort.ref, after={"version": version.pk})
    return cohort


@transaction.atomic
def change_cohort(actor: User | None, cohort: Cohort, **fields) -> Cohort:
    """Names, dates and place. How many seats it has is another action."""
    cohort = hold(cohort)
    permit_managing(actor, cohort)
    if any(getattr(cohort, name) != fields.get(name, getattr(cohort, name)) for name in fixed_fields(cohort)):
        raise PermissionDenied
    changed = {name: value for name, value in fields.items() if getattr(cohort, name) != value}
    if not changed:
        return cohort
    before = {name: getattr(cohort, name) for name in changed}
    for name, value in changed.items():
        setattr(cohort, name, value)
    cohort.save(update_fields=changed)
    record(actor, "change cohort", cohort.ref, before=written(before), after=written(changed))
    if cohort.group and NAMES & changed.keys():
        community.rename_cohort_group(cohort.group, names_for_group(cohort))
    search.index_cohorts([cohort.pk])
    return cohort


def fixed_fields(cohort: Cohort) -> tuple[str, ...]:
    return FIXED_BY_APPLICATIONS if cohort.applications.exclude(submitted_at=None).exists() or cohort.enrolments.exists() else ()


def written(values: dict) -> dict:
    """As an act can keep them."""
    return {name: value if isinstance(value, bool | int | list) else str(value or "") for name, value in values.items()}


@transaction.atomic
def move_cohort(actor: User | None, cohort: Cohort, to: str, *, reason: str = "") -> Cohort:
    """Once it is announced, nothing changes any more of what its version asks."""
    cohort = hold(cohort)
    permit_managing(actor, cohort)
    if to == Cohort.State.DRAFT and cohort.has_people:
        raise NotAllowed(f"{cohort.ref}: people have applied")
    if to == Cohort.State.PUBLISHED and cohort.version.state == ProgrammeVersion.State.DRAFT:
        freeze_version(actor, cohort.version)
    move(cohort, to, actor=actor, reason=reason, **day_of_opening(cohort, to))
    follow_cohort(actor, cohort, reason)
    search.index_cohorts([cohort.pk])
    return cohort


def keep_days(now: datetime | None = None) -> None:
    """By the clock, on the days that everybody has read."""
    now = now or timezone.now()
    for due, to in ((Cohort.objects.to_be_opened(now), Cohort.State.OPEN), (Cohort.objects.to_be_closed(now), Cohort.State.SELECTION)):
        for cohort in due:
            with transaction.atomic():
                hold(cohort)
                if due.filter(pk=cohort.pk).exists():
                    move_cohort(None, cohort, to)


def day_of_opening(cohort: Cohort, to: str) -> dict:
    """Opened by hand before its day, or without one, it is open from now on; taken back, it is not opened by the clock again."""
    now = timezone.now()
    is_ahead = cohort.opens_at is None or cohort.opens_at > now
    if to == Cohort.State.OPEN and is_ahead and (cohort.closes_at is None or cohort.closes_at > now):
        return {"opens_at": now}
    if to == Cohort.State.PUBLISHED and cohort.state == Cohort.State.OPEN:
        return {"opens_at": None}
    return {}
