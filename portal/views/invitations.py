"""Links by which a coordinator brings colleagues to the school."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import actions
from ..forms.schools import InvitationForm
from ..invitations import address_of, invitation_of
from ..models import Invitation
from ..paging import newest_first
from .deeds import deed
from .people import school_choices, sent_form


@login_required
def invitations(request):
    """Making links and sending letters; below, what was made and whether it still holds."""
    if not request.user.confirms_positions:
        raise Http404
    letters = request.POST.get("how") == "letters"
    form = InvitationForm(sent_form(request), user=request.user, letters=letters, initial=request.POST.dict())
    if form.is_bound and form.is_valid() and invited(request, form, letters):
        return redirect("invitations")
    page = newest_first(request, Invitation.objects.editable_by(request.user).select_related("school"), "created_at")
    context = {"form": form, "page": page, "rows": rows(request.user, page.rows), **school_choices(request)}
    return render(request, "portal/invitations.html", context, status=422 if form.errors else 200)


def invited(request, form: InvitationForm, letters: bool) -> bool:
    school = form.cleaned_data["school"]
    if not letters:
        actions.make_invitation_link(request.user, school)
        messages.success(request, _("The link is ready: pass it on to your colleagues."))
        return True
    try:
        number = len(actions.send_invitations(request.user, school, form.cleaned_data["addresses"]))
    except ValidationError as error:
        form.add_error("addresses", error)
        return False
    sent = ngettext("%(number)d letter is on its way.", "%(number)d letters are on their way.", number)
    messages.success(request, sent % {"number": number})
    return True


def rows(user, found: list[Invitation]) -> list[dict]:
    for invitation in found:
        invitation.by = user
    return [
        {"invitation": invitation, "id": f"link-{invitation.pk}", "address": address_of(invitation) if invitation.is_open else ""}
        for invitation in found
    ]


@deed
def withdraw(request, pk: int):
    actions.withdraw_invitation(request.user, get_object_or_404(Invitation.objects.editable_by(request.user), pk=pk))
    messages.success(request, _("The invitation is withdrawn: its link opens nothing any more."))
    return redirect("invitations")


def invitation(request, token: str):
    """What whoever has the link reads: where to, by whom, and the button. A guest signs in first and comes back."""
    shown = invitation_of(token)
    if not shown:
        raise Http404
    if request.method == "POST":
        return accept(request, shown)
    confirmed = is_confirmed_at(request.user, shown.school_id)
    context = {"invitation": shown, "confirmed": confirmed}
    return render(request, "portal/invitation.html", context, status=200 if confirmed or shown.is_open else 410)


def accept(request, shown: Invitation):
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if not actions.accept_invitation(request.user, shown):
        return redirect(request.path)
    messages.success(request, _("Your place of work is confirmed: %(school)s.") % {"school": shown.school})
    return redirect("start")


def is_confirmed_at(user, school: int) -> bool:
    return user.is_authenticated and any(held.confirmed_at and held.school_id == school for held in user.current_positions)
