"""What participants are asked to do, what they hand in, what is said to it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from portal.models import File
from portal.models.people import LANGUAGES
from portal.refs import Ref

from ..querysets import (
    AssessmentQuerySet,
    AssignmentQuerySet,
    ExtensionQuerySet,
    ExternalResultQuerySet,
    SubmissionFileQuerySet,
    SubmissionQuerySet,
)
from .catalogue import Criterion, Requirement, Rubric
from .cohorts import Cohort
from .seats import Enrolment


class Assignment(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("an assignment", "draft")
        PUBLISHED = "published", pgettext_lazy("an assignment", "published")
        CLOSED = "closed", pgettext_lazy("an assignment", "closed")

    # By what it is measured
    MEASURE = ("requirement", "rubric", "max_points", "pass_points")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="assignments")
    # Which requirement of the version it meets
    requirement = models.ForeignKey(Requirement, models.PROTECT, null=True, blank=True, related_name="assignments")
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=20_000)
    html = models.TextField(editable=False)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="kk")
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    rubric = models.ForeignKey(Rubric, models.PROTECT, null=True, blank=True, related_name="assignments")
    max_points = models.PositiveSmallIntegerField()
    pass_points = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "requirement"], name="assignment_for_requirement_once"),
            models.CheckConstraint(condition=Q(pass_points__lte=F("max_points")), name="assignment_can_be_passed"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        return Ref("assignments", self.pk)

    @property
    def address(self) -> str:
        return f"/leaders/assignments/{self.pk}/"


class Extension(models.Model):
    """More time for one participant."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="extensions")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="extensions")
    due_at = models.DateTimeField()
    reason = models.TextField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "enrolment"], name="extended_once")]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.enrolment}"


class Submission(models.Model):
    """One version of what a participant hands in; the ones before stay."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a submitted work", "draft")
        HANDED_IN = "handed-in", pgettext_lazy("a submitted work", "handed in")
        RETURNED = "returned", pgettext_lazy("a submitted work", "returned for another version")
        ACCEPTED = "accepted", pgettext_lazy("a submitted work", "accepted")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="submissions")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="submissions")
    version = models.PositiveSmallIntegerField(default=1)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    text = models.TextField(max_length=20_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        indexes = [models.Index(fields=["assignment", "state", "handed_in_at"], name="submission_to_assess")]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "enrolment", "version"], name="submission_version_once"),
            models.UniqueConstraint(
                fields=["assignment", "enrolment"], condition=Q(state__in=["draft", "handed-in"]), name="submission_open_once"
            ),
            models.CheckConstraint(condition=Q(state="draft") | Q(handed_in_at__isnull=False), name="submission_handed_in_at"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.enrolment} · {self.version}"

    @property
    def ref(self) -> Ref:
        return Ref("submissions", self.pk)

    @property
    def address(self) -> str:
        return f"/leaders/submissions/{self.pk}/"


class SubmissionFile(models.Model):
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    file = models.OneToOneField(File, models.PROTECT, related_name="submission_file")
    position = models.PositiveSmallIntegerField(default=0)

    objects = SubmissionFileQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.file.name


class Assessment(models.Model):
    """Points and words to a submission; its author reads them once they are released."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("feedback", "draft")
        RELEASED = "released", pgettext_lazy("feedback", "released")

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="assessment")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="assessments")
    points = models.PositiveSmallIntegerField(null=True)
    feedback = models.TextField(max_length=20_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(released_at__isnull=False, points__isnull=False), name="assessment_released_with_points"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.points}"

    @property
    def ref(self) -> Ref:
        return Ref("assessments", self.pk)


class AssessmentScore(models.Model):
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["criterion__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="assessment_scored_once")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class ExternalResult(models.Model):
    """What an assessment outside the programme has come to."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="external_results")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="external_results")
    points = models.PositiveSmallIntegerField(default=0)
    passed = models.BooleanField()
    # Which organisation, which document
    assessor = models.CharField(max_length=200)
    assessed_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ExternalResultQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "requirement"], name="external_result_once")]

    def __str__(self) -> str:
        return f"{self.enrolment} · {self.requirement}"
