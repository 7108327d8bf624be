"""Scores of a stage from a spreadsheet: looked at before anything is written."""

import csv

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.imports.sheets import safe_cell
from portal.views.deeds import deed

from .. import actions
from ..forms.selection import ScoreFileForm, ScoreForm
from ..models import Application, ScoreImport, Stage
from ..moves import MoveRefused

FAULTS = {
    "unreadable": gettext_lazy("the line cannot be read: a wrong number of columns, a date, or letters in another encoding"),
    "unknown": gettext_lazy("no application of this cohort has this number"),
    "elsewhere": gettext_lazy("the application is not in this stage"),
    "twice": gettext_lazy("the application stands in the list twice"),
    "no-number": gettext_lazy("the score is no number"),
    "out-of-range": gettext_lazy("the score is below 0 or above the highest one of the stage"),
}
ERRORS_SHOWN = 200


def scored_stage(request, pk: int) -> Stage:
    """Reviews have results of their own."""
    managed = Stage.objects.led_by(request.user).exclude(kind=Stage.Kind.REVIEW)
    return get_object_or_404(managed.select_related("cohort"), pk=pk)


@login_required
def stage_scores(request, pk: int):
    """Sending the list; below it those that were sent before."""
    stage = scored_stage(request, pk)
    form = ScoreFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid() and (read := read_in(request, stage, form)):
        return redirect("score_import", read.pk)
    imports = ScoreImport.objects.visible_to(request.user).filter(stage=stage)[:20]
    context = {"stage": stage, "cohort": stage.cohort, "form": form, "imports": imports}
    return render(request, "leaders/scores/stage.html", context, status=422 if form.errors else 200)


def read_in(request, stage: Stage, form: ScoreFileForm) -> ScoreImport | None:
    sent = form.cleaned_data["file"]
    try:
        return actions.read_scores(request.user, stage, name=sent.name, data=sent.read())
    except actions.WrongColumns:
        form.add_error("file", _("The first line must name the columns “application” and “score”, each once."))
    except ValidationError as error:
        form.add_error("file", error)
    return None


@login_required
def score_list(request, pk: int) -> HttpResponse:
    """The applications of the stage as a list to be filled in."""
    stage = scored_stage(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="scores.csv"'})
    response.write("\ufeff")
    lines = csv.writer(response)
    lines.writerow(["application", "name", "school", "score"])
    rows = Application.objects.decidable_by(request.user).filter(stage=stage, state=Application.State.SELECTION)
    for row in rows.select_related("user", "school").order_by("pk"):
        name, school = row.user.get_full_name() if row.user else "", row.school.name if row.school else ""
        lines.writerow([row.pk, safe_cell(name), safe_cell(school), ""])
    return response


@login_required
def score_import(request, pk: int):
    """What was read: wrong lines by number and reason, or what would be written."""
    shown = get_object_or_404(ScoreImport.objects.visible_to(request.user).select_related("stage__cohort", "by"), pk=pk)
    if request.method == "POST":
        return settle(request, shown)
    errors = [{"line": line, "reason": FAULTS[code]} for line, code in shown.errors[:ERRORS_SHOWN]]
    context = {"shown": shown, "stage": shown.stage, "cohort": shown.stage.cohort, "errors": errors}
    context |= {"number": len(shown.rows), "wrong": len(shown.errors), "writable": bool(shown.rows) and not shown.errors}
    return render(request, "leaders/scores/import.html", context)


def settle(request, shown: ScoreImport):
    writes = "write" in request.POST and shown.rows and not shown.errors
    try:
        if not writes:
            actions.drop_scores(request.user, shown)
            messages.success(request, _("The list is dropped; nothing was written."))
        else:
            number = actions.write_scores(request.user, shown)
            said = ngettext("%(number)s score is written.", "%(number)s scores are written.", number)
            messages.success(request, said % {"number": number})
    except actions.Outdated:
        messages.error(
            request, _("Some of these applications have left the stage meanwhile. Nothing was written: send the list once more.")
        )
    except MoveRefused:
        messages.error(request, _("This list was written or dropped before."))
    return redirect("score_import", shown.pk)


@deed
def put_score(request, pk: int):
    """A single one, typed in on the page of the application."""
    decidable = Application.objects.decidable_by(request.user).filter(state=Application.State.SELECTION)
    rows = decidable.exclude(stage=None).exclude(stage__kind=Stage.Kind.REVIEW).select_related("stage", "cohort")
    shown = get_object_or_404(rows, pk=pk)
    form = ScoreForm(request.POST, stage=shown.stage)
    if form.is_valid():
        actions.put_score(request.user, shown, form.cleaned_data["score"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("application", pk)
