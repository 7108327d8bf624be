"""What reviewers are told."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Notice, Rhythm
from portal.notices import Kind
from portal.notices.own import sentence

from ..models import Cohort
from .named import PROGRAMMES, cohort_name, name_in_data


def assigned(notice: Notice) -> str:
    said = _("Applications to “%(cohort)s” wait for your review: %(stage)s.")
    return sentence(said, cohort=cohort_name(notice), stage=name_in_data(notice, "stage"))


def own_reviews(notice: Notice) -> str:
    return "/leaders/reviews/"


def examined(user, ids: list[int]) -> set[int]:
    return set(Cohort.objects.with_team_role(user, "examiner").filter(pk__in=ids).values_list("pk", flat=True))


KINDS = [
    Kind(
        "review-assigned",
        gettext_lazy("Applications for me to review"),
        assigned,
        own_reviews,
        Rhythm.AT_ONCE,
        visible=examined,
        group=PROGRAMMES,
    )
]
