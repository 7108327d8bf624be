from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .vocabulary import Vocabulary


class SubjectArea(Vocabulary):
    class Meta(Vocabulary.Meta):
        verbose_name = _("area of subjects")
        verbose_name_plural = _("areas of subjects")


class Subject(Vocabulary):
    area = models.ForeignKey(SubjectArea, models.PROTECT, related_name="subjects", verbose_name=_("area"))
    first_grade = models.PositiveSmallIntegerField(_("first grade"), default=1)
    last_grade = models.PositiveSmallIntegerField(_("last grade"), default=11)

    class Meta(Vocabulary.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")


class Grade(models.Model):
    """0 is the preschool class; grade 12 exists at NIS only."""

    number = models.PositiveSmallIntegerField(primary_key=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("grade")
        verbose_name_plural = _("grades")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def code(self) -> str:
        return str(self.number)

    @property
    def name(self) -> str:
        return _("Preschool class") if self.number == 0 else _("Grade %(number)s") % {"number": self.number}


class Curriculum(Vocabulary):
    """What pupils are taught by, as it stands from one school year on."""

    first_year = models.PositiveSmallIntegerField(_("first school year"), help_text=_("2026 means 2026/27."))
    last_year = models.PositiveSmallIntegerField(_("last school year"), null=True, blank=True)

    class Meta(Vocabulary.Meta):
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")


class Objective(models.Model):
    """A learning objective. Its code is unique only within a curriculum, a subject and a language of instruction."""

    class Instruction(models.TextChoices):
        ANY = "", _("any")
        KAZAKH = "kk", _("Kazakh")
        RUSSIAN = "ru", _("Russian")
        ENGLISH = "en", _("English")

    curriculum = models.ForeignKey(Curriculum, models.PROTECT, related_name="objectives", verbose_name=_("curriculum"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="objectives", verbose_name=_("subject"))
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="objectives", verbose_name=_("grade"))
    instruction = models.CharField(_("language of instruction"), max_length=2, choices=Instruction, blank=True)
    code = models.CharField(_("code"), max_length=30)
    text_kk = models.TextField(_("text in Kazakh"))
    text_ru = models.TextField(_("text in Russian"), blank=True)
    is_sample = models.BooleanField(_("sample, not an official text"), default=False)

    source = "objectives"

    class Meta:
        ordering = ["curriculum", "subject", "code"]
        constraints = [models.UniqueConstraint(fields=["curriculum", "subject", "instruction", "code"], name="objective_code_once")]
        verbose_name = _("learning objective")
        verbose_name_plural = _("learning objectives")

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def full_code(self) -> str:
        """What is its own: the code stands in other curricula, subjects and languages too."""
        return "/".join((self.curriculum.code, self.subject.code, self.instruction, self.code))

    @property
    def text(self) -> str:
        return (self.text_ru if get_language() == "ru" else "") or self.text_kk
