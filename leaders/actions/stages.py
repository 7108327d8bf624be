"""The road of the selection: what is asked, in which steps, and who goes on to the next one."""

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Exists, OuterRef

from portal.actions import record
from portal.models import User
from portal.notices import tell

from ..models import Application, Cohort, Question, Stage, StageResult
from ..moves import move_all
from ..notices.named import named, names_of
from .holding import hold


class InUse(Exception):
    """Somebody has applied already: what was asked of one is asked of all."""


class NotYet(Exception):
    """The selection has not begun, or the stage before is not over."""


@transaction.atomic
def put_part(actor: User, cohort: Cohort, part: Question | Stage) -> None:
    """A question or a stage, new or changed."""
    permit_changing(actor, cohort)
    part.cohort = cohort
    part.save()
    record(actor, f"change {kind_of(part)}", cohort.ref, after={"part": part.pk, "name": part.name_kk})


@transaction.atomic
def remove_part(actor: User, part: Question | Stage) -> None:
    permit_changing(actor, part.cohort)
    record(actor, f"change {kind_of(part)}", part.cohort.ref, before={"part": part.pk, "name": part.name_kk})
    part.delete()


def kind_of(part: models.Model) -> str:
    return f"{part._meta.model_name}s"


def permit_changing(actor: User, cohort: Cohort) -> None:
    cohort = hold(cohort)
    if not Cohort.objects.editable_by(actor).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    if cohort.applications.exists():
        raise InUse


@transaction.atomic
def lead_on(actor: User, stage: Stage, among: models.QuerySet | None = None) -> int:
    """Into the first stage whoever has sent an application; into a later one who has passed the one before. Return how many."""
    cohort = permit_selecting(actor, stage.cohort)
    if cohort.state != Cohort.State.SELECTION:
        raise NotYet
    ready = ready_for(stage) if among is None else ready_for(stage).filter(pk__in=among)
    ready = list(ready.select_related("user"))
    move_all(ready, Application.State.SELECTION, actor=actor, noted={"stage": stage.pk}, stage=stage)
    tell(
        [application.user for application in ready],
        "application-stage",
        cohort.ref,
        actor=actor,
        data=named(cohort) | {"stage": names_of(stage)},
    )
    return len(ready)


def ready_for(stage: Stage) -> models.QuerySet:
    """Who would go on into this stage now."""
    before = Stage.objects.filter(cohort=stage.cohort_id, position__lt=stage.position).order_by("position").last()
    applications = Application.objects.filter(cohort=stage.cohort_id)
    if not before:
        return applications.filter(state=Application.State.SUBMITTED)
    result = StageResult.objects.filter(application=OuterRef("pk"), stage=before, score__gte=before.pass_score or 0)
    return applications.filter(Exists(result), state=Application.State.SELECTION, stage=before)


def permit_selecting(actor: User | None, cohort: Cohort) -> Cohort:
    """Who manages it; from here on nothing else of this cohort is decided beside."""
    cohort = hold(cohort)
    if actor and not Cohort.objects.selected_by(actor).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    return cohort
