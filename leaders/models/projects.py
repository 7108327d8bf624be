"""What a participant changes in her own school, and by what it is seen."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models import File, School
from portal.models.people import LANGUAGES
from portal.refs import Ref

from ..querysets import (
    EvidenceQuerySet,
    IndicatorQuerySet,
    MeasurementQuerySet,
    MemberQuerySet,
    MilestoneQuerySet,
    ProjectQuerySet,
    StoryQuerySet,
)
from .catalogue import Requirement
from .seats import Enrolment


class ChangeProject(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a project", "draft")
        RUNNING = "running", pgettext_lazy("a project", "under way")
        FINISHED = "finished", pgettext_lazy("a project", "finished")

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="project")
    school = models.ForeignKey(School, models.PROTECT, related_name="change_projects")
    title = models.CharField(max_length=200)
    problem = models.TextField(max_length=10_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="kk")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("change project")
        verbose_name_plural = _("change projects")

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        return Ref("projects", self.pk)

    @property
    def address(self) -> str:
        return f"/leaders/projects/{self.pk}/"


class ProjectMember(models.Model):
    """A colleague of the team, and whether she agrees that its story is told."""

    project = models.ForeignKey(ChangeProject, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="projects_joined")
    agreed_at = models.DateTimeField(null=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="project_member_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.project}"


class Indicator(models.Model):
    class Better(models.TextChoices):
        MORE = "more", _("more is better")
        LESS = "less", _("less is better")

    project = models.ForeignKey(ChangeProject, models.CASCADE, related_name="indicators")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    better = models.CharField(max_length=5, choices=Better, default=Better.MORE)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Measurement(models.Model):
    class Kind(models.TextChoices):
        BASELINE = "baseline", _("where it began")
        TARGET = "target", _("what is aimed at")
        RESULT = "result", _("what was measured")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=300)
    on = models.DateField()

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "kind"], condition=~Q(kind="result"), name="measured_from_and_to_once"),
            models.UniqueConstraint(fields=["indicator", "on"], condition=Q(kind="result"), name="measured_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class Milestone(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a milestone", "planned")
        SUBMITTED = "submitted", pgettext_lazy("a milestone", "waits for the mentor")
        ACCEPTED = "accepted", pgettext_lazy("a milestone", "accepted")
        RETURNED = "returned", pgettext_lazy("a milestone", "returned")

    project = models.ForeignKey(ChangeProject, models.CASCADE, related_name="milestones")
    # Which requirement of the version it meets
    requirement = models.ForeignKey(Requirement, models.PROTECT, null=True, blank=True, related_name="milestones")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=5000, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "requirement"], name="milestone_for_requirement_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        return Ref("milestones", self.pk)


class MilestoneDecision(models.Model):
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    accepted = models.BooleanField()
    reason = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(accepted=True) | ~Q(reason=""), name="returned_with_a_reason")]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.accepted}"


class Evidence(models.Model):
    class Faces(models.TextChoices):
        NONE = "none", _("no pupil can be recognised")
        CONSENTED = "consented", _("the parents of the pupils who can be recognised have agreed")

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="evidence")
    file = models.OneToOneField(File, models.PROTECT, related_name="evidence")
    caption = models.CharField(max_length=300, blank=True)
    faces = models.CharField(max_length=10, choices=Faces)
    at = models.DateTimeField(default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.caption or self.file.name


class Story(models.Model):
    """What the project has come to, told to everybody once the whole team agrees."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a story", "draft")
        PUBLISHED = "published", pgettext_lazy("a story", "published")
        WITHDRAWN = "withdrawn", pgettext_lazy("a story", "withdrawn")

    project = models.OneToOneField(ChangeProject, models.CASCADE, related_name="story")
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=20_000)
    html = models.TextField(editable=False)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="kk")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(null=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        return Ref("stories", self.pk)

    @property
    def address(self) -> str:
        return f"/leaders/stories/{self.pk}/"

    @property
    def words(self) -> str:
        """By which it is known whether somebody has read what it says now."""
        said = "\n".join((self.language, self.title, self.text))
        return hashlib.sha256(said.encode()).hexdigest()[:16]
