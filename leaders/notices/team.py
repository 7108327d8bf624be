"""What people are told of their work for a cohort."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Notice, Rhythm
from portal.notices import Kind
from portal.notices.own import sentence

from ..models import Cohort, CohortRole
from .named import PROGRAMMES, cohort_name


def role_given(notice: Notice) -> str:
    said = _("You have a role in the cohort “%(cohort)s” now: %(role)s.")
    return sentence(said, cohort=cohort_name(notice), role=CohortRole.Name(notice.data["role"]).label)


def team_page(notice: Notice) -> str:
    return f"/leaders/{notice.object_id}/team/"


def entered(user, ids: list[int]) -> set[int]:
    return set(Cohort.objects.with_team_role(user).filter(pk__in=ids).order_by().values_list("pk", flat=True))


KINDS = [
    Kind("cohort-role", gettext_lazy("My role in a cohort"), role_given, team_page, Rhythm.AT_ONCE, visible=entered, group=PROGRAMMES),
]
