"""A topic among what was found: it opens at the post in which the words stand."""

from django import template
from django.utils.translation import get_language, gettext

from ..search import kind_labels
from .talk import SYMBOL, SYMBOLS, facts, spoken

register = template.Library()


@register.filter
def topic_address(hit) -> str:
    """`/topics/7/` for the opening post, `/topics/7/31/` for another one."""
    number = hit.passage.part if hit.passage else 1
    return f"/{get_language()}{hit.data['url']}" + (f"{number}/" if number > 1 else "")


@register.filter
def topic_symbol(hit) -> str:
    return SYMBOLS.get(next(iter(hit.entry.facets.get("kind", [])), ""), SYMBOL)


@register.filter
def topic_facts(hit) -> list[str]:
    names = hit.data["group"]
    language = get_language() if get_language() in names else next(iter(names))
    author = hit.data["author"] or gettext("Former colleague")
    return [
        *kind_labels(hit.entry.facets.get("kind", [])).values(),
        *facts(spoken(names[language], language), author, hit.entry.published_at),
    ]


@register.filter
def topic_place(hit) -> str:
    return gettext("post %(number)s") % {"number": hit.passage.part} if hit.passage and hit.passage.part > 1 else ""


@register.filter
def topic_signals(hit) -> list[dict]:
    return [{"icon": "circle-check", "text": gettext("solved")}] if "yes" in hit.entry.facets.get("solved", []) else []
