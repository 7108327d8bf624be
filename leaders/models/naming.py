from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.models.vocabulary import name_in


class Named(models.Model):
    """Called by a name in each language; a missing one falls back to Kazakh."""

    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return name_in(self, get_language())
