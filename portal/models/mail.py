import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..querysets import BounceQuerySet, LetterQuerySet
from .notices import Rhythm
from .people import LANGUAGES
from .vocabulary import name_in

EVERY_HOUR = [(hour, f"{hour}:00") for hour in range(25)]


def new_message_id() -> str:
    """Random, so that a report about a letter proves that its sender has seen the letter."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>"


class Letter(models.Model):
    """A letter on its way. Letters about accounts carry their words, until they have left; the others find theirs when they leave."""

    class Purpose(models.TextChoices):
        ACCOUNT = "account"
        AT_ONCE = Rhythm.AT_ONCE.value
        DAILY = Rhythm.DAILY.value
        WEEKLY = Rhythm.WEEKLY.value

    class State(models.TextChoices):
        WAITING = "waiting"
        # A worker has taken it and speaks to the mail server.
        CLAIMED = "claimed"
        # Nothing but the closing dot was left to say: from here on nobody but the mail server knows whether it has gone.
        HANDED = "handed"
        SENT = "sent"
        UNSURE = "unsure"
        # There was nothing left to tell.
        DROPPED = "dropped"
        FAILED = "failed"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="letters")
    purpose = models.CharField(max_length=10, choices=Purpose)
    # The day of a digest: one a person, rhythm and day
    period = models.DateField(null=True)
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    subject = models.TextField(blank=True)
    body = models.TextField(blank=True)
    message_id = models.CharField(max_length=200, unique=True, default=new_message_id)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, db_index=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(closed_at=None), name="letter_open")]
        constraints = [
            models.UniqueConstraint(fields=["user", "purpose", "period"], condition=~Q(period=None), name="letter_digest_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.message_id}"


class MailHours(models.Model):
    """When a person wants her letters, where she chose other hours than everybody's. Monday is 0."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_hours")
    weekdays = models.JSONField()
    opens = models.PositiveSmallIntegerField(_("from"), choices=EVERY_HOUR[:-1])
    closes = models.PositiveSmallIntegerField(_("until"), choices=EVERY_HOUR[1:])

    def __str__(self) -> str:
        return f"{self.user}: {self.opens}–{self.closes}"


class Holiday(models.Model):
    """A day on which no letters leave, but those that cannot wait."""

    date = models.DateField(_("date"), unique=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    is_confirmed = models.BooleanField(
        _("the date is confirmed"),
        default=True,
        help_text=_("The first day of Kurban Ait and the days off that are moved are announced anew for every year."),
    )

    class Meta:
        ordering = ["date"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")

    def __str__(self) -> str:
        return name_in(self, get_language())


class Bounce(models.Model):
    """What a mail server said of a letter it could not deliver. A permanent one stops mail to the address, until it is set aside."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="bounces")
    address_key = models.EmailField(db_index=True)
    status = models.CharField(max_length=20)
    permanent = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    set_aside_at = models.DateTimeField(null=True)

    objects = BounceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "status"], name="bounce_told_once")]

    def __str__(self) -> str:
        return f"{self.status} {self.letter}"
