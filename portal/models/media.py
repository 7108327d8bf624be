"""Wagtail's pictures and documents, ours before the first migration."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.images.models import Image as WagtailImage

SMALL, LARGE, SHARED = "max-720x720|format-webp", "max-1360x1360|format-webp", "fill-1200x630|format-jpeg"


class Picture(AbstractImage):
    credit = models.CharField(_("author and licence"), max_length=250, blank=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    @property
    def default_alt_text(self) -> str:
        """What the CMS proposes as the words for those who do not see the picture: never the title, which is the name of its file."""
        return self.description

    def made_sizes(self) -> list["Rendition"]:
        """Small and large, as far as they are made: a reader never waits for one, nor writes one."""
        return sorted(self.made(SMALL, LARGE), key=lambda rendition: rendition.width)

    def shared_size(self) -> "Rendition | None":
        """As it is shown where a link to an article is shared."""
        return next(iter(self.made(SHARED)), None)

    def made(self, *specs: str) -> list["Rendition"]:
        return list(self.find_existing_renditions(*map(Filter, specs)).values())


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")]


class Document(AbstractDocument):
    # Wagtail's own Document keeps the default accessors, so these two are named apart.
    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="portal_documents")
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="portal_documents",
        verbose_name=_("uploaded by user"),
    )

    admin_form_fields = WagtailDocument.admin_form_fields
