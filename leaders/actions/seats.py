"""Seats. Every change of one begins with `hold(cohort)`."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.actions import record
from portal.models import User

from ..models import Application, Cohort, Enrolment
from .cohorts import hold


@transaction.atomic
def join_waiting(actor: User | None, cohort: Cohort, user: User, *, application: Application | None = None) -> Enrolment:
    """At the end of the list, or where her result puts her. Who is in the cohort already stays where she is."""
    cohort = hold(cohort)
    if actor and not Cohort.objects.managed_by(actor).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    live = Enrolment.objects.live().filter(cohort=cohort, user=user).first()
    if live:
        return live
    position = user.main_position
    enrolment = Enrolment.objects.create(
        cohort=cohort,
        user=user,
        application=application,
        school=application.school if application else position and position.school,
        score=application.score if application else None,
        place=cohort.seq,
    )
    record(actor, "join waiting list", enrolment.ref, after={"cohort": cohort.pk})
    return enrolment
