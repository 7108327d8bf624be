"""The catalogue: programmes, and cohorts that anybody may look for; the page of a programme."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.editorial import page_language_links, visible_to
from portal.views.search import results_page

from ..models import CataloguePage, Cohort, Programme, ProgrammePage
from ..requirements import tree_of

COHORTS_SHOWN = 20
TAKING_FIRST = ("open", "published")


def catalogue(request):
    """Programmes stand above their cohorts until something is looked for."""
    of_language = {"locale__language_code": get_language()}
    page = CataloguePage.objects.filter(visible_to(request.user), **of_language).first()
    above = {"page": page, "may_found": request.user.is_authenticated and request.user.is_administrator}
    if not request.GET:
        programmes = Programme.objects.visible_to(request.user).in_use()
        pages = ProgrammePage.objects.filter(visible_to(request.user), programme__in=programmes, **of_language)
        above["programmes"] = pages.select_related("programme").order_by("path")
    return results_page(request, source="cohorts", head="leaders/catalogue/head.html", **above)


def programme_context(page: ProgrammePage, request) -> dict:
    programme = page.programme
    version = programme.versions.filter(state="frozen").first()
    return {
        "programme": programme,
        "version": version,
        "requirements": tree_of(version) if version else [],
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
