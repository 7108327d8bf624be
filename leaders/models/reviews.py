"""How applications are read and scored."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from portal.refs import Ref

from ..querysets import ReviewQuerySet, ScoreImportQuerySet, StageResultQuerySet
from .applications import Application, Stage
from .catalogue import Criterion


class Review(models.Model):
    """One reading of one application. Until all who are asked have handed in, nobody else reads it."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", pgettext_lazy("a review", "to be read")
        HANDED_IN = "handed-in", pgettext_lazy("a review", "handed in")
        CONFLICT = "conflict", pgettext_lazy("a review", "conflict of interest")
        WITHDRAWN = "withdrawn", pgettext_lazy("a review", "given to somebody else")

    application = models.ForeignKey(Application, models.CASCADE, related_name="reviews")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="application_reviews")
    # Called because the first two differ
    third = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.ASSIGNED, editable=False)
    note = models.TextField(max_length=5000, blank=True)
    total = models.PositiveSmallIntegerField(null=True)
    assigned_at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["assigned_at", "pk"]
        indexes = [models.Index(fields=["reviewer", "state"], name="review_to_read")]
        constraints = [
            models.UniqueConstraint(fields=["stage", "application", "reviewer"], name="reviewed_once"),
            models.UniqueConstraint(
                fields=["stage", "application"], condition=Q(third=True, state__in=["assigned", "handed-in"]), name="third_reader_once"
            ),
            models.CheckConstraint(condition=~Q(state="handed-in") | Q(total__isnull=False), name="review_has_a_total"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} · {self.application}"

    @property
    def ref(self) -> Ref:
        return Ref("reviews", self.pk)


class ReviewScore(models.Model):
    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["criterion__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="review_scored_once")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class StageResult(models.Model):
    """What an application has reached in a stage."""

    class Source(models.TextChoices):
        REVIEWS = "reviews", pgettext_lazy("a score", "reviews")
        IMPORT = "import", pgettext_lazy("a score", "imported list")
        ENTRY = "entry", pgettext_lazy("a score", "entered by hand")

    application = models.ForeignKey(Application, models.CASCADE, related_name="results")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="results")
    score = models.DecimalField(max_digits=6, decimal_places=2)
    source = models.CharField(max_length=10, choices=Source)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = StageResultQuerySet.as_manager()

    class Meta:
        ordering = ["stage__position", "pk"]
        indexes = [models.Index(fields=["stage", "-score"], name="stage_result_ranking")]
        constraints = [
            models.UniqueConstraint(fields=["application", "stage"], name="stage_result_once"),
            models.CheckConstraint(condition=Q(score__gte=0), name="stage_result_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.score}"


class ScoreImport(models.Model):
    """Scores from a spreadsheet: what was read, which lines are wrong; nothing is written before it was looked at."""

    class State(models.TextChoices):
        READ = "read", pgettext_lazy("a list of scores", "read, not yet written")
        WRITTEN = "written", pgettext_lazy("a list of scores", "written")
        DROPPED = "dropped", pgettext_lazy("a list of scores", "dropped")

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=255)
    # [[application, score]] and [[line, what is wrong]]
    rows = models.JSONField(default=list)
    errors = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.READ, editable=False)
    at = models.DateTimeField(default=timezone.now)

    objects = ScoreImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        return Ref("score_imports", self.pk)
