"""When and where a cohort comes together, and what it reads."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from portal.models.people import LANGUAGES
from portal.refs import Ref
from resources.models import Material

from ..querysets import CohortMaterialQuerySet, MeetingQuerySet
from .cohorts import Cohort


class Meeting(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a meeting", "planned")
        CANCELLED = "cancelled", pgettext_lazy("a meeting", "cancelled")

    OPENS_BEFORE = LATE_AFTER = timedelta(minutes=15)

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="meetings")
    # What calendars know it by, and how often it was changed since
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="kk")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    join_url = models.URLField(max_length=500, blank=True)
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="meetings_led")
    # Whether its hours are part of the course
    counts = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["cohort", "starts_at"], name="meeting_next")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        return Ref("meetings", self.pk)

    @property
    def address(self) -> str:
        return f"/leaders/meetings/{self.pk}/"

    @property
    def opens_at(self) -> datetime:
        """From when on somebody can be noted as present."""
        return self.starts_at - self.OPENS_BEFORE

    @property
    def late_from(self) -> datetime:
        return self.starts_at + self.LATE_AFTER

    @property
    def takes_place(self) -> bool:
        """Of its cohort, which is cancelled as a whole, none does."""
        return self.is_planned and self.cohort.state != Cohort.State.CANCELLED

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class CohortMaterial(models.Model):
    """A material of the library that a cohort, or one of its meetings, works with."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="materials")
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, blank=True, related_name="materials")
    material = models.ForeignKey(Material, models.CASCADE, related_name="in_cohorts")
    position = models.PositiveSmallIntegerField(default=0)

    objects = CohortMaterialQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "material"], name="meeting_material_once"),
            models.UniqueConstraint(fields=["cohort", "material"], condition=Q(meeting=None), name="cohort_material_once"),
        ]

    def __str__(self) -> str:
        return str(self.material)


class CalendarFeed(models.Model):
    """By whose address a calendar asks for all meetings of a person; another key shuts the old address."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    key = models.CharField(max_length=43, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.user)
