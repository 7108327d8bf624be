from django.db import transaction

from portal.actions import record
from portal.models import User

from ..models import Cohort, ProgrammeVersion
from ..moves import move
from .catalogue import freeze_version, permit_administrator
from .holding import hold, permit_managing
from .seats import follow_cohort


@transaction.atomic
def found_cohort(actor: User | None, version: ProgrammeVersion, **fields) -> Cohort:
    permit_administrator(actor)
    cohort = Cohort.objects.create(version=version, **fields)
    record(actor, "found cohort", cohort.ref, after={"version": version.pk})
    return cohort


@transaction.atomic
def move_cohort(actor: User | None, cohort: Cohort, to: str, *, reason: str = "") -> Cohort:
    """Once it is announced, nothing changes any more of what its version asks."""
    cohort = hold(cohort)
    permit_managing(actor, cohort)
    if to == Cohort.State.PUBLISHED and cohort.version.state == ProgrammeVersion.State.DRAFT:
        freeze_version(actor, cohort.version)
    move(cohort, to, actor=actor, reason=reason)
    follow_cohort(actor, cohort)
    return cohort
