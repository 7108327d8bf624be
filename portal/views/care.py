"""Keeping away: a person blocks another; administrators suspend."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from .. import actions
from ..forms.suspensions import SuspensionForm
from ..models import Block, User
from ..refs import Ref
from .deeds import deed


def other_person(request, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(request.user).exclude(pk=request.user.pk), pk=pk)


@deed
def block(request, pk: int):
    person = other_person(request, pk)
    if "unblock" in request.POST:
        actions.unblock(request.user, person)
        messages.success(request, _("Not blocked any more: %(name)s.") % {"name": person.full_name})
    else:
        actions.block(request.user, person)
        messages.success(request, _("Blocked: %(name)s. Nobody is told of it.") % {"name": person.full_name})
    return redirect("blocked_people") if "list" in request.POST else redirect("person", pk)


@login_required
def blocked_people(request):
    return render(request, "portal/blocked_people.html", {"blocks": Block.objects.visible_to(request.user).select_related("blocked")})


@login_required
def suspend(request, pk: int):
    """With a reason and an end, or lifting what stands."""
    person = get_object_or_404(User, pk=pk)
    if not actions.may_suspend(request.user, person):
        raise Http404
    if request.method == "POST" and "lift" in request.POST:
        actions.put_back(request.user, Ref("people", pk))
        messages.success(request, _("The suspension is lifted. The person is told."))
        return redirect("person", pk)
    form = SuspensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.suspend(request.user, person, **form.cleaned_data)
        messages.success(request, _("Suspended. The person is told why and until when."))
        return redirect("person", pk)
    context = {"form": form, "person": person, "suspension": person.suspensions.current().select_related("case").first()}
    return render(request, "portal/suspend.html", context, status=422 if form.errors else 200)
