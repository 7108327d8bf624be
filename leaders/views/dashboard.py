"""The people of a cohort for its team: the funnel, attendance, progress, who is at risk and why. The files hold the same rows."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.paging import KeysetPage, oldest_first

from .. import dashboard as people
from ..evaluate import Rule
from ..models import Cohort
from ..requirements import rule_of
from ..standing import Standing
from .frame import entered_cohort, frame

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def team_cohort(request, pk: int) -> tuple[Cohort, Standing]:
    cohort, standing = entered_cohort(request, pk)
    if not standing.roles:
        raise Http404
    return cohort, standing


def asked_of(cohort: Cohort) -> Rule:
    if rule := rule_of(cohort):
        return rule
    raise Http404


@login_required
def dashboard(request, pk: int):
    """What was drawn for this reader a moment ago is shown again as long as nothing has happened since."""
    cohort, standing = team_cohort(request, pk)
    asked = (pk, request.user.pk, sorted(standing.roles), get_language(), request.get_full_path())
    shown = people.kept(asked, partial(shown_to, request, cohort, standing))
    return render(request, "leaders/progress/dashboard.html", frame(cohort, standing, "dashboard") | shown)


def shown_to(request, cohort: Cohort, standing: Standing) -> dict:
    only_risk = request.GET.get("show") == "risk"
    page, count, found_at = page_of(request, standing, asked_of(cohort), only_risk=only_risk)
    return {
        "headings": people.headings(),
        "drawn": people.drawn(page.rows),
        "older": {"previous_url": page.previous_url, "next_url": page.next_url},
        "shows": shows(request.path, count, only_risk=only_risk),
        "found_at": found_at,
        "only_risk": only_risk,
        "funnel": people.funnel(cohort) if standing.sees_seats else None,
    }


def page_of(request, standing: Standing, rule: Rule, *, only_risk: bool) -> tuple[KeysetPage, int, object]:
    """Rows of one page; how many are at risk; when that was found, where it was not just now."""
    cohort, now = standing.cohort, timezone.now()
    seats = people.seats_of(request.user, cohort)
    page = oldest_first(request, seats, "user__sort_key", parse=str, size=people.PAGE)
    if not page.next_url and not page.previous_url:
        rows = people.rows_of(page.rows, cohort, rule, now)
        risky = [row for row in rows if row.risk.level]
        return KeysetPage(risky if only_risk else rows), len(risky), None
    known, found_at = people.at_risk(cohort, rule, now)
    if only_risk:
        page = oldest_first(request, seats.filter(pk__in=known), "user__sort_key", parse=str, size=people.PAGE)
    page.rows = people.rows_of(page.rows, cohort, rule, now)
    hers = known if standing.sees_seats or not known else known & people.known_to(request.user, cohort)
    return page, len(hers), found_at


def shows(path: str, count: int, *, only_risk: bool) -> list[dict]:
    return [
        {"label": _("Everybody"), "url": path, "current": not only_risk},
        {"label": _("At risk"), "url": f"{path}?show=risk", "current": only_risk, "count": count},
    ]


@login_required
def dashboard_csv(request, pk: int):
    return file_of(request, pk, people.as_csv, "csv", "text/csv; charset=utf-8")


@login_required
def dashboard_xlsx(request, pk: int):
    return file_of(request, pk, people.as_xlsx, "xlsx", XLSX)


def file_of(request, pk: int, made, ending: str, type: str) -> HttpResponse:
    """Everybody whom the reader sees on the screen, page after page; or those at risk, when that is what she looks at."""
    cohort, _standing = team_cohort(request, pk)
    rows = people.rows_of(people.seats_of(request.user, cohort), cohort, asked_of(cohort), timezone.now())
    chosen = [row for row in rows if row.risk.level] if request.GET.get("show") == "risk" else rows
    headers = {"Content-Disposition": f'attachment; filename="cohort-{pk}-{timezone.localdate().isoformat()}.{ending}"'}
    return HttpResponse(made(chosen), content_type=type, headers=headers)
