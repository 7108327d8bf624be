"""Wagtail's pictures and documents, ours before the first migration."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class Picture(AbstractImage):
    credit = models.CharField(_("author and licence"), max_length=250, blank=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")]


class Document(AbstractDocument):
    admin_form_fields = WagtailDocument.admin_form_fields
