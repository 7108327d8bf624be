import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def upload_path(row: "Import", name: str) -> str:
    return f"imports/{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


class Import(models.Model):
    """A file with a list, and what it would change. What is confirmed is this file against these rows, or nothing."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being read")
        READY = "ready", _("waits for your confirmation")
        UNREADABLE = "unreadable", _("cannot be read")
        CONFIRMED = "confirmed", _("being written")
        WRITTEN = "written", _("taken in")

    kind = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("file"), max_length=255)
    file = models.FileField(upload_to=upload_path)
    digest = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    fault = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    numbers = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    report = models.FileField(upload_to=upload_path, blank=True)
    stale = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("import of a list")
        verbose_name_plural = _("imports of lists")

    def __str__(self) -> str:
        return self.name
