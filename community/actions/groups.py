"""Founding a group, changing it, closing it for writing and opening it again."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.actions import record
from portal.actions.people import stand_in_line
from portal.files import remove_file
from portal.models import File, User
from portal.tasks import enqueue
from portal.text import render
from search.entries import withdraw_container

from .. import search
from ..models import Group, Membership
from .join_requests import let_everybody_in
from .membership import hold_members, put_member

# From the widest to the narrowest
WIDTHS = [Group.Access.OPEN, Group.Access.REQUEST, Group.Access.HIDDEN]
TWICE_WITHIN = timedelta(hours=1)


def may_found(user: User) -> bool:
    return user.is_verified or user.is_administrator


def permit_owner(user: User, group: Group) -> None:
    if not Group.objects.editable_by(user).filter(pk=group.pk).exists():
        raise PermissionDenied


@transaction.atomic
def found_group(user: User, *, grades=(), picture: File | None = None, **fields) -> Group:
    """Who founds a group owns it. The same names again within the hour are the second press of a button."""
    if not may_found(user):
        raise PermissionDenied
    stand_in_line(user)
    names = {name: value for name, value in fields.items() if name.startswith("name_")}
    if twin := Group.objects.filter(founder=user, created_at__gt=timezone.now() - TWICE_WITHIN, **names).first():
        return twin
    group = Group.objects.create(founder=user, picture=picture, rules_html=render(fields.get("rules", "")), **fields)
    group.grades.set(grades)
    put_member(group, user, role=Membership.Role.OWNER)
    record(user, "found group", group.ref, after={"access": group.access})
    search.index_group(group)
    return group


@transaction.atomic
def change_group(user: User, group: Group, *, grades=(), **fields) -> Group:
    """What is narrowed is found by nobody until its entries are written anew. The act says which fields changed, never what stands in them:
    those who read the log of deeds are not members."""
    permit_owner(user, group)
    stored = hold_members(group)
    access, changed = stored.access, [name for name, value in fields.items() if getattr(stored, name) != value]
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.rules_html = render(stored.rules)
    stored.save(update_fields=[*fields, "rules_html"])
    stored.grades.set(grades)
    if stored.access != access:
        follow_access(stored, narrowed=WIDTHS.index(stored.access) > WIDTHS.index(access))
        let_everybody_in(user, stored)
    if changed:
        record(user, "change group", stored.ref, before={"access": access}, after={"access": stored.access, "fields": changed})
    search.index_group(stored)
    return stored


def follow_access(group: Group, *, narrowed: bool) -> None:
    if narrowed:
        withdraw_container(group.token)
    enqueue(search.write_topics_of_group, group.pk)


@transaction.atomic
def change_picture(user: User, group: Group, picture: File | None) -> None:
    permit_owner(user, group)
    stored = hold_members(group)
    before, stored.picture = stored.picture, picture
    stored.save(update_fields=["picture"])
    if before:
        remove_file(before)


@transaction.atomic
def archive_group(user: User, group: Group) -> None:
    """From now on it is only read."""
    permit_owner(user, group)
    if Group.objects.filter(pk=group.pk, archived_at=None).update(archived_at=timezone.now()):
        record(user, "archive group", group.ref)
        search.index_group(group)


@transaction.atomic
def reopen_group(user: User, group: Group) -> None:
    permit_owner(user, group)
    if Group.objects.filter(pk=group.pk).exclude(archived_at=None).update(archived_at=None):
        record(user, "reopen group", group.ref)
        let_everybody_in(user, hold_members(group))
        search.index_group(group)
