"""A topic among what was found: it opens at the post in which the words stand."""

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from ..search import kind_labels

register = template.Library()


@register.filter
def topic_address(hit) -> str:
    """`/topics/7/` for the opening post, `/topics/7/31/` for another one."""
    number = hit.passage.part if hit.passage else 1
    return f"/{get_language()}{hit.data['url']}" + (f"{number}/" if number > 1 else "")


@register.filter
def topic_facts(hit) -> list:
    kinds = kind_labels(hit.entry.facets.get("kind", [])).values()
    names = hit.data["group"]
    group = names.get(get_language()) or next(iter(names.values()))
    day = date_format(localtime(hit.entry.published_at), "SHORT_DATE_FORMAT")
    return [fact for fact in (*kinds, group, hit.data["author"], day) if fact]


@register.filter
def topic_place(hit) -> str:
    return gettext("post %(number)s") % {"number": hit.passage.part} if hit.passage and hit.passage.part > 1 else ""


@register.filter
def topic_signals(hit) -> list[dict]:
    return [{"icon": "circle-check", "text": gettext("solved")}] if "yes" in hit.entry.facets.get("solved", []) else []
