"""What is taught, and what it takes to complete it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.refs import Ref

from ..querysets import ProgrammeQuerySet, RequirementQuerySet, RubricQuerySet, VersionQuerySet
from .naming import Named


class Programme(Named):
    class Level(models.TextChoices):
        BASIC = "basic", _("basic level")
        EXPERT = "expert", _("expert level")
        PROFESSIONAL = "professional", _("professional level")

    code = models.SlugField(max_length=60, unique=True)
    level = models.CharField(max_length=15, choices=Level, default=Level.BASIC)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    @property
    def ref(self) -> Ref:
        return Ref("programmes", self.pk)


class ProgrammeVersion(models.Model):
    """A programme as it stood for some cohorts. Once one of them is published, nothing of it changes."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a version", "draft")
        FROZEN = "frozen", pgettext_lazy("a version", "in use")
        RETIRED = "retired", pgettext_lazy("a version", "retired")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    hours = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.programme} · {self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("versions", self.pk)


class Requirement(Named):
    """A node of the tree that says what completes a version; `leaders.evaluate` gives it its meaning."""

    class Kind(models.TextChoices):
        ALL = "all", pgettext_lazy("a requirement", "all of these")
        ANY = "any", pgettext_lazy("a requirement", "any of these")
        SOME = "some", pgettext_lazy("a requirement", "a number of these")
        HOURS = "hours", pgettext_lazy("a requirement", "hours in all")
        POINTS = "points", pgettext_lazy("a requirement", "points in all")
        ATTENDANCE = "attendance", pgettext_lazy("a requirement", "attendance")
        ASSIGNMENT = "assignment", pgettext_lazy("a requirement", "assignment")
        MILESTONE = "milestone", pgettext_lazy("a requirement", "milestone of the change project")
        MENTORING = "mentoring", pgettext_lazy("a requirement", "meetings with the mentor")
        EXTERNAL = "external", pgettext_lazy("a requirement", "external assessment")
        CERTIFICATE = "certificate", pgettext_lazy("a requirement", "an earlier certificate")

    version = models.ForeignKey(ProgrammeVersion, models.CASCADE, related_name="requirements")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=15, choices=Kind)
    # How many of its children, hours, points, meetings; of attendance the per cent of hours
    amount = models.PositiveSmallIntegerField(default=0)
    # What a met leaf brings into a sum of hours
    hours = models.PositiveSmallIntegerField(default=0)
    # Of a certificate: by which programme
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="requirement_code_once"),
            models.UniqueConstraint(fields=["version"], condition=Q(parent=None), name="requirement_root_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=["some", "hours", "points", "attendance", "mentoring"]) | Q(amount__gte=1), name="requirement_counts"
            ),
            models.CheckConstraint(condition=~Q(kind="attendance") | Q(amount__lte=100), name="requirement_per_cent"),
            models.CheckConstraint(
                condition=Q(kind="certificate", programme__isnull=False) | (~Q(kind="certificate") & Q(programme=None)),
                name="requirement_of_a_programme",
            ),
        ]


class Rubric(Named):
    """Criteria by which applications or submitted work are read."""

    version = models.ForeignKey(ProgrammeVersion, models.CASCADE, related_name="rubrics")
    code = models.SlugField(max_length=60)

    objects = RubricQuerySet.as_manager()

    class Meta:
        ordering = ["version", "code"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="rubric_code_once")]


class Criterion(Named):
    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=0)
    description_kk = models.TextField(max_length=1000, blank=True)
    description_ru = models.TextField(max_length=1000, blank=True)
    description_en = models.TextField(max_length=1000, blank=True)
    max_points = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "criteria"
        constraints = [models.CheckConstraint(condition=Q(max_points__gte=1), name="criterion_has_points")]
