"""How a hit of the search is drawn."""

from datetime import datetime

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def marked(segments):
    """Plain text with the words of the query in <mark>."""
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", text) if is_marked else text,) for text, is_marked in segments))


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
