from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from portal.actions import record
from portal.models import User

from ..models import Cohort, ProgrammeVersion
from ..moves import move
from .catalogue import freeze_version, permit_administrator


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
    return cohort


def permit_managing(actor: User | None, cohort: Cohort) -> None:
    if actor and not Cohort.objects.editable_by(actor).filter(pk=cohort.pk).exists():
        raise PermissionDenied


def hold(cohort: Cohort) -> Cohort:
    """The first statement of a transaction that gives or frees a seat: whoever does so in the same cohort at the same moment waits.

    The number it has given is the caller's alone.
    """
    Cohort.objects.filter(pk=cohort.pk).update(seq=F("seq") + 1)
    return Cohort.objects.select_related("version__programme").get(pk=cohort.pk)
