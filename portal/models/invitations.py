from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import InvitationQuerySet
from .people import Position
from .schools import School

LASTS = timedelta(days=14)


def in_two_weeks():
    return timezone.now() + LASTS


class Invitation(models.Model):
    """A coordinator's word in advance that whoever comes by this link works at the school. With an address it is for one person."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        WITHDRAWN = "withdrawn", _("withdrawn")
        USED_UP = "used-up", _("used up")
        EXPIRED = "expired", _("expired")
        ORPHANED = "orphaned", _("its coordinator no longer confirms teachers of this school")

    school = models.ForeignKey(School, models.PROTECT, related_name="invitations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    post = models.CharField(max_length=20, choices=Position.Post, default=Position.Post.TEACHER)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_two_weeks, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    places = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("invitation to a school")
        verbose_name_plural = _("invitations to schools")

    def __str__(self) -> str:
        return f"{self.by} · {self.school}"

    @property
    def state(self) -> State:
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.taken >= self.places:
            return self.State.USED_UP
        if self.expires_at <= timezone.now():
            return self.State.EXPIRED
        return self.State.OPEN if self.is_vouched_for else self.State.ORPHANED

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_vouched_for(self) -> bool:
        """Whether who invites could still confirm a teacher of the school."""
        return self.by.is_active and self.school.state == School.State.LISTED and self.by.confirms_at(self.school_id)
