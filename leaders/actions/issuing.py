"""Certificates for a whole cohort, by one task.

Each participant is a transaction in which the run also notes how far it is: whoever is killed is followed by another worker, and of two
workers each takes the next participant.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from portal.actions import record
from portal.models import User
from portal.tasks import enqueue

from ..models import Certificate, Cohort, Enrolment, IssueRun
from ..moves import MoveRefused, move
from .certificates import ISSUING, NotCompleted, NotStudying, hold_register, issue_held, print_certificate, with_cohort
from .holding import hold

State = IssueRun.State


@transaction.atomic
def start_issue(actor: User | None, cohort: Cohort) -> IssueRun:
    """The one that is under way, where there is one."""
    cohort = hold(cohort)
    if actor and not Cohort.objects.managed_by(actor).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    live = cohort.issue_runs.exclude(state=State.DONE).first()
    if live:
        return live
    if cohort.state not in ISSUING:
        raise NotStudying
    run = IssueRun.objects.create(cohort=cohort, by=actor, total=people_of(cohort).count())
    record(actor, "start issue run", run.ref, after={"cohort": cohort.pk})
    enqueue(go_on_issuing, run.pk)
    return run


def people_of(cohort: Cohort):
    return Enrolment.objects.seated().filter(cohort=cohort, user__isnull=False).order_by("pk")


@task()
def go_on_issuing(pk: int) -> None:
    run = IssueRun.objects.get(pk=pk)
    for certificate in Certificate.objects.unprinted().filter(enrolment__cohort=run.cohort_id):
        print_certificate(certificate)
    while take_next(pk):
        pass


def take_next(pk: int) -> bool:
    """Whether there was somebody left."""
    is_left, certificate = issue_next(pk)
    if certificate:
        print_certificate(certificate)
    return is_left


@transaction.atomic
def issue_next(pk: int) -> tuple[bool, Certificate | None]:
    register = hold_register()
    run = IssueRun.objects.select_related("cohort", "by").get(pk=pk)
    if run.state == State.WAITING:
        move(run, State.RUNNING, actor=run.by)
    seat = people_of(run.cohort).filter(pk__gt=run.reached).first() if run.state == State.RUNNING else None
    if seat:
        certificate = issue_to(run, seat, register)
        run.reached, run.done = seat.pk, run.done + 1
        run.save(update_fields=["reached", "done", "refused"])
        return True, certificate
    if run.state == State.RUNNING:
        move(run, State.DONE, actor=run.by, total=run.done, finished_at=timezone.now())
    return False, None


def issue_to(run: IssueRun, seat: Enrolment, register) -> Certificate | None:
    """Whose certificate was revoked is given another one by hand alone."""
    try:
        seat = with_cohort(seat)
        same = Certificate.objects.filter(user=seat.user, version=seat.cohort.version_id)
        if same.filter(state=Certificate.State.REVOKED).exists() and not same.valid().exists():
            run.refused.append({"enrolment": seat.pk, "why": "revoked"})
            return None
        certificate, _is_new = issue_held(run.by, register, seat, timezone.now())
        return certificate
    except NotCompleted as refusal:
        run.refused.append({"enrolment": seat.pk, "why": "missing", "missing": refusal.codes})
    except (NotStudying, MoveRefused):
        run.refused.append({"enrolment": seat.pk, "why": "state"})
    return None
