"""One dated run of a programme, and who looks after it."""

from datetime import datetime, time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.models import Group
from portal.models import Region, User
from portal.refs import Ref

from ..querysets import CohortQuerySet, CohortRoleQuerySet
from .catalogue import ProgrammeVersion
from .naming import Named


class Cohort(Named):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a cohort", "draft")
        PUBLISHED = "published", pgettext_lazy("a cohort", "announced")
        OPEN = "open", pgettext_lazy("a cohort", "applications are open")
        SELECTION = "selection", pgettext_lazy("a cohort", "selection")
        CONFIRMED = "confirmed", pgettext_lazy("a cohort", "participants are named")
        RUNNING = "running", pgettext_lazy("a cohort", "the course is under way")
        ASSESSMENT = "assessment", pgettext_lazy("a cohort", "assessment")
        CLOSED = "closed", pgettext_lazy("a cohort", "completed")
        ARCHIVED = "archived", pgettext_lazy("a cohort", "in the archive")
        CANCELLED = "cancelled", pgettext_lazy("a cohort", "cancelled")

    class Format(models.TextChoices):
        ON_SITE = "on-site", _("on site")
        ONLINE = "online", _("online")
        BOTH = "both", _("on site and online")

    class Order(models.TextChoices):
        """In which order those who wait are offered a seat."""

        SCORE = "score", _("by the result of the selection, then by time")
        TIME = "time", _("by the time of joining the list")

    GIVES_SEATS = (State.SELECTION, State.CONFIRMED, State.RUNNING)
    OVER = (State.ASSESSMENT, State.CLOSED, State.ARCHIVED, State.CANCELLED)

    version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="cohorts")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="cohorts")
    place = models.CharField(max_length=200, blank=True)
    format = models.CharField(max_length=10, choices=Format, default=Format.ON_SITE)
    languages = models.JSONField(default=list)
    state = models.CharField(max_length=15, choices=State, default=State.DRAFT, editable=False)
    capacity = models.PositiveIntegerField()
    # Raised by the first statement of every transaction that gives or frees a seat; also what orders those who wait
    seq = models.PositiveIntegerField(default=0, editable=False)
    order = models.CharField(max_length=10, choices=Order, default=Order.SCORE)
    offer_hours = models.PositiveSmallIntegerField(default=72)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Until when a seat that frees is passed on; empty: until the course begins
    seats_until = models.DateTimeField(null=True, blank=True)
    needs_endorsement = models.BooleanField(default=True)
    # Two reviews that differ by more points than this are read by a third reader
    review_gap = models.PositiveSmallIntegerField(default=5)
    group = models.OneToOneField(Group, models.SET_NULL, null=True, editable=False, related_name="cohort")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        indexes = [models.Index(fields=["state", "closes_at"], name="cohort_open")]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1), name="cohort_has_seats"),
            models.CheckConstraint(condition=Q(offer_hours__gte=1), name="cohort_offers_last"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cohort_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")), name="cohort_closes_after_it_opens"
            ),
        ]

    @property
    def ref(self) -> Ref:
        return Ref("cohorts", self.pk)

    @property
    def seats_close(self) -> datetime:
        """Until when a seat that frees is offered to the next one."""
        return self.seats_until or timezone.make_aware(datetime.combine(self.starts_on, time.min))

    def gives_seats_at(self, now: datetime) -> bool:
        return self.state in self.GIVES_SEATS and now < self.seats_close

    def has_free_seat(self) -> bool:
        return self.enrolments.taken().count() < self.capacity

    @property
    def has_people(self) -> bool:
        """Somebody would miss it if it were hidden."""
        return self.applications.live().exists() or self.enrolments.live().exists()

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER

    @property
    def address(self) -> str:
        return f"/leaders/{self.pk}/"

    @property
    def takes_applications(self) -> bool:
        return self.state == self.State.OPEN and (not self.closes_at or self.closes_at > timezone.now())

    def managers(self) -> list[User]:
        """Who is told what happens in it."""
        return [role.user for role in self.roles.current().filter(name=CohortRole.Name.MANAGER).select_related("user")]


class CohortRole(models.Model):
    """What a person does for a cohort, from one day to another."""

    class Name(models.TextChoices):
        MANAGER = "manager", _("manager of the cohort")
        TRAINER = "trainer", _("trainer")
        MENTOR = "mentor", _("mentor")
        EXAMINER = "examiner", _("examiner")
        OBSERVER = "observer", _("observer")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="roles")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cohort_roles")
    name = models.CharField(max_length=10, choices=Name)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = CohortRoleQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["cohort", "user", "name"], condition=Q(until=None), name="cohort_role_held_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.cohort}: {self.get_name_display()}"
