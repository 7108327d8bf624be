from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from ..querysets import CaseQuerySet, ComplaintQuerySet
from ..refs import Ref
from .people import LANGUAGES
from .schools import Region

TO_APPEAL = timedelta(days=30)


class Case(models.Model):
    """One thing that those responsible have to look at: all complaints about it until they decide, or its owner's appeal against that.

    Title, language and region stand here as they were, so that the queue asks no other table, whatever happens to the thing.
    Only the title of what is erased for good is forgotten.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")

    class Decision(models.TextChoices):
        PUPILS = "pupils", _("Names or faces of pupils")
        RIGHTS = "rights", _("Somebody else's work without permission")
        MISTAKE = "mistake", _("A serious mistake in the subject")
        OFFENCE = "offence", _("Offensive or unlawful")
        SPAM = "spam", _("Advertising, or not lesson material")
        STRANGER = "stranger", _("Not the person she says she is")
        RULES = "rules", _("Another rule of the portal is broken")
        NO_BREACH = "no-breach", _("No rule is broken")
        OPINION = "opinion", _("A difference of opinion that is better discussed with the author")
        MENDED = "mended", _("The author has mended it already")
        OUR_MISTAKE = "our-mistake", _("The first decision was a mistake")
        MENDED_SINCE = "mended-since", _("The author has mended it since")
        STANDS = "stands", _("The first decision stands")

    source = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=250)
    language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    appeal_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="appeal")
    appeal_text = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    note = models.TextField(max_length=2000, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case of complaints")
        verbose_name_plural = _("cases of complaints")
        ordering = ["opened_at", "pk"]
        indexes = [
            models.Index(fields=["source", "object_id"], name="case_thing"),
            models.Index(fields=["state", "opened_at", "id"], name="case_waiting"),
            models.Index(fields=["state", "decided_at", "id"], name="case_decided"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id"], condition=Q(state="open", appeal_of=None), name="case_open_once")
        ]

    def __str__(self) -> str:
        return self.title or pgettext("instead of a title", "Deleted")

    @property
    def title_language(self) -> str:
        """What stands instead of a forgotten title speaks the language of the page."""
        return self.language if self.title else ""

    @property
    def ref(self) -> Ref:
        return Ref(self.source, self.object_id)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_appeal(self) -> bool:
        return self.appeal_of_id is not None

    @property
    def appeal_until(self) -> datetime:
        return self.decided_at + TO_APPEAL

    @property
    def can_be_appealed(self) -> bool:
        """Something was taken from her, it is not back, and the time has not run out."""
        taken = self.state == self.State.UPHELD and not self.is_appeal and not self.lifted_at
        return taken and timezone.now() <= self.appeal_until

    def upholding(self) -> tuple["Case.Decision", ...]:
        made = self.Decision
        if self.is_appeal:
            return (made.OUR_MISTAKE, made.MENDED_SINCE)
        if self.source == "people":
            return (made.STRANGER, made.OFFENCE, made.SPAM, made.RULES)
        return (made.PUPILS, made.RIGHTS, made.MISTAKE, made.OFFENCE, made.SPAM, made.RULES)

    def dismissing(self) -> tuple["Case.Decision", ...]:
        made = self.Decision
        return (made.STANDS,) if self.is_appeal else (made.NO_BREACH, made.OPINION, made.MENDED)


class Complaint(models.Model):
    """A reader's word that something breaks the rules."""

    class Reason(models.TextChoices):
        PUPILS = "pupils", _("Names or faces of pupils")
        RIGHTS = "rights", _("Somebody else's work without permission")
        MISTAKE = "mistake", _("A serious mistake in the subject")
        OFFENCE = "offence", _("Offensive or unlawful")
        SPAM = "spam", _("Advertising, or not lesson material")
        STRANGER = "stranger", _("Not the person she says she is")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(Case, models.PROTECT, related_name="complaints")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="complaints")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    text = models.TextField(_("what is wrong"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["by", "-created_at", "-id"], name="complaint_newest")]
        constraints = [models.UniqueConstraint(fields=["case", "by"], name="complaint_once")]

    def __str__(self) -> str:
        return f"{self.case}: {self.reason}"
