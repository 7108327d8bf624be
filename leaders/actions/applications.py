"""Applying to a cohort."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.models import User

from ..models import Application, Cohort, CohortRole
from ..moves import move
from .holding import hold
from .team import ConflictOfInterest


class NotOpen(Exception):
    """Applications are not taken now."""


@transaction.atomic
def start_application(user: User, cohort: Cohort) -> Application:
    """A second press finds the draft that is there."""
    cohort = hold(cohort)
    permit_open(cohort)
    if CohortRole.objects.current().filter(cohort=cohort, user=user).exists():
        raise ConflictOfInterest
    live = Application.objects.live().filter(cohort=cohort, user=user).first()
    return live or Application.objects.create(cohort=cohort, user=user, language=user.interface_language)


@transaction.atomic
def submit_application(user: User, application: Application) -> Application:
    """With the place she works at today; pressing it says that she agrees."""
    permit_open(hold(application.cohort))
    application = Application.objects.get(pk=application.pk)
    if not Application.objects.editable_by(user).filter(pk=application.pk).exists():
        raise PermissionDenied
    now, position = timezone.now(), user.main_position
    school = position and position.school
    move(
        application,
        Application.State.SUBMITTED,
        actor=user,
        submitted_at=now,
        changed_at=now,
        consent_at=now,
        consent_version=settings.TERMS_VERSION,
        school=school,
        region=school and school.region,
        post=position.role if position else "",
    )
    return application


def permit_open(cohort: Cohort) -> None:
    if cohort.state != Cohort.State.OPEN or (cohort.closes_at and cohort.closes_at <= timezone.now()):
        raise NotOpen
