"""How notices call a cohort or a stage: a text of a notice asks the database for nothing."""

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from portal.models import Notice
from portal.notices.own import quoted

from ..models import Cohort
from ..models.naming import Named

PROGRAMMES = gettext_lazy("Programmes")


def names_of(row: Named) -> dict[str, str]:
    return {"kk": row.name_kk, "ru": row.name_ru or row.name_kk, "en": row.name_en or row.name_kk}


def named(cohort: Cohort) -> dict:
    return {"cohort": names_of(cohort)}


def name_in_data(notice: Notice, key: str) -> SafeString:
    return quoted(notice.data[key][get_language()])


def cohort_name(notice: Notice) -> SafeString:
    return name_in_data(notice, "cohort")
