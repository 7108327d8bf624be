"""The catalogue: programmes, and cohorts that anybody may look for; the page of a programme."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.editorial import page_language_links
from portal.views.search import results_page

from ..models import Cohort, Programme, ProgrammePage
from ..presented import presented_to
from ..requirements import tree_in_use

COHORTS_SHOWN = 20
TAKING_FIRST = ("open", "published")


def catalogue(request):
    """Programmes stand above their cohorts until something is looked for."""
    page, programmes = presented_to(request.user)
    above = {"page": page, "may_found": request.user.is_authenticated and request.user.is_administrator}
    if not request.GET:
        above["programmes"] = programmes
    return results_page(request, source="cohorts", head="leaders/catalogue/head.html", **above)


def programme_context(page: ProgrammePage, request) -> dict:
    requirements, version = tree_in_use(page.programme_id)
    programme = version.programme if version else page.programme
    return {
        "programme": programme,
        "version": version,
        "requirements": requirements,
        "cohorts": cohorts_of(programme, request.user),
        "all_url": f"{reverse('catalogue')}?level={programme.level}",
        "language_links": page_language_links(page, request.user),
        "trail": [{"label": _("Programmes"), "url": reverse("catalogue")}],
    }


def cohorts_of(programme: Programme, user) -> list[Cohort]:
    """Those that take applications now or will, then the latest."""
    rows = Cohort.objects.visible_to(user).exclude(state__in=("draft", "cancelled")).filter(version__programme=programme)
    found = list(rows.select_related("region")[:COHORTS_SHOWN])
    return sorted(found, key=lambda cohort: TAKING_FIRST.index(cohort.state) if cohort.state in TAKING_FIRST else len(TAKING_FIRST))
