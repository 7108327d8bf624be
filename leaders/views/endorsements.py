"""The head's word: the applicant asks, the head answers by the link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.limits import exceeded
from portal.views.deeds import deed

from .. import actions
from ..forms.applications import EndorseForm, EndorsementForm
from ..letters import endorsement_of
from ..models import Endorsement
from ..moves import MoveRefused


@login_required
def ask(request, pk: int):
    """To whom the letter goes, and in which language."""
    application = get_object_or_404(Endorsement.objects.askable(request.user).select_related("cohort", "user"), pk=pk)
    form = EndorsementForm(request.POST if request.method == "POST" else None, initial={"language": application.language})
    if form.is_bound and form.is_valid() and asked(request, application, form):
        messages.success(request, _("The letter to the head of your school is on its way."))
        return redirect("application", pk)
    context = {"application": application, "cohort": application.cohort, "form": form}
    return render(request, "leaders/endorsements/ask.html", context, status=422 if form.errors else 200)


def asked(request, application, form: EndorsementForm) -> bool:
    """Letters go to people who have not asked for any: how many, is counted by person too, whatever she applies to."""
    try:
        if exceeded("endorsement", request.user):
            raise actions.TooManyLetters
        actions.ask_for_endorsement(request.user, application, **form.cleaned_data)
    except actions.OwnAddress:
        form.add_error("head_email", _("This is your own address. The letter must go to the head of your school."))
    except actions.TooManyLetters:
        form.add_error(None, _("Too many letters have been sent for this application. Write to those who look after the cohort."))
    return not form.errors


@deed
def withdraw(request, pk: int):
    asked = get_object_or_404(Endorsement.objects.editable_by(request.user), application=pk)
    try:
        actions.withdraw_endorsement(request.user, asked)
        messages.success(request, _("The request is withdrawn: its link opens nothing any more."))
    except MoveRefused:
        messages.error(request, _("The head has answered meanwhile."))
    return redirect("application", pk)


@never_cache
def endorse(request, token: str):
    """Whoever holds the link reads who asks and for what, and answers once."""
    shown = endorsement_of(token)
    if not shown:
        raise Http404
    is_own = request.user.is_authenticated and request.user.pk == shown.application.user_id
    expired = shown.state == Endorsement.State.EXPIRED or (shown.state == Endorsement.State.ASKED and shown.expires_at <= timezone.now())
    answerable = shown.state == Endorsement.State.ASKED and not expired and not is_own
    form = EndorseForm(request.POST if request.method == "POST" and answerable else None)
    if form.is_bound and form.is_valid() and answered(request, shown, form):
        return redirect("endorse", token)
    context = {"endorsement": shown, "application": shown.application, "cohort": shown.application.cohort}
    position = shown.application.user.main_position
    context |= {"school": shown.application.school or (position and position.school)}
    context |= {"form": form, "expired": expired, "own": is_own, "answerable": answerable}
    return render(request, "leaders/endorsements/endorse.html", context, status=status_of(form, shown, expired))


def answered(request, shown: Endorsement, form: EndorseForm) -> bool:
    by = request.user if request.user.is_authenticated else None
    try:
        actions.answer_endorsement(shown, given=form.cleaned_data["answer"] == "given", word=form.cleaned_data["word"], by=by)
    except (actions.Expired, MoveRefused):
        pass
    return True


def status_of(form: EndorseForm, shown: Endorsement, expired: bool) -> int:
    if form.errors:
        return 422
    return 410 if expired or shown.state == Endorsement.State.WITHDRAWN else 200
