"""Joining a group and leaving it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.views.deeds import deed

from .. import actions
from ..forms.groups import JoinForm
from .frame import frame, known_group


@deed
def join(request, pk: int):
    """At once where the group is open; else her request goes to the stewards."""
    group, standing = known_group(request, pk)
    if standing.is_member:
        return redirect("group", pk)
    if group.is_open:
        actions.join_group(request.user, group)
        messages.success(request, _("You are a member now."))
        return redirect("group", pk)
    form = JoinForm(request.POST, group=group)
    if not form.is_valid():
        context = frame(request, group, standing, "group")
        return render(request, "community/group_closed.html", context | {"door": {"form": form}}, status=422)
    actions.ask_to_join(request.user, group, answer=form.cleaned_data["answer"])
    messages.success(request, _("Your request is with the stewards. You will be told when they have decided."))
    return redirect("group", pk)


@login_required
def leave(request, pk: int):
    """Back into a group that is not open leads only an invitation or a request: there the press is asked about first."""
    group, standing = known_group(request, pk)
    actions.permit_choosing_members(group)
    if request.method != "POST" or not standing.is_member:
        return (
            render(request, "community/leave_group.html", frame(request, group, standing)) if standing.is_member else redirect("group", pk)
        )
    try:
        actions.leave_group(request.user, group)
    except actions.LastOwner:
        return render(request, "community/last_owner.html", {"group": group}, status=422)
    messages.success(request, _("You have left the group “%(name)s”.") % {"name": group.name})
    return redirect("groups" if group.is_hidden else "group", *([] if group.is_hidden else [pk]))


@deed
def take_back(request, pk: int):
    group, _standing = known_group(request, pk)
    actions.take_back_request(request.user, group)
    return redirect("group", pk)
