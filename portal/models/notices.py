from django.conf import settings
from django.db import models
from django.utils import timezone

from ..querysets import NoticeQuerySet
from ..refs import Ref


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

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(fields=["user", "-happened_at", "-id"], name="notice_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "source", "object_id"], condition=models.Q(read_at=None), name="notice_unread_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def ref(self) -> Ref:
        return Ref(self.source, self.object_id)
