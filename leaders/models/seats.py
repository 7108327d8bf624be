"""Who has a seat in a cohort, who is offered one, who waits."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models import School
from portal.refs import Ref

from ..querysets import EnrolmentQuerySet
from ..querysets.seats import LIVE
from .applications import Application
from .cohorts import Cohort


class Enrolment(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a participant", "on the waiting list")
        OFFERED = "offered", pgettext_lazy("a participant", "a seat is offered")
        ENROLLED = "enrolled", pgettext_lazy("a participant", "has a seat")
        ACTIVE = "active", pgettext_lazy("a participant", "studies")
        PAUSED = "paused", pgettext_lazy("a participant", "has interrupted the course")
        COMPLETED = "completed", pgettext_lazy("a participant", "has completed the course")
        NOT_COMPLETED = "not-completed", pgettext_lazy("a participant", "has not completed the course")
        DECLINED = "declined", pgettext_lazy("a participant", "has declined the seat")
        LAPSED = "lapsed", pgettext_lazy("a participant", "did not answer in time")
        WITHDRAWN = "withdrawn", pgettext_lazy("a participant", "has withdrawn")
        REMOVED = "removed", pgettext_lazy("a participant", "was removed")
        NO_SEAT = "no-seat", pgettext_lazy("a participant", "no seat became free")
        TRANSFERRED = "transferred", pgettext_lazy("a participant", "went over to another cohort")

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="enrolments")
    application = models.OneToOneField(Application, models.SET_NULL, null=True, related_name="enrolment")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="enrolments")
    state = models.CharField(max_length=15, choices=State, default=State.WAITING, editable=False)
    # What orders those who wait: the result of the selection, and the cohort's `seq` when she came
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    place = models.PositiveIntegerField()
    offered_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(max_length=2000, blank=True)
    transferred_to = models.OneToOneField("self", models.SET_NULL, null=True, related_name="transferred_from")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        indexes = [
            models.Index(fields=["cohort", "state", "place"], name="enrolment_waiting"),
            models.Index(fields=["offered_until"], condition=Q(state="offered"), name="enrolment_offered"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], condition=Q(state__in=LIVE), name="enrolment_live_once"),
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False) | (~Q(state="offered") & Q(offered_until=None)),
                name="enrolment_offer_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.cohort}"

    @property
    def ref(self) -> Ref:
        return Ref("enrolments", self.pk)

    @property
    def address(self) -> str:
        return f"/leaders/enrolments/{self.pk}/"
