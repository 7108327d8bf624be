"""What a person asks for: her answers, her papers, the word of the head of her school."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.models import File, Position, Region, School
from portal.models.people import LANGUAGES
from portal.refs import Ref

from ..querysets import (
    AnswerQuerySet,
    ApplicationFileQuerySet,
    ApplicationQuerySet,
    DecisionWordsQuerySet,
    EndorsementQuerySet,
    QuestionQuerySet,
    StageQuerySet,
)
from .catalogue import Rubric
from .cohorts import Cohort
from .naming import Named


class Stage(Named):
    """A step of the selection, in its order."""

    class Kind(models.TextChoices):
        TEST = "test", pgettext_lazy("a stage", "test")
        REVIEW = "review", pgettext_lazy("a stage", "two independent reviews")
        INTERVIEW = "interview", pgettext_lazy("a stage", "interview")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    rubric = models.ForeignKey(Rubric, models.PROTECT, null=True, blank=True, related_name="stages")
    max_score = models.DecimalField(max_digits=6, decimal_places=2)
    pass_score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "position"], name="stage_position_once"),
            models.CheckConstraint(condition=Q(max_score__gt=0), name="stage_has_a_score"),
            models.CheckConstraint(condition=~Q(kind="review") | Q(rubric__isnull=False), name="stage_of_reviews_has_a_rubric"),
        ]


class Question(Named):
    class Kind(models.TextChoices):
        LINE = "line", pgettext_lazy("an answer", "one line")
        TEXT = "text", pgettext_lazy("an answer", "a text")
        CHOICE = "choice", pgettext_lazy("an answer", "one of several")
        FILE = "file", pgettext_lazy("an answer", "a file")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind)
    hint_kk = models.CharField(max_length=500, blank=True)
    hint_ru = models.CharField(max_length=500, blank=True)
    hint_en = models.CharField(max_length=500, blank=True)
    # [{"code": …, "kk": …, "ru": …, "en": …}]
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=True)
    max_letters = models.PositiveSmallIntegerField(default=3000)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    @property
    def hint(self) -> str:
        return getattr(self, f"hint_{(get_language() or 'kk')[:2]}", "") or self.hint_kk

    def options(self) -> list[tuple[str, str]]:
        """Of a choice: code and label, in the active language."""
        language = (get_language() or "kk")[:2]
        return [(option["code"], option.get(language) or option["kk"]) for option in self.choices]


class Application(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("an application", "draft")
        SUBMITTED = "submitted", pgettext_lazy("an application", "sent")
        SELECTION = "selection", pgettext_lazy("an application", "in the selection")
        ACCEPTED = "accepted", pgettext_lazy("an application", "accepted")
        RESERVE = "reserve", pgettext_lazy("an application", "in the reserve")
        DECLINED = "declined", pgettext_lazy("an application", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("an application", "withdrawn")

    OUTCOMES = [(state, state.label) for state in (State.ACCEPTED, State.RESERVE, State.DECLINED)]

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="applications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="applications")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    stage = models.ForeignKey(Stage, models.SET_NULL, null=True, related_name="applications")
    # In which she writes, and is written to
    language = models.CharField(max_length=2, choices=LANGUAGES, default="kk")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="applications")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="applications")
    post = models.CharField(max_length=20, choices=Position.Post, blank=True)
    consent_version = models.CharField(max_length=20, blank=True)
    consent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    # Of the last stage that has a result, as a share of 100; `check_leaders` proves it
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(max_length=2000, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        indexes = [
            models.Index(fields=["cohort", "state", "-submitted_at", "-id"], name="application_newest"),
            models.Index(fields=["cohort", "state", "-score", "submitted_at"], name="application_ranking"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], condition=~Q(state="withdrawn"), name="application_live_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False), name="application_sent_at"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(consent_at__isnull=False), name="application_with_consent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.cohort}"

    @property
    def ref(self) -> Ref:
        return Ref("applications", self.pk)

    @property
    def address(self) -> str:
        return f"/leaders/applications/{self.pk}/"

    @property
    def is_editable(self) -> bool:
        return self.state == self.State.DRAFT and self.cohort.takes_applications

    @property
    def is_withdrawable(self) -> bool:
        """Whoever is accepted gives up her seat instead."""
        return self.state in (self.State.DRAFT, self.State.SUBMITTED, self.State.SELECTION, self.State.RESERVE)


class Answer(models.Model):
    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["question__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "question"], name="answered_once")]

    def __str__(self) -> str:
        return self.text[:60]


class ApplicationFile(models.Model):
    application = models.ForeignKey(Application, models.CASCADE, related_name="files")
    question = models.ForeignKey(Question, models.PROTECT, related_name="files")
    file = models.OneToOneField(File, models.PROTECT, related_name="application_file")

    objects = ApplicationFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name


class Endorsement(models.Model):
    """The word of the head of school. The link is signed, not stored; it answers once, because the state moves once."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("an endorsement", "asked for")
        GIVEN = "given", pgettext_lazy("an endorsement", "given")
        REFUSED = "refused", pgettext_lazy("an endorsement", "refused")
        EXPIRED = "expired", pgettext_lazy("an endorsement", "not given in time")
        WITHDRAWN = "withdrawn", pgettext_lazy("an endorsement", "withdrawn")

    application = models.ForeignKey(Application, models.CASCADE, related_name="endorsements")
    head_name = models.CharField(max_length=200)
    head_email = models.EmailField()
    language = models.CharField(max_length=2, choices=LANGUAGES, default="kk")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED, editable=False)
    word = models.TextField(max_length=2000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["expires_at"], condition=Q(state="asked"), name="endorsement_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(state__in=["asked", "given"]), name="endorsement_live_once")
        ]

    def __str__(self) -> str:
        return f"{self.head_name} · {self.application}"

    @property
    def is_live(self) -> bool:
        return self.state in (self.State.ASKED, self.State.GIVEN)

    @property
    def ref(self) -> Ref:
        return Ref("endorsements", self.pk)


class DecisionWords(models.Model):
    """What the letter of a decision says besides its reason."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="decision_words")
    outcome = models.CharField(max_length=10, choices=Application.OUTCOMES)
    text_kk = models.TextField(max_length=3000)
    text_ru = models.TextField(max_length=3000, blank=True)
    text_en = models.TextField(max_length=3000, blank=True)

    objects = DecisionWordsQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "outcome"]
        verbose_name_plural = "words of decisions"
        constraints = [models.UniqueConstraint(fields=["cohort", "outcome"], name="decision_words_once")]

    def __str__(self) -> str:
        return self.text_kk[:60]

    @property
    def text(self) -> str:
        return getattr(self, f"text_{get_language()[:2]}") or self.text_kk
