"""Builders of groups and what is said in them, for the demo and for tests. They call actions."""

import uuid

from django.utils import timezone

from portal.models import User

from . import actions
from .models import Group, Membership, Post, Topic


def make_group(owner: User | None = None, *members: User, name: str = "Математика мұғалімдері", **fields) -> Group:
    group = Group.objects.create(name_kk=name, founder=owner, **fields)
    if owner:
        make_member(group, owner, role=Membership.Role.OWNER)
    for member in members:
        make_member(group, member)
    return group


def make_member(group: Group, user: User, **fields) -> Membership:
    membership = Membership.objects.create(group=group, user=user, joined_at=timezone.now(), **fields)
    Group.objects.filter(pk=group.pk).update(members_count=group.memberships.count())
    return membership


def make_topic(author: User, group: Group, *, title: str = "Бөлшекті қалай түсіндіресіз?", text: str = "Сұрағым бар", **fields) -> Topic:
    return actions.post_topic(author, group, title=title, text=text, key=uuid.uuid4(), **fields).topic


def make_post(author: User, topic: Topic, *, text: str = "Менің тәжірибем мынандай.", **fields) -> Post:
    return actions.reply(author, topic, text=text, key=uuid.uuid4(), **fields)
