import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.models import File

from .groups import Group
from .topics import POST_LETTERS, Post, Topic


class Draft(models.Model):
    """What a person has typed and not sent: a new topic of a group, an answer in a topic, or another wording of a post."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="drafts")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="drafts")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="drafts")
    # Becomes that of the post
    key = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=15, choices=Topic.Kind, default=Topic.Kind.DISCUSSION)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=POST_LETTERS, blank=True)
    # Empty: guessed from the text
    language = models.CharField(max_length=2, blank=True)
    # Of another wording: which one stood when it was begun
    revision = models.PositiveIntegerField(default=0)
    about_source = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", place], condition=~Q(**{place: None}), name=f"draft_once_in_{place}")
            for place in ("group", "topic", "post")
        ]

    def __str__(self) -> str:
        return self.title or self.text[:60]


class DraftFile(models.Model):
    """Handed on to the post when it is sent."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    file = models.OneToOneField(File, models.PROTECT, related_name="draft_file")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.file.name
