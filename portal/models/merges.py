from django.db import models
from django.utils import timezone

from ..querysets import MergedQuerySet


class Merged(models.Model):
    """A row that went into another one of its kind: addresses, files and stored searches that still name it lead there."""

    model = models.CharField(max_length=80)
    old_id = models.BigIntegerField()
    old_code = models.CharField(max_length=160, blank=True)
    new_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = MergedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "old_id"], name="merged_once")]
        indexes = [models.Index(fields=["model", "old_code"]), models.Index(fields=["model", "new_id"])]

    def __str__(self) -> str:
        return f"{self.model}: {self.old_id} → {self.new_id}"
