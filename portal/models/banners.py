from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .schools import Region


class Banner(models.Model):
    """A word of the editors under the header of every page, for some time, to everybody or to some."""

    class Kind(models.TextChoices):
        INFO = "info", _("announcement")
        WARN = "warn", _("warning")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        GUESTS = "guests", _("people who are not signed in")
        MEMBERS = "members", _("people who are signed in")
        VERIFIED = "verified", _("verified teachers")
        COORDINATORS = "coordinators", _("coordinators of schools")
        REGION = "region", _("teachers of a region")

    text_kk = models.CharField(_("text in Kazakh"), max_length=200)
    text_ru = models.CharField(_("text in Russian"), max_length=200)
    text_en = models.CharField(_("text in English"), max_length=200)
    link = models.CharField(
        _("where it leads"), max_length=300, blank=True, help_text=_("An address, or a path without its language: /materials/.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.INFO)
    audience = models.CharField(_("who can see it"), max_length=20, choices=Audience, default=Audience.EVERYONE)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region"))
    opens_at = models.DateTimeField(_("shown from"), default=timezone.now)
    closes_at = models.DateTimeField(_("shown until"))

    class Meta:
        ordering = ["-opens_at", "-pk"]
        verbose_name = _("banner")
        verbose_name_plural = _("banners")

    def __str__(self) -> str:
        return self.text_kk

    def clean(self):
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("It ends after it begins.")})
        if (self.audience == self.Audience.REGION) != bool(self.region):
            raise ValidationError({"region": _("A region belongs to a banner for teachers of a region, and to no other.")})
        if self.link and not self.link.startswith(("/", "https://", "http://")):
            raise ValidationError({"link": _("An address begins with https:// or with a slash.")})
