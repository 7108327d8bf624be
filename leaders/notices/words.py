"""What notices of programmes have in common."""

from django.utils.translation import get_language, gettext_lazy

from portal.models import Notice
from portal.notices.own import quoted

from ..models import Cohort

PROGRAMMES = gettext_lazy("Programmes")


def named(cohort: Cohort) -> dict:
    """How a notice calls a cohort, whatever the language in which it is read."""
    names = {"kk": cohort.name_kk, "ru": cohort.name_ru, "en": cohort.name_en}
    return {"names": {language: name for language, name in names.items() if name}}


def cohort_name(notice: Notice) -> str:
    names = notice.data["names"]
    language = get_language() if get_language() in names else "kk"
    return quoted(names[language], language)
