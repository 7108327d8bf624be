import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=7)
GRACE = timedelta(days=14)


def archive_path(export: "DataExport", name: str) -> str:
    return f"exports/{uuid.uuid4().hex}/{name}"


def departure_day():
    return timezone.now() + GRACE


class DataExport(models.Model):
    """Everything the portal keeps of a person, in one archive. She has one at a time; its file lives for a week."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_export")
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    archive = models.FileField(upload_to=archive_path, blank=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.asked_at:%Y-%m-%d}"

    @property
    def kept_until(self):
        return self.ready_at + KEPT_FOR


class Departure(models.Model):
    """A person has asked to be forgotten. Until the day comes she can change her mind."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="departure")
    keeps_works = models.BooleanField(default=True)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=departure_day)

    def __str__(self) -> str:
        return f"{self.user}: {self.due_at:%Y-%m-%d}"
