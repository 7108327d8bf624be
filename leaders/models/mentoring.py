from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import AgreementQuerySet, MentorLinkQuerySet, MentorMeetingQuerySet
from .seats import Enrolment


class MentorLink(models.Model):
    """Who accompanies a participant, from one day to another."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="mentor_links")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="mentees")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    objects = MentorLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["enrolment"], condition=Q(until=None), name="mentor_live_once")]

    def __str__(self) -> str:
        return f"{self.mentor} · {self.enrolment}"


class MentorMeeting(models.Model):
    """What a mentor and a participant have talked about stays between the two."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="mentor_meetings")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="mentor_meetings")
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    notes = models.TextField(max_length=10_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = MentorMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=1), name="mentor_meeting_lasts")]

    def __str__(self) -> str:
        return f"{self.enrolment} · {self.held_on}"


class Agreement(models.Model):
    class Whose(models.TextChoices):
        PARTICIPANT = "participant", _("the participant")
        MENTOR = "mentor", _("the mentor")

    meeting = models.ForeignKey(MentorMeeting, models.CASCADE, related_name="agreements")
    text = models.CharField(max_length=500)
    whose = models.CharField(max_length=15, choices=Whose, default=Whose.PARTICIPANT)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text
