"""Programmes and cohorts in lists."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from portal.templatetags.finding import marked
from portal.vocabularies import region_labels

from ..models import Cohort, Enrolment, Programme, Requirement
from ..querysets.roles import SEATED

register = template.Library()
FALLBACK = "kk"


def in_language(words: dict[str, str]) -> str:
    return words.get(get_language()) or words.get(FALLBACK) or next(iter(words.values()), "")


@register.filter
def cohort_name(hit):
    name = in_language(hit.data["names"])
    return marked(hit.title) if name == hit.entry.title else name


@register.filter
def own_address(hit) -> str:
    return f"/{get_language()}{hit.data['url']}"


@register.filter
def cohort_state(hit) -> str:
    """Until when applications are taken, where they are; else how far the cohort has come."""
    return said_of(hit.data["state"], closing_of(hit))


@register.filter
def hit_tone(hit) -> str:
    return tone(hit.data["state"], closing_of(hit))


@register.filter
def cohort_facts(hit) -> list:
    days, codes = map(date.fromisoformat, hit.data["days"]), hit.entry.facets
    places = [str(label) for label in region_labels(codes.get("region", [])).values()]
    formats = [str(Cohort.Format(code).label) for code in codes.get("format", [])]
    return [in_language(hit.data["programme"]), " – ".join(short(day) for day in days), *places, *formats]


@register.filter
def state_of(cohort: Cohort) -> str:
    """The same for a row."""
    return said_of(cohort.state, cohort.closes_at)


@register.filter
def state_tone(cohort: Cohort) -> str:
    return tone(cohort.state, cohort.closes_at)


def closing_of(hit) -> datetime | None:
    closes = hit.data["closes_at"]
    return datetime.fromisoformat(closes) if closes else None


def said_of(state: str, closes: datetime | None) -> str:
    """From its last moment on it is closed, also before the clock has come to say so."""
    if state != Cohort.State.OPEN or closes is None:
        return Cohort.State(state).label
    return open_until(closes) if closes > timezone.now() else gettext("applications are closed")


def tone(state: str, closes: datetime | None) -> str:
    return "ok" if state == Cohort.State.OPEN and (closes is None or closes > timezone.now()) else ""


@register.filter
def days_of(cohort: Cohort) -> list:
    return [f"{short(cohort.starts_on)} – {short(cohort.ends_on)}"]


@register.filter
def seat_page(seat: Enrolment) -> str:
    """The course, once she sits in it; until then the page where she answers or waits."""
    return f"{page_of(seat.cohort)}course/" if seat.state in SEATED else f"/{get_language()}{seat.address}"


@register.filter
def facts_of(cohort: Cohort) -> list:
    return [*days_of(cohort), cohort.region, cohort.get_format_display(), cohort.place]


@register.filter
def offered_facts(cohort: Cohort) -> list:
    """Where cohorts of several programmes stand together."""
    return [cohort.version.programme.name, *days_of(cohort), cohort.region, cohort.get_format_display()]


@register.filter
def programme_title(hit):
    title = in_language(hit.data["titles"])
    return marked(hit.title) if title == hit.entry.title else title


@register.filter
def programme_language(hit) -> str:
    return get_language() if get_language() in hit.data["titles"] else hit.entry.language


@register.filter
def programme_address(hit) -> str:
    return in_language(hit.data["urls"])


@register.filter
def programme_passage(hit):
    return marked(hit.excerpt) if hit.excerpt else in_language(hit.data["leads"])


@register.filter
def programme_facts(hit) -> list:
    return [Programme.Level(hit.data["level"]).label]


def short(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def open_until(moment: datetime) -> str:
    return gettext("applications until %(day)s") % {"day": short(localtime(moment).date())}


@register.filter
def page_of(cohort: Cohort) -> str:
    return f"/{get_language()}{cohort.address}"


@register.filter
def amount_of(requirement: Requirement) -> str:
    """How much of it is asked for, in words."""
    number = {"count": requirement.amount}
    match requirement.kind:
        case "attendance":
            return gettext("at least %(count)s %% of the hours") % number
        case "some":
            return ngettext("at least %(count)s of these", "at least %(count)s of these", requirement.amount) % number
        case "hours":
            return ngettext("%(count)s hour in all", "%(count)s hours in all", requirement.amount) % number
        case "points":
            return ngettext("%(count)s point in all", "%(count)s points in all", requirement.amount) % number
        case "mentoring":
            return ngettext("%(count)s meeting", "%(count)s meetings", requirement.amount) % number
        case "certificate":
            return requirement.programme.name
        case "all" | "any":
            return requirement.get_kind_display()
    return ""
