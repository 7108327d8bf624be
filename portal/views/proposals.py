"""Schools that people have missed in the list: accepted, joined to a listed one, or refused by administrators."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from .. import actions
from ..forms.schools import AcceptanceForm, JoinForm, RefusalForm
from ..models import Merged, Position, School
from ..paging import oldest_first
from .people import school_choices, sent_form
from .suggestions import school_options


def permit(request) -> None:
    if not request.user.has_role("administrator"):
        raise Http404


@login_required
def proposals(request):
    """The queue, oldest first."""
    permit(request)
    waiting = School.objects.visible_to(request.user).proposed().select_related("region", "proposed_by")
    return render(request, "portal/proposals.html", {"page": oldest_first(request, waiting, "created_at")})


@login_required
def proposal(request, pk: int):
    """One proposal: what may be the same school, and the three decisions."""
    permit(request)
    school = get_object_or_404(School.objects.select_related("region", "proposed_by"), pk=Merged.objects.current_id(School, pk))
    if school.state != School.State.PROPOSED:
        return decided_already(request)
    forms = decisions(request, school)
    chosen = forms.get(request.POST.get("decision"))
    if chosen and chosen.is_bound and chosen.is_valid() and (decided := decide(request, pk, chosen)):
        return decided
    context = {
        "school": school,
        "forms": forms,
        "similar": school_options(request, school.name_kk),
        "positions": Position.objects.current().filter(school=pk).select_related("user"),
        **school_choices(request),
    }
    return render(request, "portal/proposal.html", context, status=422 if any(form.errors for form in forms.values()) else 200)


def decisions(request, school: School) -> dict:
    """Of the three forms only the one that was sent is filled with it."""
    sent, decision = sent_form(request), request.POST.get("decision")
    return {
        "accept": AcceptanceForm(sent if decision == "accept" else None, instance=copy(school)),
        "join": JoinForm(sent if decision == "join" else None),
        "refuse": RefusalForm(sent if decision == "refuse" else None),
    }


def decide(request, pk: int, form):
    act = {AcceptanceForm: actions.accept_proposal, JoinForm: actions.join_proposal, RefusalForm: actions.refuse_proposal}[type(form)]
    try:
        decided = act(request.user, School(pk=pk), **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    if not decided:
        return decided_already(request)
    messages.success(request, _("Decided. The person who proposed the school is told."))
    return redirect("proposals")


def decided_already(request):
    messages.info(request, _("This proposal is decided already."))
    return redirect("proposals")
