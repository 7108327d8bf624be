from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import ComplaintQuerySet
from ..refs import Ref


class Act(models.Model):
    """Who did what to which thing, and why. Written by actions, never changed."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="acts")
    verb = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["source", "object_id"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.ref}"

    @property
    def ref(self) -> Ref:
        return Ref(self.source, self.object_id)


class Complaint(models.Model):
    """A reader's word that something breaks the rules."""

    class Reason(models.TextChoices):
        PUPILS = "pupils", _("Names or faces of pupils")
        RIGHTS = "rights", _("Somebody else's work without permission")
        MISTAKE = "mistake", _("A serious mistake in the subject")
        OFFENCE = "offence", _("Offensive or unlawful")
        SPAM = "spam", _("Advertising, or not lesson material")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")

    source = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="complaints")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    text = models.TextField(_("what is wrong"), max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["source", "object_id"])]
        constraints = [
            models.UniqueConstraint(fields=["by", "source", "object_id"], condition=models.Q(state="open"), name="complaint_open_once")
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id} {self.reason}"

    @property
    def ref(self) -> Ref:
        return Ref(self.source, self.object_id)
