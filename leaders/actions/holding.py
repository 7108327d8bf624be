"""What every change of a cohort begins with."""

from django.core.exceptions import PermissionDenied
from django.db.models import F

from portal.models import User

from ..models import Cohort


def hold(cohort: Cohort) -> Cohort:
    """The first statement of a transaction that gives or frees a seat: whoever does so in the same cohort at the same moment waits.

    The number it has given is the caller's alone.
    """
    Cohort.objects.filter(pk=cohort.pk).update(seq=F("seq") + 1)
    return Cohort.objects.select_related("version__programme", "group").get(pk=cohort.pk)


def permit_managing(actor: User | None, cohort: Cohort) -> None:
    if actor and not Cohort.objects.editable_by(actor).filter(pk=cohort.pk).exists():
        raise PermissionDenied
