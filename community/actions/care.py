"""Taken out of sight after a complaint, and put back. Those responsible act here without being members; stewards have their own ways."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.actions import record
from portal.models import User
from portal.tasks import enqueue
from search.entries import withdraw_container

from .. import search, tasks
from ..checking import mend
from ..models import Group, Post, Topic
from .editing import forget_solution
from .topics import hold


@transaction.atomic
def take_down_post(actor: User, pk: int, reason: str) -> None:
    turn_post(actor, pk, Post.State.SHOWN, Post.State.HIDDEN, reason)


@transaction.atomic
def put_back_post(actor: User, pk: int) -> None:
    turn_post(actor, pk, Post.State.HIDDEN, Post.State.SHOWN, "")


def turn_post(actor: User, pk: int, before: str, after: str, reason: str) -> None:
    post = Post.objects.select_related("topic").get(pk=pk)
    topic = post.topic = hold(post.topic)
    if not Post.objects.filter(pk=pk, state=before).update(state=after, reason=reason):
        return
    post.state = after
    if after == Post.State.HIDDEN:
        forget_solution(topic, post)
        enqueue(tasks.take_back_post, post.pk)
    mend("topic", {topic.pk})
    search.index_post(post)
    record(actor, "hide" if after == Post.State.HIDDEN else "show", post.ref, reason=reason)


@transaction.atomic
def take_down_topic(actor: User, pk: int, reason: str) -> None:
    turn_topic(actor, pk, Topic.State.SHOWN, Topic.State.HIDDEN, reason)


@transaction.atomic
def put_back_topic(actor: User, pk: int) -> None:
    turn_topic(actor, pk, Topic.State.HIDDEN, Topic.State.SHOWN, "")


def turn_topic(actor: User, pk: int, before: str, after: str, reason: str) -> None:
    topic = hold(Topic.objects.get(pk=pk))
    if not Topic.objects.filter(pk=pk, state=before).update(state=after, reason=reason):
        return
    hidden = after == Topic.State.HIDDEN
    Group.objects.filter(pk=topic.group_id).update(topics_count=F("topics_count") + (-1 if hidden else 1))
    (search.unindex_topic if hidden else search.index_topic)(topic)
    record(actor, "hide" if hidden else "show", topic.ref, reason=reason)


@transaction.atomic
def take_down_group(actor: User, pk: int, reason: str) -> None:
    if Group.objects.filter(pk=pk, hidden_at=None).update(hidden_at=timezone.now(), hidden_reason=reason):
        follow_group(actor, "hide", Group.objects.get(pk=pk), reason)


@transaction.atomic
def put_back_group(actor: User, pk: int) -> None:
    if Group.objects.filter(pk=pk).exclude(hidden_at=None).update(hidden_at=None, hidden_reason=""):
        follow_group(actor, "show", Group.objects.get(pk=pk), "")


def follow_group(actor: User, verb: str, group: Group, reason: str) -> None:
    """Itself and all that is said in it."""
    withdraw_container(group.token)
    search.index_group(group)
    search.refresh_groups([group.pk])
    record(actor, verb, group.ref, reason=reason)
