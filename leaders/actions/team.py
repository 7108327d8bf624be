"""Who looks after a cohort."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.actions import record
from portal.models import User
from portal.notices import tell

from ..models import Application, Cohort, CohortRole, Enrolment, MentorLink
from ..notices.named import named
from ..querysets.roles import MENTOR
from .group import sync_group
from .holding import hold, permit_managing


class ConflictOfInterest(Exception):
    """Whoever applies to a cohort or studies in it does not look after it."""


class LastManager(PermissionDenied):
    """People have applied: somebody has to decide on it."""


@transaction.atomic
def give_cohort_role(actor: User | None, cohort: Cohort, user: User, name: str) -> CohortRole:
    cohort = hold(cohort)
    permit_managing(actor, cohort)
    if is_in(user, cohort):
        raise ConflictOfInterest
    role, given = CohortRole.objects.get_or_create(cohort=cohort, user=user, name=name, until=None, defaults={"given_by": actor})
    if given:
        record(actor, "give cohort role", cohort.ref, after={"person": user.pk, "role": name})
        sync_group(cohort)
        tell([user], "cohort-role", cohort.ref, actor=actor, data=named(cohort) | {"role": name})
    return role


def is_in(user: User, cohort: Cohort) -> bool:
    applied = Application.objects.live().filter(cohort=cohort, user=user)
    return applied.exists() or Enrolment.objects.live().filter(cohort=cohort, user=user).exists()


@transaction.atomic
def end_cohort_role(actor: User | None, role: CohortRole) -> None:
    """A cohort that people have applied to is never left without a manager. Whom a mentor accompanied waits for another one."""
    cohort, now = hold(role.cohort), timezone.now()
    permit_managing(actor, cohort)
    managers = cohort.roles.current().filter(name=CohortRole.Name.MANAGER)
    if role.name == CohortRole.Name.MANAGER and not managers.exclude(pk=role.pk).exists() and cohort.applications.exists():
        raise LastManager
    if not CohortRole.objects.filter(pk=role.pk, until=None).update(until=now):
        return
    if role.name == MENTOR:
        MentorLink.objects.filter(enrolment__cohort=cohort, mentor=role.user_id, until=None).update(until=now)
    record(actor, "end cohort role", cohort.ref, after={"person": role.user_id, "role": role.name})
    sync_group(cohort)
