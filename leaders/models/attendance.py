from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from ..querysets import AttendanceQuerySet
from .meetings import Meeting
from .seats import Enrolment


class AttendanceMark(models.Model):
    """Whether somebody was there, as it was noted once. A later mark takes the place of an earlier one, which stays."""

    class Mark(models.TextChoices):
        PRESENT = "present", pgettext_lazy("a participant", "present")
        LATE = "late", pgettext_lazy("a participant", "late")
        EXCUSED = "excused", pgettext_lazy("a participant", "excused")
        ABSENT = "absent", pgettext_lazy("a participant", "absent")

    class Source(models.TextChoices):
        ROSTER = "roster", pgettext_lazy("attendance", "list on the phone")
        QR = "qr", pgettext_lazy("attendance", "QR code")
        PAPER = "paper", pgettext_lazy("attendance", "printed list")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=10, choices=Mark)
    source = models.CharField(max_length=10, choices=Source)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "enrolment"], condition=Q(superseded_at=None), name="attendance_current_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} · {self.meeting}: {self.get_mark_display()}"
