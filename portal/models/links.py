from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class BrokenLink(models.Model):
    """A link of an editors' page that leads nowhere. Found when the page is published and by the clock; recomputed, never edited."""

    class Reason(models.TextChoices):
        PAGE = "page", _("the page is not published")
        DOCUMENT = "document", _("the file is gone")
        ADDRESS = "address", _("nothing stands at this address")
        WRITING = "writing", _("this is not an address")

    page = models.ForeignKey(Page, models.CASCADE, related_name="broken_links", verbose_name=_("page"))
    address = models.CharField(_("link"), max_length=500)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)

    class Meta:
        ordering = ["page", "pk"]
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")

    def __str__(self) -> str:
        return f"{self.page}: {self.address}"
