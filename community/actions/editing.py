"""Another wording, another title, and the answer that solved it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.actions import record
from portal.models import User
from portal.tasks import enqueue
from search.analysis import guess_language

from .. import care, search, tasks
from ..models import Post, PostVersion, Topic
from ..standing import standing_of
from ..telling import take_back_names
from ..writing import render
from .drafts import send_draft
from .topics import hold, name_people


class ChangedMeanwhile(Exception):
    """Another window has changed the post since this form was opened."""


@transaction.atomic
def edit_post(user: User, post: Post, *, text: str, revision: int, language: str = "") -> Post:
    """The earlier wording is kept. Raise ChangedMeanwhile when `revision` is not the one that stands, and as care.admit_wording does."""
    hold(post.topic)
    post = Post.objects.select_related("topic__group", "author").get(pk=post.pk)
    if not Post.objects.editable_by(user).filter(pk=post.pk).exists():
        raise PermissionDenied
    language = language or guess_language(text)
    if (text, language) == (post.text, post.language):
        send_draft(user, post, post)
        return post
    if revision != post.revision:
        raise ChangedMeanwhile
    care.admit_wording(user, post, text)
    PostVersion.objects.create(post=post, text=post.text, by=user)
    rendered = render(text)
    post.text, post.html, post.language = text, rendered.html, language
    post.edited_at, post.revision = timezone.now(), post.revision + 1
    post.save(update_fields=["text", "html", "language", "edited_at", "revision"])
    send_draft(user, post, post)
    named_before = set(post.mentions.values_list("user", flat=True))
    if newly_named := name_people(post, rendered):
        enqueue(tasks.tell_of_names, post.pk, *sorted(newly_named))
    if named_no_longer := named_before - set(rendered.mentioned):
        take_back_names(post, named_no_longer)
    if post.number:
        search.index_post(post)
    return post


@transaction.atomic
def change_topic(user: User, topic: Topic, *, title: str, kind: str, language: str) -> None:
    """By its author or a steward. What is an announcement is for stewards to say."""
    topic = hold(topic)
    standing = standing_of(user, topic.group)
    is_announcement = Topic.Kind.ANNOUNCEMENT in (kind, topic.kind) and kind != topic.kind
    if not (standing.is_steward if is_announcement else may_change(topic, user, standing)):
        raise PermissionDenied
    before = {"title": topic.title, "kind": topic.kind, "language": topic.language}
    after = {"title": title, "kind": kind, "language": language}
    if before == after:
        return
    topic.title, topic.kind, topic.language = title, kind, language
    if kind == Topic.Kind.QUESTION and not topic.answered_at:
        topic.answered_at = first_answer_at(topic)
    elif kind != Topic.Kind.QUESTION:
        topic.answered_at = topic.solved_by = topic.solved_at = None
    topic.save(update_fields=["title", "kind", "language", "answered_at", "solved_by", "solved_at"])
    record(user, "change topic", topic.ref, before=before, after=after)
    search.index_topic(topic)


def first_answer_at(topic: Topic):
    answers = topic.posts.shown().exclude(author=topic.author_id)
    return answers.order_by("number").values_list("created_at", flat=True).first()


def may_change(topic: Topic, user: User, standing) -> bool:
    return standing.is_steward or (topic.author_id == user.pk and standing.answers(topic))


@transaction.atomic
def solve(user: User, post: Post) -> None:
    """Her question is answered by this post; a steward may say so too."""
    topic = hold(post.topic)
    if not (post.number and post.number > 1 and post.state == Post.State.SHOWN and topic.kind == Topic.Kind.QUESTION):
        raise PermissionDenied
    permit_solving(user, topic)
    if topic.solved_by_id != post.pk:
        set_solved(topic, post)
        record(user, "solve", topic.ref, after={"post": post.number})
        enqueue(tasks.tell_of_solved, post.pk)


@transaction.atomic
def unsolve(user: User, topic: Topic) -> None:
    topic = hold(topic)
    permit_solving(user, topic)
    if topic.solved_by_id:
        set_solved(topic, None)
        record(user, "unsolve", topic.ref)


def permit_solving(user: User, topic: Topic) -> None:
    if not may_change(topic, user, standing_of(user, topic.group)):
        raise PermissionDenied


def forget_solution(topic: Topic, post: Post) -> None:
    """What is not read any more solves nothing."""
    if topic.solved_by_id == post.pk:
        set_solved(topic, None)


def set_solved(topic: Topic, post: Post | None) -> None:
    topic.solved_by, topic.solved_at = post, timezone.now() if post else None
    topic.save(update_fields=["solved_by", "solved_at"])
    search.index_topic(topic)
