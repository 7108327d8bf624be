"""How a hit of the search is drawn."""

from datetime import datetime

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def marked(segments):
    """Plain text with the words of the query in <mark>."""
    pieces = ((escape(text), is_marked) for text, is_marked in segments)
    return mark_safe("".join(f"<mark>{text}</mark>" if is_marked else text for text, is_marked in pieces))  # noqa: S308


@register.filter
def place(hit) -> str:
    """Where in a file the words stand; takes a hit or a passage."""
    if hit.page:
        return _("page %(number)s of the file %(name)s") % {"number": hit.page, "name": hit.label}
    return _("in the file %(name)s") % {"name": hit.label} if hit.label else ""


@register.filter
def moment(text: str) -> datetime:
    """An entry keeps a moment as text."""
    return datetime.fromisoformat(text)
