from django.conf import settings
from django.db import models
from django.utils import timezone

from ..querysets import GroupExportQuerySet
from ..querysets.exports import KEPT_FOR
from .groups import Group


class GroupExport(models.Model):
    """An archive of everything in a group, made for its owner."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="exports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_exports")
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    archive = models.FileField(upload_to="exports/groups/%Y/%m", blank=True)

    objects = GroupExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.group}: {self.asked_at}"

    @property
    def kept_until(self):
        return self.ready_at + KEPT_FOR
