from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Vocabulary(models.Model):
    """A row with a stable code and a name in each of the three languages. Besides the code, `fixed` fields do not change once it stands."""

    fixed = ()

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return name_in(self, get_language())


def names_of(row) -> dict[str, str]:
    """The name in each language, for what is kept and read later."""
    return {code: name_in(row, code) for code, _label in settings.LANGUAGES}


def name_in(row, language: str | None) -> str:
    """The name of a trilingual row in `language`; a missing one falls back to Kazakh."""
    return getattr(row, f"name_{(language or 'kk')[:2]}", "") or row.name_kk
