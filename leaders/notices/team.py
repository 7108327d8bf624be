"""What people are told of their work for a cohort."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.models import Notice, Rhythm
from portal.notices import Kind
from portal.notices.own import quoted, sentence

from ..models import Cohort, CohortRole
from ..search import named_in

PROGRAMMES = gettext_lazy("Programmes")


def named(cohort: Cohort) -> dict:
    """How a notice calls a cohort, in the language of whoever reads it."""
    return {"names": named_in(cohort)}


def cohort_name(notice: Notice) -> str:
    names = notice.data["names"]
    language = get_language() if get_language() in names else next(iter(names))
    return quoted(names[language], language)


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
