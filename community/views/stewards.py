"""Pages of those who look after a group: requests, roles, removing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.paging import newest_first, oldest_first
from portal.views.deeds import deed

from .. import actions
from ..forms.membership import RemovalForm, WordForm
from ..models import Exclusion, JoinRequest, Membership
from .frame import frame, stewarded_group


@login_required
def requests(request, pk: int):
    """The longest waiting first."""
    group, standing = stewarded_group(request, pk)
    waiting = group.requests.filter(state=JoinRequest.State.WAITING).select_related("user")
    context = {"page": oldest_first(request, waiting, "asked_at"), "form": WordForm()}
    return render(request, "community/group_requests.html", frame(request, group, standing, "group_requests") | context)


@deed
def decide(request, pk: int, request_pk: int):
    group, _standing = stewarded_group(request, pk)
    asked = get_object_or_404(group.requests.select_related("user", "group"), pk=request_pk)
    word = request.POST.get("word", "").replace("\x00", "")[:500].strip()
    try:
        decided = actions.decide_request(request.user, asked, approve="approve" in request.POST, word=word)
    except PermissionDenied:
        messages.error(request, _("Nobody can be let in: the group is archived, or this person was removed from it."))
        return redirect("group_requests", pk)
    if decided:
        messages.success(request, _("Decided: %(name)s is told.") % {"name": asked.user.full_name})
    else:
        messages.info(request, _("This request was answered or taken back before."))
    return redirect("group_requests", pk)


@deed
def set_role(request, pk: int, user_pk: int):
    group, standing = stewarded_group(request, pk)
    membership = get_object_or_404(group.memberships, user=user_pk)
    role = request.POST.get("role")
    if not standing.is_owner or role not in Membership.Role.values:
        raise Http404
    try:
        actions.set_role(request.user, membership, role)
    except actions.LastOwner:
        return render(request, "community/last_owner.html", {"group": group}, status=422)
    return redirect("group_members", pk)


@login_required
def remove(request, pk: int, user_pk: int):
    group, _standing = stewarded_group(request, pk)
    actions.permit_choosing_members(group)
    membership = group.memberships.select_related("user").filter(user=user_pk).first()
    if not membership:
        if request.method == "POST":
            return redirect("group_exclusions", pk)
        raise Http404
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_member(request.user, membership, reason=form.cleaned_data["reason"])
        messages.success(request, _("Removed: %(name)s.") % {"name": membership.user.full_name})
        return redirect("group_exclusions", pk)
    context = {"form": form, "group": group, "membership": membership}
    return render(request, "community/remove_member.html", context, status=422 if form.errors else 200)


@login_required
def exclusions(request, pk: int):
    group, standing = stewarded_group(request, pk)
    page = newest_first(request, Exclusion.objects.filter(group=group).select_related("user", "by"), "at")
    return render(request, "community/group_exclusions.html", frame(request, group, standing, "group_members") | {"page": page})


@deed
def lift(request, pk: int, user_pk: int):
    group, _standing = stewarded_group(request, pk)
    if exclusion := Exclusion.objects.filter(group=group, user=user_pk).select_related("user", "group").first():
        actions.lift_exclusion(request.user, exclusion)
        messages.success(request, _("%(name)s may come back.") % {"name": exclusion.user.full_name})
    return redirect("group_exclusions", pk)
