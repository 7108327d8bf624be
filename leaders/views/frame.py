"""What stands around every page of a cohort: its name, how far it has come, the tabs."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Cohort
from ..standing import Standing, standing_of

RELATED = ("version__programme", "region", "group")


def known_cohort(request, pk: int) -> tuple[Cohort, Standing]:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
    return cohort, standing_of(request.user, cohort)


def entered_cohort(request, pk: int) -> tuple[Cohort, Standing]:
    """One whose inner pages she reads."""
    cohort, standing = known_cohort(request, pk)
    if not standing.is_inside:
        raise Http404
    return cohort, standing


def kept_cohort(request, pk: int) -> tuple[Cohort, Standing]:
    """One that she may change."""
    cohort, standing = known_cohort(request, pk)
    if not standing.may_change:
        raise Http404
    return cohort, standing


def frame(cohort: Cohort, standing: Standing, tab: str = "") -> dict:
    return {
        "cohort": cohort,
        "programme": cohort.version.programme,
        "standing": standing,
        "tabs": tabs(cohort, standing, tab),
        "trail": [{"label": _("Programmes"), "url": reverse("catalogue")}],
    }


def tabs(cohort: Cohort, standing: Standing, current: str) -> list[dict]:
    """Nothing for those to whom the first is all there is."""
    named = {"cohort": _("About the cohort")}
    if standing.is_inside:
        named["cohort_course"] = pgettext("a cohort", "Course")
        named["meetings"] = _("Meetings")
        named["assignments"] = _("Assignments")
        named |= {"dashboard": _("Participants")} if standing.roles else {"my_progress": _("What is left")}
    if standing.is_manager and standing.is_inside:
        named["mentors"] = _("Mentors")
    if standing.sees_seats and standing.is_inside:
        named["cohort_applications"] = pgettext("pages of a cohort", "Applications")
    if standing.knows_team:
        named["cohort_team"] = _("Team")
    if standing.sees_seats:
        named["seats"] = pgettext("pages of a cohort", "Seats")
    if standing.sees_certificates:
        named["cohort_certificates"] = _("Certificates")
    if standing.may_change:
        named["cohort_settings"] = pgettext("a cohort", "Settings")
    if len(named) == 1:
        return []
    return [{"label": label, "url": reverse(name, args=[cohort.pk]), "current": name == current} for name, label in named.items()]
