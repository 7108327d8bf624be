"""Who may not come in, and who came in to look after something."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..querysets import StaffVisitQuerySet
from .groups import Group

VISIT_LASTS = timedelta(hours=1)


def in_an_hour():
    return timezone.now() + VISIT_LASTS


class Exclusion(models.Model):
    """A steward has sent somebody out: she comes back only when a steward lets her."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_exclusions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="excluded_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.group}"


class StaffVisit(models.Model):
    """Those responsible for the portal look into a group that is not open, with a reason that its owner reads."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_visits")
    reason = models.TextField(max_length=500)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=in_an_hour)

    objects = StaffVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "until"], name="visit_current")]

    def __str__(self) -> str:
        return f"{self.user} · {self.group}"
