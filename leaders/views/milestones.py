"""A milestone: what was done, the evidence, the mentor's word."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.files import respond
from portal.limits import exceeded
from portal.models import File
from portal.views.deeds import deed
from portal.views.uploads import receive

from .. import actions
from ..forms.projects import DecisionForm, DescriptionForm, EvidenceForm, MilestoneForm
from ..models import Evidence, Milestone
from ..moves import MoveRefused, may_move
from ..querysets.roles import SEATED
from .assignments import TOO_MANY_FILES
from .projects import lacking, own_project, trail_to

WITH_THE_MENTOR = gettext_lazy("It lies with the mentor or is accepted: take it back first.")


def visible_milestone(request, pk: int) -> Milestone:
    rows = Milestone.objects.visible_to(request.user).select_related("project__enrolment__user", "requirement")
    return get_object_or_404(rows, pk=pk)


def own_milestone(request, pk: int) -> Milestone:
    return get_object_or_404(Milestone.objects.editable_by(request.user).select_related("project__enrolment"), pk=pk)


@login_required
def milestone(request, pk: int):
    return shown_with(request, visible_milestone(request, pk))


def shown_with(
    request,
    shown: Milestone,
    *,
    evidence: EvidenceForm | None = None,
    decision: DecisionForm | None = None,
    description: tuple[int, DescriptionForm] | None = None,
):
    """With the form that was not filled in as it should be, where there is one."""
    seat = shown.project.enrolment
    is_mine = seat.user_id == request.user.pk and seat.state in SEATED
    is_open = is_mine and shown.state in (Milestone.State.PLANNED, Milestone.State.RETURNED)
    decides = not is_mine and Milestone.objects.decidable_by(request.user).filter(pk=shown.pk).exists()
    context = {
        "milestone": shown,
        "project": shown.project,
        "is_mine": is_mine,
        "is_open": is_open,
        "evidence": evidence_of(request, shown, dict([description] if description else [])),
        "decisions": shown.decisions.select_related("by"),
        "evidence_form": (evidence or EvidenceForm()) if is_open else None,
        "decision_form": (decision or DecisionForm()) if decides and may_move(shown, Milestone.State.RETURNED) else None,
        "trail": trail_to(shown.project),
    }
    return render(request, "leaders/projects/milestone.html", context, status=422 if evidence or decision or description else 200)


def evidence_of(request, shown: Milestone, sent: dict[int, DescriptionForm]) -> list[Evidence]:
    """Each with the form that asks what is seen in it, as long as that is unsaid."""
    rows = list(Evidence.objects.visible_to(request.user).filter(milestone=shown).select_related("file"))
    for row in rows:
        row.unsaid = None if row.faces else sent.get(row.pk) or DescriptionForm(prefix=f"e{row.pk}")
    return rows


@login_required
def new_milestone(request, pk: int):
    return written(request, own_project(request, pk), None)


@login_required
def edit_milestone(request, pk: int):
    shown = own_milestone(request, pk)
    return written(request, shown.project, shown)


def written(request, project, shown: Milestone | None):
    form = MilestoneForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("milestone", actions.put_milestone(request.user, project, shown, **form.cleaned_data).pk)
        except PermissionDenied:
            form.add_error(None, WITH_THE_MENTOR)
    context = {"form": form, "project": project, "milestone": shown, "trail": trail_to(project)}
    return render(request, "leaders/projects/edit_milestone.html", context, status=422 if form.errors else 200)


@deed
def move_milestone(request, pk: int):
    """Sent to the mentor, or taken back."""
    shown = own_milestone(request, pk)
    try:
        if "back" in request.POST:
            actions.take_milestone_back(request.user, shown)
        else:
            actions.submit_milestone(request.user, shown)
            messages.success(request, _("Sent to your mentor."))
    except actions.NotReady as refusal:
        messages.error(request, lacking(refusal))
    except actions.FacesUnsaid:
        messages.error(request, _("Say of each piece of evidence whether pupils can be recognised in it."))
    except actions.NothingToShow:
        messages.error(request, _("Write what was done, or add evidence first."))
    except (MoveRefused, PermissionDenied):
        messages.info(request, _("Nothing was changed: somebody else was faster, or the page was old."))
    return redirect("milestone", pk)


@deed
def decide_milestone(request, pk: int):
    shown = get_object_or_404(Milestone.objects.decidable_by(request.user).select_related("project__enrolment__user", "requirement"), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return shown_with(request, shown, decision=form)
    try:
        accepted = form.cleaned_data["decision"] == "accept"
        actions.decide_milestone(request.user, shown, accepted=accepted, reason=form.cleaned_data["reason"])
    except MoveRefused:
        messages.info(request, _("Nothing was changed: somebody else was faster, or the page was old."))
    return redirect("milestone", pk)


@deed
def drop_milestone(request, pk: int):
    shown = own_milestone(request, pk)
    try:
        actions.drop_milestone(request.user, shown)
    except PermissionDenied:
        messages.error(request, _("What the programme asks for, or what the mentor has seen, stays."))
        return redirect("milestone", pk)
    return redirect("project", shown.project_id)


# Evidence


@deed
def add_evidence(request, pk: int):
    shown = own_milestone(request, pk)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data.pop("file")
        try:
            if exceeded("upload", request.user):
                raise ValidationError(_("Too many files within an hour. Wait a little, then choose the file again."))
            actions.add_evidence(request.user, shown, file, name=file.name, **form.cleaned_data)
            return redirect("milestone", pk)
        except ValidationError as error:
            form.add_error("file", error)
        except actions.TooMuchEvidence:
            form.add_error("file", TOO_MANY_FILES)
        except PermissionDenied:
            messages.info(request, WITH_THE_MENTOR)
            return redirect("milestone", pk)
    return shown_with(request, shown, evidence=form)


def upload(request, pk: int, upload=None):
    """Evidence in pieces, where JavaScript sends it; afterwards she says what is seen in it."""
    shown = own_milestone(request, pk) if request.user.is_authenticated else None

    def finish(request, file: File) -> str:
        try:
            actions.take_evidence(request.user, shown, file)
        except actions.TooMuchEvidence as refusal:
            raise ValidationError(TOO_MANY_FILES) from refusal
        except PermissionDenied as refusal:
            raise ValidationError(WITH_THE_MENTOR) from refusal
        return reverse("milestone", args=[pk])

    return receive(request, upload, target=f"milestones:{pk}", finish=finish)


@deed
def describe_evidence(request, pk: int):
    row = own_evidence(request, pk)
    form = DescriptionForm(request.POST, prefix=f"e{pk}")
    if not form.is_valid():
        return shown_with(request, visible_milestone(request, row.milestone_id), description=(pk, form))
    try:
        actions.describe_evidence(request.user, row, **form.cleaned_data)
    except PermissionDenied:
        messages.info(request, WITH_THE_MENTOR)
    return redirect("milestone", row.milestone_id)


def own_evidence(request, pk: int) -> Evidence:
    return get_object_or_404(Evidence.objects.editable_by(request.user).select_related("file", "milestone__project"), pk=pk)


@login_required
def evidence(request, pk: int):
    row = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("file"), pk=pk)
    return respond(request, row.file, as_attachment=False)


@deed
def drop_evidence(request, pk: int):
    row = own_evidence(request, pk)
    try:
        actions.drop_evidence(request.user, row)
    except PermissionDenied:
        messages.info(request, WITH_THE_MENTOR)
    return redirect("milestone", row.milestone_id)
