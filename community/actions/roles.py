"""Who looks after a group, and who may stay in it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.actions import record
from portal.models import User
from portal.notices import tell

from ..models import Exclusion, Group, Membership
from ..notices import named
from .membership import hold_members, keep_an_owner, permit_choosing_members, take_out

REMOVED = "removed"


@transaction.atomic
def set_role(actor: User, membership: Membership, role: str) -> None:
    """An owner names owners and stewards. Of another owner's standing nobody decides; one's own is given up once somebody else owns it."""
    membership = hold_membership(membership)
    group, before = membership.group, membership.role
    if not Group.objects.editable_by(actor).filter(pk=group.pk).exists() or (is_owner(membership) and membership.user_id != actor.pk):
        raise PermissionDenied
    if before == role:
        return
    keep_an_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    record(actor, "change role", group.ref, before={"person": membership.user_id, "role": before}, after={"role": role})
    tell([membership.user], "group-role", group.ref, actor=actor, data=named(group) | {"role": role})


@transaction.atomic
def remove_member(actor: User, membership: Membership, *, reason: str) -> None:
    """She comes back only when a steward lets her."""
    membership = hold_membership(membership)
    permit_removing(actor, membership)
    group, user = membership.group, membership.user
    take_out(membership)
    Exclusion.objects.get_or_create(group=group, user=user, defaults={"by": actor, "reason": reason})
    record(actor, "remove member", group.ref, before={"person": user.pk}, reason=reason)
    tell([user], "group-role", group.ref, actor=actor, data=named(group) | {"role": REMOVED, "reason": reason})


def permit_removing(actor: User, membership: Membership) -> None:
    """Stewards remove members, owners stewards too; nobody removes an owner, or herself."""
    groups = Group.objects.editable_by(actor) if membership.is_steward else Group.objects.stewarded_by(actor)
    untouchable = is_owner(membership) or membership.user_id == actor.pk
    if untouchable or not groups.filter(pk=membership.group_id).exists():
        raise PermissionDenied


@transaction.atomic
def lift_exclusion(actor: User, exclusion: Exclusion) -> None:
    group = exclusion.group
    if not Group.objects.stewarded_by(actor).filter(pk=group.pk).exists():
        raise PermissionDenied
    if Exclusion.objects.filter(pk=exclusion.pk).delete()[0]:
        record(actor, "lift exclusion", group.ref, after={"person": exclusion.user_id})


def is_owner(membership: Membership) -> bool:
    return membership.role == Membership.Role.OWNER


def hold_membership(membership: Membership) -> Membership:
    permit_choosing_members(hold_members(membership.group))
    return Membership.objects.select_related("group", "user").get(pk=membership.pk)
