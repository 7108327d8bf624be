"""Setting up the selection: the questions of the application and the stages, and leading applications from one to the next."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.views.deeds import deed

from .. import actions
from ..actions.selection_runs import AT_ONCE
from ..forms.selection import PartForm, QuestionForm, StageForm
from ..models import Cohort, Question, Stage
from .decisions import led_to_run

IN_USE = gettext_lazy("Somebody has begun an application already: what was asked of one is asked of all.")


@dataclass(frozen=True)
class Part:
    """Questions and stages are set up alike: a list with a form under it, and a page for each."""

    model: type
    form: type[PartForm]
    template: str
    list_page: str
    related: str


QUESTIONS = Part(Question, QuestionForm, "leaders/stages/question.html", "cohort_questions", "questions")
STAGES = Part(Stage, StageForm, "leaders/stages/stage.html", "cohort_stages", "stages")


def questions(request, pk: int):
    return parts(request, pk, QUESTIONS, "leaders/stages/questions.html")


def stages(request, pk: int):
    return parts(request, pk, STAGES, "leaders/stages/stages.html")


def question(request, pk: int):
    return change_part(request, pk, QUESTIONS)


def stage(request, pk: int):
    return change_part(request, pk, STAGES)


@login_required
def parts(request, pk: int, part: Part, template: str):
    """What stands, and below it a form for one more."""
    cohort = get_object_or_404(Cohort.objects.editable_by(request.user), pk=pk)
    rows = list(getattr(cohort, part.related).all())
    following = max((row.position for row in rows), default=0) + 1
    form = part.form(request.POST if request.method == "POST" else None, cohort=cohort, initial={"position": following})
    if form.is_bound and form.is_valid() and put(request, cohort, form):
        return redirect(part.list_page, pk)
    context = {"cohort": cohort, "rows": rows, "form": form, "changeable": not cohort.applications.exists()}
    if part is STAGES:
        context |= {"ready": {row.pk: actions.ready_for(row).count() for row in rows}, "leads": leads(request, cohort)}
    return render(request, template, context, status=422 if form.errors else 200)


def leads(request, cohort: Cohort) -> bool:
    return cohort.state == Cohort.State.SELECTION and Cohort.objects.selected_by(request.user).filter(pk=cohort.pk).exists()


@login_required
def change_part(request, pk: int, part: Part):
    row = own_part(request, pk, part)
    form = part.form(request.POST if request.method == "POST" else None, instance=row, cohort=row.cohort)
    if form.is_bound and form.is_valid() and put(request, row.cohort, form):
        return redirect(part.list_page, row.cohort_id)
    context = {"cohort": row.cohort, "row": row, "form": form, "changeable": not row.cohort.applications.exists()}
    return render(request, part.template, context, status=422 if form.errors else 200)


def own_part(request, pk: int, part: Part):
    return get_object_or_404(part.model.objects.editable_by(request.user).select_related("cohort"), pk=pk)


def put(request, cohort: Cohort, form: PartForm) -> bool:
    try:
        actions.put_part(request.user, cohort, form.instance)
    except actions.InUse:
        form.add_error(None, IN_USE)
    else:
        messages.success(request, _("Saved."))
    return not form.errors


@deed
def remove_question(request, pk: int):
    return remove(request, pk, QUESTIONS)


@deed
def remove_stage(request, pk: int):
    return remove(request, pk, STAGES)


def remove(request, pk: int, part: Part):
    row = own_part(request, pk, part)
    try:
        actions.remove_part(request.user, row)
    except actions.InUse:
        messages.error(request, IN_USE)
    return redirect(part.list_page, row.cohort_id)


@deed
def lead_on(request, pk: int):
    stage = get_object_or_404(Stage.objects.led_by(request.user).select_related("cohort"), pk=pk)
    try:
        if actions.ready_for(stage).count() > AT_ONCE:
            return led_to_run(request, stage.cohort, lambda: actions.lead_many_on(request.user, stage))
        number = actions.lead_on(request.user, stage)
    except actions.NotYet:
        messages.error(request, _("The selection has not begun: first the cohort takes no more applications."))
    else:
        said = ngettext("%(number)s application is in this stage now.", "%(number)s applications are in this stage now.", number)
        messages.success(request, said % {"number": number})
    return redirect("cohort_stages", stage.cohort_id)
