"""A steward invites by a link; whoever follows it becomes a member, of a hidden group too."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.actions import record
from portal.models import User

from ..models import Group, GroupInvitation, JoinRequest
from .membership import admit, hold_members, permit_choosing_members


@transaction.atomic
def invite_to_group(actor: User, group: Group) -> GroupInvitation:
    """One open link for each who invites: a second press gives the same."""
    group = hold_members(group)
    permit_choosing_members(group)
    # Who holds the group by her office and is no member vouches for nobody: an invitation needs its inviter among the stewards.
    if group.archived_at or group.hidden_at or not group.memberships.stewards().filter(user=actor).exists():
        raise PermissionDenied
    known = GroupInvitation.objects.open().filter(group=group, by=actor).first()
    if known:
        return known
    made = GroupInvitation.objects.create(group=group, by=actor)
    record(actor, "invite to group", group.ref, after={"invitation": made.pk})
    return made


@transaction.atomic
def withdraw_group_invitation(actor: User, invitation: GroupInvitation) -> None:
    if not GroupInvitation.objects.editable_by(actor).filter(pk=invitation.pk).exists():
        raise PermissionDenied
    if GroupInvitation.objects.filter(pk=invitation.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        record(actor, "withdraw group invitation", invitation.group.ref, after={"invitation": invitation.pk})


@transaction.atomic
def accept_group_invitation(user: User, invitation: GroupInvitation) -> bool:
    """False when the link holds no longer. A request of hers that waited is answered by it."""
    group = hold_members(invitation.group)
    if group.memberships.filter(user=user).exists():
        return True
    if not GroupInvitation.objects.open().filter(pk=invitation.pk).exists():
        return False
    admit(user, group, after={"invitation": invitation.pk})
    GroupInvitation.objects.filter(pk=invitation.pk).update(taken=F("taken") + 1)
    waiting = group.requests.filter(user=user, state=JoinRequest.State.WAITING)
    waiting.update(state=JoinRequest.State.APPROVED, decided_by=invitation.by, decided_at=timezone.now())
    return True
