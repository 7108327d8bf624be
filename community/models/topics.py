"""What is said in a group."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import File
from portal.models.people import LANGUAGES
from portal.refs import Ref

from ..querysets import PostQuerySet, TopicQuerySet
from .groups import Group

POST_LETTERS = 20_000


class State(models.TextChoices):
    SHOWN = "shown", _("shown")
    HELD = "held", _("waits for a steward")
    HIDDEN = "hidden", _("hidden by a steward")
    DELETED = "deleted", _("deleted")


class Topic(models.Model):
    """A conversation: its posts are numbered without a gap as they come, post 1 opens it.

    `highest_number`, `posts_count`, `bumped_at` and `last_author` follow from the posts that are shown; `manage.py check_community`
    recounts them.
    """

    class Kind(models.TextChoices):
        DISCUSSION = "discussion", _("discussion")
        QUESTION = "question", _("question")
        ANNOUNCEMENT = "announcement", _("announcement")

    State = State

    group = models.ForeignKey(Group, models.CASCADE, related_name="topics")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="topics")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.DISCUSSION)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="kk")
    # What it is about, see portal.refs: a material, an objective; id 0: about nothing in particular
    about_source = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.SHOWN)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    pinned_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    solved_by = models.ForeignKey("community.Post", models.SET_NULL, null=True, related_name="+")
    solved_at = models.DateTimeField(null=True)
    # Of a question: when somebody else first answered it
    answered_at = models.DateTimeField(null=True)
    highest_number = models.PositiveIntegerField(default=0)
    posts_count = models.PositiveIntegerField(default=0)
    bumped_at = models.DateTimeField(default=timezone.now)
    last_author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["-bumped_at", "-pk"]
        indexes = [
            # For every state: SQLite does not see that a query's parameter meets the condition of an index.
            models.Index(fields=["group", "-bumped_at", "-id"], name="topic_newest"),
            models.Index(fields=["group", "-pinned_at"], condition=~Q(pinned_at=None), name="topic_pinned"),
            models.Index(fields=["about_source", "about_id"], condition=~Q(about_source=""), name="topic_about"),
            models.Index(
                fields=["-created_at", "-id"], condition=Q(kind="question", state="shown", answered_at=None), name="topic_unanswered"
            ),
            models.Index(fields=["author", "-created_at"], name="topic_of_author"),
        ]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        return Ref("topics", self.pk)

    @property
    def about(self) -> Ref | None:
        return Ref(self.about_source, self.about_id) if self.about_source else None

    @property
    def address(self) -> str:
        return f"/topics/{self.pk}/"

    @property
    def my_read_to(self) -> int:
        """The post up to which its reader has read, of a topic fetched `with_reading`: what the watermark of her group covers is read."""
        last_read = self.my_last_read or 0
        if self.my_read_until is None:
            return last_read
        if self.bumped_at <= self.my_read_until:
            return self.highest_number
        return max(last_read, self.highest_number - 1 if self.my_number_before is None else self.my_number_before)

    @property
    def my_level(self) -> str:
        """How closely she follows it, of a topic fetched `with_reading`: as its group, unless she has said otherwise."""
        return self.my_own_level or self.my_group_level or ""


class Post(models.Model):
    """Something somebody said. One that is held has no number until a steward lets it through."""

    State = State

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="posts")
    # One form sends one post, however often it is pressed
    key = models.UUIDField(default=uuid.uuid4)
    text = models.TextField(_("text"), max_length=POST_LETTERS)
    html = models.TextField(editable=False)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="kk")
    state = models.CharField(max_length=10, choices=State, default=State.SHOWN)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    # How many earlier wordings there are; also what an open form is checked against
    revision = models.PositiveIntegerField(default=0)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        indexes = [
            models.Index(fields=["author", "-created_at"], name="post_of_author"),
            models.Index(fields=["topic", "created_at"], name="post_by_day"),
            models.Index(fields=["topic"], condition=Q(state="held"), name="post_held"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once"),
            models.UniqueConstraint(fields=["author", "key"], name="post_sent_once"),
        ]
        verbose_name = _("post of a topic")
        verbose_name_plural = _("posts of topics")

    def __str__(self) -> str:
        return f"{self.topic} · {self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("posts", self.pk)

    @property
    def address(self) -> str:
        return f"/topics/{self.topic_id}/{self.number}/" if self.number else f"/topics/{self.topic_id}/"


class PostVersion(models.Model):
    """An earlier wording of a post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    text = models.TextField()
    # Until when it stood, and who changed it
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.post} · {self.at}"


class PostFile(models.Model):
    post = models.ForeignKey(Post, models.CASCADE, related_name="files")
    file = models.OneToOneField(File, models.PROTECT, related_name="post_file")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.file.name


class Mention(models.Model):
    """That a post names a person, so that an edit tells only those whom it names anew."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="mentioned_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.post}"


class FormerPlace(models.Model):
    """Where a post stood before its topic was split: addresses in letters and bookmarks go on leading to it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="former_places")
    number = models.PositiveIntegerField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="former_places")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="former_place_once")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.number}"
