"""Coming into a group and leaving it."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from portal.actions import record
from portal.models import User

from .. import search
from ..checking import JOINED, mend
from ..models import Exclusion, Group, Membership

LEFT = "leave group"


class LastOwner(Exception):
    """Somebody else must own the group first."""


@transaction.atomic
def join_group(user: User, group: Group) -> None:
    """Of an open group everybody becomes a member by a press."""
    group = hold_members(group)
    if not group.is_open:
        raise PermissionDenied
    admit(user, group)


def admit(user: User, group: Group, **act) -> None:
    """The caller holds the group, and knows by which right she comes in."""
    permit_entering(user, group)
    if put_member(group, user):
        record(user, JOINED, group.ref, **act)


def permit_entering(user: User, group: Group) -> None:
    if group.archived_at or group.hidden_at or Exclusion.objects.filter(group=group, user=user).exists():
        raise PermissionDenied


def permit_choosing_members(group: Group) -> None:
    if group.is_of_cohort:
        raise PermissionDenied


@transaction.atomic
def leave_group(user: User, group: Group) -> None:
    """Raise LastOwner where nobody would be left to look after it."""
    group = hold_members(group)
    permit_choosing_members(group)
    membership = group.memberships.filter(user=user).first()
    if membership:
        keep_an_owner(membership)
        take_out(membership)
        record(user, LEFT, group.ref)


def keep_an_owner(membership: Membership) -> None:
    owners = membership.group.memberships.filter(role=Membership.Role.OWNER)
    if membership.role == Membership.Role.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise LastOwner


def put_member(group: Group, user: User, *, role: str = Membership.Role.MEMBER) -> bool:
    """False where she is one already."""
    _membership, made = Membership.objects.get_or_create(group=group, user=user, defaults={"role": role})
    if made:
        recount_members(group)
    return made


def take_out(membership: Membership) -> None:
    membership.delete()
    recount_members(membership.group)


def recount_members(group: Group) -> None:
    Group.objects.filter(pk=group.pk).update(members_count=group.memberships.count())
    search.index_group(group)


def refresh_groups(ids: Iterable[int]) -> None:
    """Two of them may have become one, with the members and topics of both."""
    mend("group", set(ids))
    search.refresh_groups(ids)


def hold_members(group: Group) -> Group:
    """The first statement of a transaction that lets people in or out: whoever does so in the same group at the same moment waits."""
    Group.objects.filter(pk=group.pk).update(members_count=F("members_count"))
    return Group.objects.get(pk=group.pk)
