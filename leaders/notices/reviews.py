"""What reviewers are told, and managers when a long work is over."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Notice, Rhythm
from portal.notices import Kind
from portal.notices.own import sentence

from ..models import Cohort, SelectionRun
from .named import PROGRAMMES, cohort_name, name_in_data


def assigned(notice: Notice) -> str:
    said = _("Applications to “%(cohort)s” wait for your review: %(stage)s.")
    return sentence(said, cohort=cohort_name(notice), stage=name_in_data(notice, "stage"))


def run_over(notice: Notice) -> str:
    said = {
        "done": _("The work on the applications to “%(cohort)s” is done. Done: %(done)s; left as they were: %(rest)s."),
        "stopped": _("The work on the applications to “%(cohort)s” was stopped. Done: %(done)s; left as they were: %(rest)s."),
    }[notice.data["state"]]
    return sentence(said, done=notice.data["done"], rest=notice.data["rest"], cohort=cohort_name(notice))


def run_page(notice: Notice) -> str:
    return f"/leaders/selection-runs/{notice.object_id}/"


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
    ),
    Kind(
        "selection-run",
        gettext_lazy("Many applications are decided on or led on"),
        run_over,
        run_page,
        Rhythm.NEVER,
        visible=lambda user, ids: set(SelectionRun.objects.visible_to(user).filter(pk__in=ids).order_by().values_list("pk", flat=True)),
        group=PROGRAMMES,
    ),
]
