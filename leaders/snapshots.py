"""What a certificate says, written out in every language on the day on which it is issued."""

from datetime import date, datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext, override

from portal.models import User

from .evaluate import GROUPS, Outcome
from .models import Certificate, Cohort
from .notices.named import names_of

LANGUAGES = tuple(code for code, _label in settings.LANGUAGES)


def names_on(user: User) -> dict[str, str]:
    """As she writes it herself, in English in Latin letters where she has given them."""
    return {"kk": user.full_name, "ru": user.full_name, "en": user.latin_name or user.full_name}


def snapshot_of(cohort: Cohort, outcome: Outcome, names: dict[str, str]) -> dict[str, dict]:
    """The words of a certificate by language."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = {
                "name": names[language],
                "programme": names_of(cohort.version.programme)[language],
                "level": cohort.version.programme.get_level_display(),
                "issuer": gettext("Teachers' portal"),
                "requirements": [leaf.rule.names[language] for leaf in met_leaves(outcome)],
            }
    return said


def facts_on(cohort: Cohort, outcome: Outcome, now: datetime) -> dict:
    """What is the same in every language."""
    return {
        "programme": cohort.version.programme.code,
        "version": cohort.version.number,
        "hours": cohort.version.hours,
        "starts_on": cohort.starts_on.isoformat(),
        "ends_on": cohort.ends_on.isoformat(),
        "issued_on": localtime(now).date().isoformat(),
        "requirements": [
            {"code": leaf.rule.code, "kind": leaf.rule.kind, "has": leaf.has, "needs": leaf.needs} for leaf in met_leaves(outcome)
        ],
    }


def met_leaves(outcome: Outcome) -> list[Outcome]:
    own = [outcome] if outcome.met and outcome.rule.kind not in GROUPS else []
    return own + [leaf for child in outcome.children for leaf in met_leaves(child)]


# What it says, for people


def said_of(certificate: Certificate) -> dict:
    """In the language that is active; nothing where it was erased."""
    if certificate.erased_at:
        return {}
    language = get_language()
    return certificate.snapshot[language] | {"language": language, "lines": lines_of(certificate, language)}


def lines_of(certificate: Certificate, language: str) -> list[tuple[str, str]]:
    """Level, hours and days, in the language that is active and in which they were written."""
    facts = certificate.facts
    hours = ngettext("%(count)s hour", "%(count)s hours", facts["hours"]) % {"count": facts["hours"]}
    return [
        (gettext("Level"), certificate.snapshot[language]["level"]),
        (gettext("Length"), hours),
        (gettext("Days of the course"), f"{said_day(facts['starts_on'])} – {said_day(facts['ends_on'])}"),
        (gettext("Issued on"), said_day(facts["issued_on"])),
    ]


def said_day(day: str) -> str:
    """Never broken at the end of a line."""
    return date_format(date.fromisoformat(day), "DATE_FORMAT").replace(" ", "\u00a0")
