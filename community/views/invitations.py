"""Links into a group: made by its stewards, followed by whoever has one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.paging import newest_first
from portal.views.deeds import deed

from .. import actions
from ..invitations import address_of, invitation_of, why_dead
from ..models import GroupInvitation, Membership
from .frame import frame, stewarded_group


@login_required
def invitations(request, pk: int):
    group, standing = stewarded_group(request, pk)
    actions.permit_choosing_members(group)
    if request.method == "POST":
        actions.invite_to_group(request.user, group)
        messages.success(request, _("The link is ready: pass it on."))
        return redirect("group_invitations", pk)
    page = newest_first(request, group.invitations.select_related("by"), "created_at")
    alive = set(GroupInvitation.objects.open().filter(pk__in=[row.pk for row in page.rows]).values_list("pk", flat=True))
    rows = [{"invitation": row, "id": f"link-{row.pk}", "address": address_of(row) if row.pk in alive else ""} for row in page.rows]
    return render(
        request, "community/group_invitations.html", frame(request, group, standing, "group_about") | {"page": page, "rows": rows}
    )


@deed
def withdraw(request, pk: int, invitation_pk: int):
    group, _standing = stewarded_group(request, pk)
    actions.withdraw_group_invitation(request.user, get_object_or_404(group.invitations.select_related("group"), pk=invitation_pk))
    messages.success(request, _("The link is withdrawn: it opens nothing any more."))
    return redirect("group_invitations", pk)


def invitation(request, token: str):
    """A link that is dead does not even say into which group it led."""
    shown = invitation_of(token)
    if not shown:
        raise Http404
    if is_member(request.user, shown):
        return redirect("group", shown.group_id)
    dead = why_dead(shown)
    if request.method == "POST" and not dead:
        return accept(request, shown)
    return render(request, "community/group_invitation.html", {"invitation": shown, "dead": dead}, status=410 if dead else 200)


def accept(request, shown: GroupInvitation):
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    try:
        accepted = actions.accept_group_invitation(request.user, shown)
    except PermissionDenied:
        return render(request, "community/group_invitation.html", {"invitation": shown, "dead": "excluded"}, status=403)
    if not accepted:
        return redirect(request.path)
    messages.success(request, _("You are a member now."))
    return redirect("group", shown.group_id)


def is_member(user, shown: GroupInvitation) -> bool:
    return user.is_authenticated and Membership.objects.filter(group=shown.group_id, user=user).exists()
