"""What stewards do with topics and posts, and authors with their own. Each is an act; who wrote the words is told why."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.actions import record
from portal.models import Case, User
from portal.notices import take_back, tell
from portal.tasks import enqueue

from .. import search, tasks
from ..checking import mend
from ..models import FormerPlace, Group, Post, Topic
from ..notices import named
from ..standing import standing_of
from . import care
from .editing import forget_solution
from .reading import pass_over
from .topics import hold, hold_group, release


def permit(user: User, group: Group) -> None:
    if not standing_of(user, group).is_steward:
        raise PermissionDenied


@transaction.atomic
def pin(user: User, topic: Topic, *, on: bool) -> None:
    turn(user, topic, "pinned_at", on, ("pin topic", "unpin topic"))


@transaction.atomic
def lock(user: User, topic: Topic, *, on: bool) -> None:
    turn(user, topic, "locked_at", on, ("lock topic", "unlock topic"))


def turn(user: User, topic: Topic, field: str, on: bool, verbs: tuple[str, str]) -> None:
    topic = hold(topic)
    permit(user, topic.group)
    if bool(getattr(topic, field)) != on:
        Topic.objects.filter(pk=topic.pk).update(**{field: timezone.now() if on else None})
        record(user, verbs[0] if on else verbs[1], topic.ref)


@transaction.atomic
def hide_topic(user: User, topic: Topic, reason: str) -> None:
    hold_group(topic.group)
    permit(user, topic.group)
    if topic.state == Topic.State.SHOWN:
        care.take_down_topic(user, topic.pk, reason)
        tell_author(user, topic.author, topic, "topic-hidden", topic, reason)


@transaction.atomic
def show_topic(user: User, topic: Topic) -> None:
    hold_group(topic.group)
    permit(user, topic.group)
    permit_showing(topic)
    care.put_back_topic(user, topic.pk)


def permit_showing(thing: Topic | Post) -> None:
    """What those responsible for the portal have decided is not for stewards to undo."""
    if Case.objects.standing().about(thing.ref).exists():
        raise PermissionDenied


@transaction.atomic
def hide_post(user: User, post: Post, reason: str) -> None:
    topic = hold(post.topic)
    permit(user, topic.group)
    permit_alone(post)
    if post.state == Post.State.SHOWN:
        care.take_down_post(user, post.pk, reason)
        tell_author(user, post.author, post, "post-hidden", topic, reason)


@transaction.atomic
def show_post(user: User, post: Post) -> None:
    topic = hold(post.topic)
    permit(user, topic.group)
    permit_showing(post)
    care.put_back_post(user, post.pk)


@transaction.atomic
def delete_post(user: User, post: Post, reason: str = "") -> None:
    """Her own words by their author, somebody else's by a steward with a reason. The number stays as a gap."""
    topic = post.topic = hold(post.topic)
    is_own = post.author_id == user.pk
    if not is_own:
        permit(user, topic.group)
    permit_alone(post)
    if not Post.objects.filter(pk=post.pk).exclude(state=Post.State.DELETED).update(state=Post.State.DELETED, reason=reason):
        return
    post.state = Post.State.DELETED
    forget_solution(topic, post)
    mend("topic", {topic.pk})
    if post.number:
        search.index_post(post)
        enqueue(tasks.take_back_post, post.pk)
    record(user, "delete post", post.ref, reason=reason)
    if not is_own:
        tell_author(user, post.author, post, "post-deleted", topic, reason)


def permit_alone(post: Post) -> None:
    """The opening post goes with its topic."""
    if post.number == 1 or post.topic.state == Topic.State.HELD:
        raise PermissionDenied


@transaction.atomic
def delete_topic(user: User, topic: Topic, reason: str = "") -> None:
    """Its author as long as nobody has answered, a steward with a reason."""
    hold_group(topic.group)
    topic = hold(topic)
    is_own = topic.author_id == user.pk and topic.posts_count <= 1
    if not is_own:
        permit(user, topic.group)
    if topic.state == Topic.State.DELETED:
        return
    Topic.objects.filter(pk=topic.pk).update(state=Topic.State.DELETED, reason=reason)
    # Nobody could decide about them any more.
    topic.posts.filter(state=Post.State.HELD).update(state=Post.State.DELETED, reason=reason)
    mend("group", {topic.group_id})
    search.unindex_topic(topic)
    record(user, "delete topic", topic.ref, reason=reason)
    if not is_own:
        tell_author(user, topic.author, topic, "topic-hidden", topic, reason)


@transaction.atomic
def move_topic(user: User, topic: Topic, group: Group) -> None:
    """To another group of which she is a steward too; its posts are read by others from now on."""
    for touched in sorted((topic.group, group), key=lambda each: each.pk):
        hold_group(touched)
    topic = hold(topic)
    before = topic.group
    permit(user, before)
    permit(user, group)
    if before == group:
        return
    Topic.objects.filter(pk=topic.pk).update(group=group, pinned_at=None)
    topic.group = group
    mend("group", {before.pk, group.pk})
    search.unindex_topic(topic)
    record(user, "move topic", topic.ref, before={"group": before.pk}, after={"group": group.pk})


@transaction.atomic
def split_topic(user: User, topic: Topic, numbers: list[int], title: str) -> Topic:
    """These posts become a topic of their own; where they stood leads there. The opening post stays."""
    hold_group(topic.group)
    topic = hold(topic)
    permit(user, topic.group)
    posts = list(topic.posts.shown().filter(number__in=numbers, number__gt=1).order_by("number"))
    if not posts:
        raise PermissionDenied
    begun = Topic.objects.create(
        group=topic.group, author=posts[0].author, kind=Topic.Kind.DISCUSSION, title=title, language=posts[0].language
    )
    for number, post in enumerate(posts, 1):
        FormerPlace.objects.create(topic=topic, number=post.number, post=post)
        post.topic, post.number = begun, number
        post.save(update_fields=["topic", "number"])
        forget_solution(topic, post)
    begun.created_at = posts[0].created_at
    begun.save(update_fields=["created_at"])
    mend("topic", {topic.pk, begun.pk})
    mend("group", {topic.group_id})
    begun.refresh_from_db()
    pass_over(topic)
    search.index_topic(topic)
    search.index_topic(begun)
    record(user, "split topic", topic.ref, after={"topic": begun.pk, "posts": numbers})
    return begun


@transaction.atomic
def let_through(user: User, post: Post) -> None:
    """A post that waits is read from now on; in an archived group nothing new is."""
    group = hold_group(post.topic.group)
    topic = hold(post.topic)
    permit(user, topic.group)
    if group.archived_at:
        raise PermissionDenied
    post = Post.objects.select_related("author").get(pk=post.pk)
    if post.state == Post.State.HELD:
        post.topic = topic
        held_since = post.created_at
        release(post)
        take_back(post.author, "group-held", group.ref, since=held_since)
        record(user, "let through", post.ref)


@transaction.atomic
def refuse(user: User, post: Post, reason: str) -> None:
    topic = hold(post.topic)
    permit(user, topic.group)
    if not Post.objects.filter(pk=post.pk, state=Post.State.HELD).update(state=Post.State.DELETED, reason=reason):
        return
    Topic.objects.filter(pk=topic.pk, state=Topic.State.HELD).update(state=Topic.State.DELETED, reason=reason)
    take_back(post.author, "group-held", topic.group.ref, since=post.created_at)
    record(user, "refuse post", post.ref, reason=reason)
    tell_author(user, post.author, post, "post-refused", topic, reason)


def tell_author(user: User, author: User | None, thing: Topic | Post, kind: str, topic: Topic, reason: str) -> None:
    data = {"title": topic.title, "language": topic.language, "reason": reason, "address": thing.address}
    tell([author], kind, thing.ref, actor=user, data=data | named(topic.group))
