"""Starting a topic and answering in one."""

from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.actions import record
from portal.models import User
from portal.notices import tell
from portal.refs import Ref
from portal.tasks import enqueue
from search.analysis import guess_language

from .. import care, search, tasks
from ..models import Group, Mention, Post, Topic
from ..notices import named
from ..standing import standing_of
from ..writing import Rendered, render
from .drafts import send_draft
from .join_requests import stewards_of
from .reading import follow_own


@transaction.atomic
def post_topic(
    user: User,
    group: Group,
    *,
    title: str,
    text: str,
    key: UUID,
    kind: str = Topic.Kind.DISCUSSION,
    language: str = "",
    about: Ref | None = None,
) -> Post:
    """The first post of a new topic; the same `key` again gives the post that is there. Raise care.NotNow where it is too soon."""
    group = hold_group(group)
    key, sent = sent_before(user, key, text)
    if sent:
        return sent
    standing = standing_of(user, group)
    if not (standing.announces if kind == Topic.Kind.ANNOUNCEMENT else standing.writes):
        raise PermissionDenied
    care.admit(user, group, text, starts_topic=True)
    topic = Topic.objects.create(
        group=group,
        author=user,
        kind=kind,
        title=title,
        language=language or guess_language(f"{title} {text}"),
        about_source=about.source if about else "",
        about_id=about.id if about else 0,
        state=care.state_of(user, standing, text),
    )
    post = put_post(user, topic, text=text, key=key, language=topic.language, state=topic.state)
    send_draft(user, group, post)
    release_or_hold(post)
    record(user, "start topic", topic.ref, after={"group": group.pk, "state": topic.state})
    return post


@transaction.atomic
def reply(user: User, topic: Topic, *, text: str, key: UUID, language: str = "") -> Post:
    """The next post of a topic; the same `key` again gives the post that is there. Raise care.NotNow where it is too soon."""
    topic = hold(topic)
    key, sent = sent_before(user, key, text)
    if sent:
        return sent
    standing = standing_of(user, topic.group)
    if not standing.answers(topic):
        raise PermissionDenied
    care.admit(user, topic.group, text)
    state = care.state_of(user, standing, text)
    post = put_post(user, topic, text=text, key=key, language=language or guess_language(text), state=state)
    send_draft(user, topic, post)
    release_or_hold(post)
    return post


def sent_before(user: User, key: UUID, text: str) -> tuple[UUID, Post | None]:
    """One form sends one post; two windows in which one draft became two texts send two."""
    sent = Post.objects.filter(author=user, key=key).first()
    if sent and sent.text != text and not sent.revision:
        key = uuid5(key, text)
        sent = Post.objects.filter(author=user, key=key).first()
    return key, sent


def put_post(user: User, topic: Topic, *, text: str, key: UUID, language: str, state: str) -> Post:
    rendered = render(text)
    post = Post.objects.create(topic=topic, author=user, text=text, html=rendered.html, key=key, language=language, state=state)
    name_people(post, rendered)
    return post


def name_people(post: Post, rendered: Rendered) -> set[int]:
    """Whom the text names is kept; who is named for the first time is answered, the writer herself is not."""
    named = set(User.objects.filter(pk__in=rendered.mentioned).exclude(pk=post.author_id).values_list("pk", flat=True))
    known = set(post.mentions.values_list("user", flat=True)) if post.revision else set()
    post.mentions.exclude(user__in=named).delete()
    Mention.objects.bulk_create(Mention(post=post, user_id=pk) for pk in named - known)
    return named - known


def release_or_hold(post: Post) -> None:
    """A post that is held is told to the stewards of its group, who let it through or refuse it."""
    if post.state == Post.State.SHOWN:
        return release(post)
    group = post.topic.group
    tell(stewards_of(group), "group-held", group.ref, actor=post.author, data=named(group))


def release(post: Post) -> None:
    """Give a post its number: from now on it is read, found and told. The caller holds its topic.

    It is of this moment, also where it waited for a steward: by number and by time posts have one order.
    """
    topic, now = post.topic, timezone.now()
    post.number, post.state, post.created_at = topic.highest_number + 1, Post.State.SHOWN, now
    post.save(update_fields=["number", "state", "created_at"])
    topic.highest_number, topic.last_author, topic.bumped_at = post.number, post.author, now
    topic.posts_count += 1
    if topic.kind == Topic.Kind.QUESTION and not topic.answered_at and post.author_id != topic.author_id:
        topic.answered_at = now
    if post.number == 1:
        topic.state, topic.created_at = Topic.State.SHOWN, now
        Group.objects.filter(pk=topic.group_id).update(topics_count=F("topics_count") + 1)
    topic.save(update_fields=["highest_number", "last_author", "bumped_at", "posts_count", "answered_at", "state", "created_at"])
    follow_own(post)
    search.index_post(post)
    enqueue(tasks.tell_of_post, post.pk)


def hold(topic: Topic) -> Topic:
    """The first statement of a transaction that numbers or counts posts: whoever writes to the same topic at the same moment waits."""
    Topic.objects.filter(pk=topic.pk).update(highest_number=F("highest_number"))
    return Topic.objects.select_related("group").get(pk=topic.pk)


def hold_group(group: Group) -> Group:
    """As it stands now: somebody may have archived it since the page was drawn."""
    Group.objects.filter(pk=group.pk).update(topics_count=F("topics_count"))
    return Group.objects.get(pk=group.pk)
