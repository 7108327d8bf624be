"""The applications of a cohort, for those who select."""

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal import vocabularies
from portal.models import Act, Region
from portal.paging import address
from portal.views.deeds import deed

from .. import actions
from ..forms.selection import DecisionForm, ScoreForm
from ..listing import BEST, Asked, counts, one_page, sent_to
from ..models import Application, Cohort, Review, SelectionRun, Stage, StageResult
from ..querysets.roles import MANAGER, OBSERVER

SHOWN_STATES = [state for state in Application.State if state != Application.State.DRAFT]


def selected_cohort(request, pk: int, *roles: str) -> Cohort:
    """404 for whoever does not select in it."""
    held = Cohort.objects.with_team_role(request.user, *(roles or (MANAGER,)))
    run = SelectionRun.objects.running().filter(cohort=OuterRef("pk")).order_by().values("pk")
    held = held.annotate(decides=Exists(Cohort.objects.selected_by(request.user).filter(pk=OuterRef("pk"))), run=Subquery(run))
    return get_object_or_404(held.select_related("version__programme"), pk=pk)


@login_required
def applications(request, pk: int):
    """All that were sent, by state, stage and region; the newest or the best first. A manager decides on those she ticks."""
    cohort = selected_cohort(request, pk, MANAGER, OBSERVER)
    asked, sent = Asked.of(request.GET), sent_to(request.user, cohort)
    numbers = counts(sent)
    context = {
        "cohort": cohort,
        "asked": asked,
        "page": one_page(request, sent, asked),
        "tabs": tabs(request, asked, numbers),
        "total": sum(numbers.values()),
        "stages": list(cohort.stages.all()),
        "regions": vocabularies.labels(Region).items(),
        "orders": [("", _("the newest first")), (BEST, _("the best result first"))],
        "form": DecisionForm(),
        "decides": cohort.decides,
        "query": request.GET.urlencode(),
    }
    return render(request, "leaders/selection/applications.html", context)


@login_required
def run(request, pk: int):
    """How far the work on many applications is, and what has become of them."""
    shown = get_object_or_404(SelectionRun.objects.visible_to(request.user).select_related("cohort", "stage"), pk=pk)
    template = "leaders/selection/run.html"
    return render(request, f"{template}#standing" if request.htmx else template, {"run": shown, "cohort": shown.cohort})


@deed
def stop_run(request, pk: int):
    shown = get_object_or_404(SelectionRun.objects.stoppable_by(request.user).select_related("cohort"), pk=pk)
    actions.stop_run(request.user, shown)
    return redirect("selection_run", pk)


def tabs(request, asked: Asked, numbers: dict[str, int]) -> list[dict]:
    everything = {"label": _("All"), "url": address(request, state=""), "current": not asked.state, "count": sum(numbers.values())}
    return [everything] + [
        {"label": state.label, "url": address(request, state=state.value), "current": asked.state == state, "count": numbers[state]}
        for state in SHOWN_STATES
        if numbers.get(state)
    ]


def selecting(request, shown: Application) -> dict:
    """What a manager, an observer or an examiner finds on the page of an application besides the answers."""
    user, same = request.user, {"application": shown}
    context = {
        "results": StageResult.objects.visible_to(user).filter(**same).select_related("stage", "by"),
        "reviews": reviews_of(user, shown),
        "arranged": arranged(user, shown),
        "own_review": Review.objects.editable_by(user).filter(**same).first(),
        "decides": Cohort.objects.selected_by(user).filter(pk=shown.cohort_id).exists(),
    }
    if context["decides"]:
        scored = shown.state == Application.State.SELECTION and shown.stage and shown.stage.kind != Stage.Kind.REVIEW
        context |= {"form": DecisionForm(), "score_form": ScoreForm(stage=shown.stage) if scored else None}
    return context


def arranged(user, shown: Application) -> list[Review]:
    """Who reads it, and why somebody does not."""
    rows = list(Review.objects.arranged_by(user).filter(application=shown).select_related("reviewer", "stage"))
    conflicts = [row.pk for row in rows if row.state == Review.State.CONFLICT]
    told = Act.objects.filter(source="reviews", verb="reviews conflict", object_id__in=conflicts).values_list("object_id", "reason")
    reasons = dict(told) if conflicts else {}
    for row in rows:
        row.reason = reasons.get(row.pk, "")
    return rows


def reviews_of(user, shown: Application) -> list[Review]:
    """Those that are sealed no more for this reader, with their points."""
    read = Review.objects.visible_to(user).filter(application=shown, state=Review.State.HANDED_IN)
    return list(read.select_related("reviewer", "stage").prefetch_related("scores__criterion"))
