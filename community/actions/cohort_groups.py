"""The group of a cohort: who is in it, and as what, is decided in the cohort alone."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from portal.actions import record

from .. import search
from ..models import Group, Membership
from .membership import hold_members, recount_members


@transaction.atomic
def found_cohort_group(words: dict[str, str]) -> Group:
    """Nobody but its members knows of it. `words`: names and purposes by language."""
    group = Group.objects.create(origin=Group.Origin.COHORT, access=Group.Access.HIDDEN, **words)
    record(None, "found group", group.ref, after={"access": group.access})
    search.index_group(group)
    return group


@transaction.atomic
def follow_cohort(group: Group, people: Mapping[int, str]) -> None:
    """These people are in it with these roles, and nobody else. Repeating it changes nothing."""
    group = hold_members(group)
    members = {membership.user_id: membership for membership in group.memberships.all()}
    gone = [pk for pk in members if pk not in people]
    come = [Membership(group=group, user_id=pk, role=role) for pk, role in people.items() if pk not in members]
    for pk, role in people.items():
        if pk in members and members[pk].role != role:
            group.memberships.filter(user=pk).update(role=role)
            record(None, "change role", group.ref, before={"person": pk, "role": members[pk].role}, after={"role": role})
    if not gone and not come:
        return
    group.memberships.filter(user__in=gone).delete()
    Membership.objects.bulk_create(come)
    for verb, changed in (("leave cohort group", gone), ("enter cohort group", [membership.user_id for membership in come])):
        if changed:
            record(None, verb, group.ref, after={"people": changed})
    recount_members(group)


@transaction.atomic
def rename_cohort_group(group: Group, names: dict[str, str]) -> None:
    Group.objects.filter(pk=group.pk).update(**names)
    search.index_group(Group.objects.get(pk=group.pk))


@transaction.atomic
def close_cohort_group(group: Group) -> None:
    """What was said stays to be read by those who were in it."""
    if Group.objects.filter(pk=group.pk, archived_at=None).update(archived_at=timezone.now()):
        record(None, "archive group", group.ref)
        search.index_group(Group.objects.get(pk=group.pk))
