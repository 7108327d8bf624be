"""How far a person has read, and what she keeps. A watermark for each topic she has opened, never a row for each post."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .groups import Level
from .topics import Post, Topic


class TopicReader(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="read_topics")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="readers")
    last_read_number = models.PositiveIntegerField(default=0)
    # Empty: as she follows the group
    level = models.CharField(max_length=10, choices=Level, blank=True)

    class Meta:
        indexes = [models.Index(fields=["topic", "level"], condition=~Q(level=""), name="topic_followed")]
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="topic_read_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.topic_id}: {self.last_read_number}"


class Bookmark(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey(Post, models.CASCADE, related_name="bookmarks")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at", "-id"], name="bookmark_newest")]
        constraints = [models.UniqueConstraint(fields=["user", "post"], name="bookmarked_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.post_id}"
