from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import NoticeQuerySet
from ..refs import Ref


class Rhythm(models.TextChoices):
    """How soon a person is written to, besides what she reads on the portal."""

    AT_ONCE = "at-once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")


class Notice(models.Model):
    """Something a person is told about one thing. Until she has read it, what happens to the same thing again makes no second one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    number = models.PositiveIntegerField(default=1)
    data = models.JSONField(default=dict, blank=True)
    happened_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    # The letter that tells it, or has told it: no notice goes out twice
    letter = models.ForeignKey("portal.Letter", models.SET_NULL, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-happened_at", "-id"], name="notice_newest"),
            models.Index(fields=["happened_at"], condition=Q(read_at=None, letter=None), name="notice_untold"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "source", "object_id"], condition=Q(read_at=None), name="notice_unread_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def ref(self) -> Ref:
        return Ref(self.source, self.object_id)


class NoticeChoice(models.Model):
    """How soon a person wants letters of one kind, where she chose otherwise than the kind proposes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=40)
    rhythm = models.CharField(max_length=10, choices=Rhythm)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {self.rhythm}"
