"""Thousands of applications at once: what a request would take too long for is done by a task, some at a time.

Each portion is one transaction, in which the run also notes how far it is: whoever is killed, or asked twice, does nothing twice.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from portal.models import User
from portal.notices import tell
from portal.tasks import enqueue

from ..models import Application, Cohort, SelectionRun, Stage
from ..moves import MoveRefused, move
from ..notices.named import named
from .decisions import best_first, decide
from .holding import hold
from .stages import NotYet, lead_on, permit_selecting, ready_for

# As many are done while their manager waits
AT_ONCE = 100
PORTION = 500


class UnderWay(MoveRefused):
    """Many applications of this cohort are being led on or decided on already."""


def decide_on_many(actor: User, cohort: Cohort, applications: QuerySet, outcome: str, *, reason: str = "") -> SelectionRun:
    """On those that are found now."""
    return start(actor, cohort, best_first(applications.filter(cohort=cohort).sent()), outcome=outcome, reason=reason)


def lead_many_on(actor: User, stage: Stage) -> SelectionRun:
    if stage.cohort.state != Cohort.State.SELECTION:
        raise NotYet
    return start(actor, stage.cohort, ready_for(stage).order_by("pk"), stage=stage)


@transaction.atomic
def start(actor: User, cohort: Cohort, applications: QuerySet, **what) -> SelectionRun:
    permit_selecting(actor, cohort)
    if cohort.selection_runs.running().exists():
        raise UnderWay
    run = SelectionRun.objects.create(cohort=cohort, by=actor, chosen=list(applications.values_list("pk", flat=True)), **what)
    enqueue(go_on, run.pk)
    return run


@task()
def go_on(pk: int) -> None:
    while take_portion(pk):
        pass


@transaction.atomic
def take_portion(pk: int) -> bool:
    """Whether there is more to do. Whoever led it may lead the cohort no more, or it takes no decisions: then the rest stays as it is."""
    run = SelectionRun.objects.select_related("cohort").get(pk=pk)
    hold(run.cohort)
    run = SelectionRun.objects.select_related("cohort", "by", "stage__cohort").get(pk=pk)
    if run.state != SelectionRun.State.RUNNING:
        return False
    portion = run.chosen[run.place : run.place + PORTION]
    try:
        do(run, portion)
    except (PermissionDenied, NotYet):
        finish(run, SelectionRun.State.STOPPED, by=None)
        return False
    run.place += len(portion)
    run.save(update_fields=["place", "done", "unendorsed", "unmoved"])
    if run.place == run.total:
        finish(run, SelectionRun.State.DONE, by=None)
    return run.state == SelectionRun.State.RUNNING


def do(run: SelectionRun, portion: list[int]) -> None:
    if not run.by:
        raise PermissionDenied
    chosen = Application.objects.filter(pk__in=portion)
    if run.stage:
        led = lead_on(run.by, run.stage, among=chosen)
        run.done += led
        run.unmoved += len(portion) - led
    else:
        decided = decide(run.by, run.cohort, chosen, run.outcome, reason=run.reason)
        run.done += len(decided.done)
        run.unendorsed += len(decided.unendorsed)
        run.unmoved += len(decided.unmoved)


@transaction.atomic
def stop_run(actor: User, run: SelectionRun) -> None:
    """Between two portions. One that is over stays as it is."""
    permit_selecting(actor, run.cohort)
    run = SelectionRun.objects.select_related("cohort", "by").get(pk=run.pk)
    if run.state == SelectionRun.State.RUNNING:
        finish(run, SelectionRun.State.STOPPED, by=actor)


def finish(run: SelectionRun, state: str, *, by: User | None) -> None:
    """`by` is who has ended it; else it ends by itself."""
    move(run, state, actor=by or run.by, finished_at=timezone.now())
    numbers = {"state": state, "done": run.done, "rest": run.total - run.done}
    tell([run.by], "selection-run", run.ref, actor=by, data=named(run.cohort) | numbers)
