from django.conf import settings
from django.db import models
from django.utils import timezone

from ..refs import Ref


class Act(models.Model):
    """Who did what to which thing, and why. Written by actions, never changed."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="acts")
    verb = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["source", "object_id"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.ref}"

    @property
    def ref(self) -> Ref:
        return Ref(self.source, self.object_id)
