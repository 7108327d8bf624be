"""One version of a work, its files, and what is said to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.files import respond
from portal.views.deeds import deed

from .. import actions
from ..forms.assignments import AssessmentForm, ExternalResultForm
from ..models import Assessment, Enrolment, ExternalResult, Submission, SubmissionFile
from ..moves import MoveRefused
from ..querysets.roles import EXAMINER, MANAGER
from .assignments import holds, trail_of, works_step


def of_submission(request, pk: int) -> Submission:
    rows = Submission.objects.visible_to(request.user).select_related("assignment__cohort", "assignment__rubric", "enrolment__user")
    return get_object_or_404(rows, pk=pk)


@login_required
def submission(request, pk: int):
    shown = of_submission(request, pk)
    assessment = Assessment.objects.visible_to(request.user).filter(submission=shown).select_related("by").first()
    context = {
        **work_facts(request, shown),
        "assessment": assessment,
        "scores": assessment.scores.select_related("criterion") if assessment else [],
        "assesses": Submission.objects.assessable_by(request.user).filter(pk=pk).exists(),
        "is_mine": shown.enrolment.user_id == request.user.pk,
    }
    return render(request, "leaders/assignments/submission.html", context)


def work_facts(request, shown: Submission) -> dict:
    asked = shown.assignment
    versions = Submission.objects.visible_to(request.user).filter(assignment=asked, enrolment=shown.enrolment_id)
    return {
        "submission": shown,
        "assignment": asked,
        "files": shown.files.select_related("file"),
        "versions": versions.exclude(pk=shown.pk).exclude(state="draft").order_by("version"),
        "trail": trail_of(asked.cohort, works_step(asked.cohort), (asked.title, asked.address)),
    }


@login_required
def submission_file(request, pk: int, file_pk: int):
    rows = SubmissionFile.objects.visible_to(request.user).select_related("file")
    return respond(request, get_object_or_404(rows, submission__pk=pk, file__pk=file_pk).file)


@deed
def drop_submission_file(request, pk: int, file_pk: int):
    rows = SubmissionFile.objects.editable_by(request.user).select_related("file", "submission")
    row = get_object_or_404(rows, submission__pk=pk, file__pk=file_pk)
    actions.drop_work_file(request.user, row)
    return redirect("assignment", row.submission.assignment_id)


@deed
def take_back_submission(request, pk: int):
    row = get_object_or_404(Submission.objects.of(request.user).select_related("assignment", "enrolment"), pk=pk)
    try:
        actions.take_back_submission(request.user, row)
    except actions.IsBeingRead:
        messages.info(request, _("Somebody reads your work already. The feedback comes first."))
    except (MoveRefused, PermissionDenied):
        messages.info(request, _("It cannot be taken back any more."))
    return redirect("assignment", row.assignment_id)


@login_required
def assess(request, pk: int):
    shown = get_object_or_404(
        Submission.objects.assessable_by(request.user).select_related("assignment__cohort", "assignment__rubric", "enrolment__user"), pk=pk
    )
    begun = Assessment.objects.filter(submission=shown).select_related("by").prefetch_related("scores").first()
    if begun and begun.by_id not in (None, request.user.pk) and not holds(request.user, shown.assignment.cohort, MANAGER):
        messages.info(request, _("%(name)s assesses this work already.") % {"name": begun.by.get_full_name()})
        return redirect("submission", pk)
    criteria = list(shown.assignment.rubric.criteria.all()) if shown.assignment.rubric else []
    form = AssessmentForm(request.POST or None, assignment=shown.assignment, criteria=criteria, initial=begun_with(begun))
    if request.method == "POST" and form.is_valid():
        return assessed(request, shown, form)
    context = {**work_facts(request, shown), "form": form, "begun": begun, "criteria": criteria}
    return render(request, "leaders/assignments/assess.html", context, status=422 if form.errors else 200)


def begun_with(begun: Assessment | None) -> dict:
    if not begun:
        return {}
    scores = {f"criterion-{score.criterion_id}": score.points for score in begun.scores.all()}
    return {"points": begun.points, "feedback": begun.feedback, **scores}


def assessed(request, shown: Submission, form: AssessmentForm):
    try:
        assessment = actions.save_assessment(request.user, shown, **form.marks)
        if "keep" in request.POST:
            messages.success(request, _("Kept. The participant does not see it until you release it."))
            return redirect("assess", shown.pk)
        actions.release(request.user, assessment)
        messages.success(request, _("Released: the participant is told."))
    except (MoveRefused, PermissionDenied):
        messages.info(request, _("Nothing was changed: somebody else was faster, or the page was old."))
    return redirect("assignment", shown.assignment_id)


@login_required
def external_result(request, pk: int):
    """What an assessment outside the programme has come to, for one participant."""
    seats = Enrolment.objects.visible_to(request.user).seated().select_related("cohort__version", "user")
    seat = get_object_or_404(seats, pk=pk)
    if not holds(request.user, seat.cohort, MANAGER, EXAMINER):
        raise Http404
    form = ExternalResultForm(request.POST or None, cohort=seat.cohort)
    if request.method == "POST" and form.is_valid():
        actions.put_external_result(request.user, seat, **form.cleaned_data)
        messages.success(request, _("The result is written down."))
        return redirect("external_result", pk)
    known = ExternalResult.objects.visible_to(request.user).filter(enrolment=seat).select_related("requirement")
    context = {"form": form, "seat": seat, "known": known, "trail": trail_of(seat.cohort)}
    return render(request, "leaders/assignments/external.html", context, status=422 if form.errors else 200)
