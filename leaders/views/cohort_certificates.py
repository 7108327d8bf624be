"""The certificates of a cohort for those who issue them: who has one, who could have one, what others still miss."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from portal.paging import newest_first, oldest_first
from portal.views.deeds import deed

from .. import actions
from ..actions.certificates import ISSUING
from ..codes import spelled
from ..evaluate import Rule, evaluate, left, lost
from ..facts import facts_of
from ..models import Certificate, Cohort, Enrolment, IssueRun
from ..moves import MoveRefused
from ..progress import name_of
from ..requirements import rule_of
from ..snapshots import said_of
from ..standing import Standing
from .files import as_csv
from .frame import frame, known_cohort


def issuing_cohort(request, pk: int) -> tuple[Cohort, Standing]:
    """Managers issue; administrators look after what was issued."""
    cohort, standing = known_cohort(request, pk)
    if not standing.sees_certificates:
        raise Http404
    return cohort, standing


@login_required
def issued(request, pk: int):
    cohort, standing = issuing_cohort(request, pk)
    page = newest_first(request, issued_in(request.user, cohort), "number", parse=int)
    context = around(request, cohort, standing, "issued") | {"rows": [(row, said_of(row)) for row in page.rows], "list": page}
    return render(request, "leaders/certificates/issued.html", context)


def issued_in(user, cohort: Cohort):
    return Certificate.objects.visible_to(user).filter(enrolment__cohort=cohort)


@login_required
def issued_csv(request, pk: int):
    cohort, _standing = issuing_cohort(request, pk)
    of_certificates = (pgettext("a certificate", "Number"), pgettext("a person", "Name"), _("Completed programme"), _("Issued on"))
    heads = [*of_certificates, pgettext("a certificate", "State"), pgettext("a certificate", "Code")]
    rows = issued_in(request.user, cohort).order_by("number")
    return as_csv(f"certificates-{pk}", heads, map(cells_of, rows))


def cells_of(row: Certificate) -> tuple:
    said = said_of(row)
    day = date_format(timezone.localtime(row.issued_at), "SHORT_DATE_FORMAT")
    return row.number, said.get("name", ""), said.get("programme", ""), day, row.get_state_display(), spelled(row.code)


@login_required
def rest(request, pk: int):
    """Who studies there and has no certificate that is valid."""
    cohort, standing = issuing_cohort(request, pk)
    rule = rule_of(cohort)
    if not standing.is_manager or not rule:
        raise Http404
    page = oldest_first(request, without(request.user, cohort).select_related("user", "cohort"), "user__sort_key", parse=str)
    context = around(request, cohort, standing, "rest") | {"rows": [row_of(*pair) for pair in outcomes(page.rows, rule)], "list": page}
    return render(request, "leaders/certificates/rest.html", context)


def without(user, cohort: Cohort):
    holders = Certificate.objects.valid().filter(version=cohort.version_id, user__isnull=False)
    return Enrolment.objects.visible_to(user).seated().filter(cohort=cohort, user__isnull=False).exclude(user__in=holders.values("user"))


def outcomes(seats: list[Enrolment], rule: Rule):
    facts, now = facts_of(seats), timezone.now()
    return [(seat, evaluate(rule, facts[seat.pk], now)) for seat in seats]


def row_of(seat: Enrolment, outcome) -> dict:
    """`missing` are the names of what is not met."""
    return {"seat": seat, "is_met": outcome.met, "missing": [name_of(node) for node in (*lost(outcome), *left(outcome))]}


def around(request, cohort: Cohort, standing: Standing, show: str) -> dict:
    run = cohort.issue_runs.first() if standing.is_manager else None
    shelves = [("issued", pgettext("certificates", "Issued"), issued_in(request.user, cohort), f"/leaders/{cohort.pk}/certificates/")]
    if standing.is_manager:
        seats = without(request.user, cohort)
        shelves.append(("rest", pgettext("certificates", "Not issued"), seats, f"/leaders/{cohort.pk}/certificates/rest/"))
    named = [
        {"label": label, "url": f"/{get_language()}{address}", "current": key == show, "count": rows.order_by().count()}
        for key, label, rows, address in shelves
    ]
    may_issue = standing.is_manager and cohort.state in ISSUING
    return frame(cohort, standing, "cohort_certificates") | {"run": run, "shelves": named, "may_issue": may_issue}


# Issuing


@deed
def issue_all(request, pk: int):
    cohort, _standing = issuing_cohort(request, pk)
    managed = get_object_or_404(Cohort.objects.managed_by(request.user), pk=cohort.pk)
    try:
        started = actions.start_issue(request.user, managed)
    except actions.NotStudying:
        messages.error(request, _("Certificates are issued from the assessment of the cohort on, until it is put into the archive."))
        return redirect("cohort_certificates", pk)
    return redirect("issue_run", started.pk)


@deed
def issue_one(request, pk: int):
    seat = get_object_or_404(Enrolment.objects.editable_by(request.user), pk=pk)
    try:
        made = actions.issue_certificate(request.user, seat)
    except actions.NotCompleted:
        messages.error(request, _("Not everything is met, so no certificate was issued."))
    except (actions.NotStudying, MoveRefused):
        messages.error(request, _("A certificate is issued to those who study or have completed, from the assessment of the cohort on."))
    else:
        if made.enrolment_id == seat.pk:
            messages.success(request, _("The certificate is issued, and its holder is told."))
            return redirect("certificate", made.pk)
        messages.info(request, _("A valid certificate of this programme was issued in another cohort already."))
    return redirect("without_certificate", seat.cohort_id)


@login_required
def run(request, pk: int):
    """How far it is, and who was given none, with the reason."""
    rows = IssueRun.objects.visible_to(request.user).select_related("cohort__version__programme")
    shown = get_object_or_404(rows, pk=pk)
    refused, given = refused_in(request.user, shown), shown.done - len(shown.refused)
    context = {"run": shown, "cohort": shown.cohort, "given": given, "refused": refused, "more": len(shown.refused) > MOST_REFUSED}
    template = "leaders/certificates/run.html"
    return render(request, f"{template}#standing" if request.htmx else template, context)


MOST_REFUSED = 200


def refused_in(user, run: IssueRun) -> list[dict]:
    """The first of them, by name; all stand in the list of those without a certificate."""
    told = {refusal["enrolment"]: refusal for refusal in run.refused[:MOST_REFUSED]}
    seats = Enrolment.objects.visible_to(user).filter(pk__in=told, user__isnull=False).select_related("user")
    names = names_in(rule_of(run.cohort)) if told else {}
    return [{"seat": seat, "why": why_of(told[seat.pk], names)} for seat in seats.order_by("user__sort_key", "pk")]


def names_in(rule: Rule | None) -> dict[str, str]:
    if not rule:
        return {}
    found = {rule.code: rule.names.get(get_language()) or rule.code}
    for child in rule.children:
        found |= names_in(child)
    return found


def why_of(refusal: dict, names: dict[str, str]) -> str:
    if refusal["why"] == "missing":
        return ", ".join(names.get(code, code) for code in refusal["missing"])
    return {
        "revoked": _("the certificate was revoked: a new one is issued by hand"),
        "state": pgettext("a participant", "does not study now"),
    }[refusal["why"]]
