"""Deciding on applications: on one, on those that are ticked, on all that a filter finds."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.views.deeds import deed

from .. import actions
from ..actions.selection_runs import AT_ONCE
from ..forms.selection import DecisionForm, TakeBackForm, WordsForm
from ..letters import decision_letter
from ..listing import Asked, number, sent_to
from ..models import Application, Cohort, DecisionWords, SelectionRun
from ..moves import MoveRefused
from .selection import selected_cohort


@deed
def decide(request, pk: int):
    """First it is shown on how many it would be decided and what they would read, then it is done."""
    cohort = selected_cohort(request, pk)
    form, chosen = DecisionForm(request.POST), chosen_ones(request, cohort)
    count = chosen.count()
    if not count:
        messages.error(request, _("Tick the applications on which you decide."))
        return redirect("cohort_applications", pk)
    if form.is_valid() and request.POST.get("sure") == str(count):
        return done(request, cohort, form, chosen) if count <= AT_ONCE else begun(request, cohort, form, chosen)
    letter = decision_letter(cohort, form.cleaned_data["outcome"], form.cleaned_data["reason"], "kk") if form.is_valid() else None
    context = {"cohort": cohort, "form": form, "count": count, "letter": letter, "chosen": chosen.select_related("user")[:20]}
    context |= {name: request.POST.get(name, "") for name in ("all", "filter", "single")} | {"ids": request.POST.getlist("id")}
    return render(request, "leaders/decisions/sure.html", context, status=422 if form.errors else 200)


def chosen_ones(request, cohort: Cohort) -> QuerySet:
    sent = sent_to(request.user, cohort)
    if request.POST.get("all"):
        return Asked.of(QueryDict(request.POST.get("filter", ""))).narrow(sent)
    return sent.filter(pk__in=[pk for text in request.POST.getlist("id") if (pk := number(text))])


def done(request, cohort: Cohort, form: DecisionForm, chosen: QuerySet):
    try:
        decided = actions.decide(request.user, cohort, chosen, form.cleaned_data["outcome"], reason=form.cleaned_data["reason"])
    except MoveRefused:
        messages.error(request, _("Somebody else has changed one of these applications at this moment. Nothing was decided: try again."))
        return redirect("cohort_applications", cohort.pk)
    tell_result(request, decided)
    if "single" in request.POST and (single := chosen.first()):
        return redirect("application", single.pk)
    return redirect("cohort_applications", cohort.pk)


def begun(request, cohort: Cohort, form: DecisionForm, chosen: QuerySet):
    outcome, reason = form.cleaned_data["outcome"], form.cleaned_data["reason"]
    return led_to_run(request, cohort, lambda: actions.decide_on_many(request.user, cohort, chosen, outcome, reason=reason))


def led_to_run(request, cohort: Cohort, start: Callable[[], SelectionRun]):
    """To the page that says how far it is; also where one is under way already."""
    try:
        run = start()
    except actions.UnderWay:
        messages.info(request, _("Many applications of this cohort are being worked on already: please wait until that is done."))
        run = SelectionRun.objects.visible_to(request.user).filter(cohort=cohort).first()
    return redirect("selection_run", run.pk)


def tell_result(request, decided: actions.Decided) -> None:
    if number := len(decided.done):
        said = ngettext(
            "Decided on %(number)s application; the letter is on its way.",
            "Decided on %(number)s applications; the letters are on their way.",
            number,
        )
        messages.success(request, said % {"number": number})
    if number := len(decided.unendorsed):
        said = ngettext(
            "%(number)s application stays as it is: the head of school has not endorsed it.",
            "%(number)s applications stay as they are: the heads of school have not endorsed them.",
            number,
        )
        messages.warning(request, said % {"number": number})
    if number := len(decided.unmoved):
        said = ngettext(
            "%(number)s application stays as it is: this decision cannot follow its state.",
            "%(number)s applications stay as they are: this decision cannot follow their state.",
            number,
        )
        messages.warning(request, said % {"number": number})


@deed
def take_back(request, pk: int):
    shown = get_object_or_404(Application.objects.decidable_by(request.user).select_related("cohort", "user"), pk=pk)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the reason for taking the decision back."))
        return redirect("application", pk)
    try:
        actions.take_decision_back(request.user, shown, reason=form.cleaned_data["reason"])
        messages.success(request, _("The decision is taken back: the application is in the selection again."))
    except actions.HasSeat:
        messages.error(request, _("She or he is on the list for a seat or has one: end that first."))
    except MoveRefused:
        messages.error(request, _("There is no decision that could be taken back."))
    return redirect("application", pk)


@login_required
def words(request, pk: int):
    """What letters of decisions say in each language, besides the reason."""
    cohort = selected_cohort(request, pk)
    known = {row.outcome: row for row in DecisionWords.objects.visible_to(request.user).filter(cohort=cohort)}
    form = WordsForm(request.POST if request.method == "POST" else None, words=known)
    if form.is_bound and form.is_valid():
        for outcome, _label in Application.OUTCOMES:
            actions.put_words(request.user, cohort, outcome, **form.texts(outcome))
        messages.success(request, _("Saved."))
        return redirect("cohort_applications", pk)
    return render(request, "leaders/decisions/words.html", {"cohort": cohort, "form": form}, status=422 if form.errors else 200)
