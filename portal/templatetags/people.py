"""A colleague in a list, from her entry."""

from django import template
from django.utils.text import capfirst
from django.utils.translation import get_language

from ..models import Position
from ..vocabularies import language_labels, subject_labels

register = template.Library()


@register.filter
def place_of_work(hit) -> list[str]:
    """Her post and school in the reader's language; nothing where she keeps it to herself."""
    if "school" not in hit.data:
        return []
    names = hit.data["school"]
    return [capfirst(Position.Post(hit.data["post"]).label), names.get(get_language()) or names["kk"]]


@register.filter
def teaches(hit) -> list[str]:
    codes = hit.entry.facets
    named = subject_labels(codes.get("subject", [])), language_labels(codes.get("language", []))
    return [", ".join(map(str, labels.values())) for labels in named if labels]
