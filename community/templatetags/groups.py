"""A group in a list, from its entry."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext, pgettext

from portal.templatetags.finding import marked
from portal.vocabularies import region_labels, subject_labels

from ..search import access_labels

register = template.Library()


@register.filter
def language_shown(hit) -> str:
    """The reader's, where the group speaks it; else its first."""
    return get_language() if get_language() in hit.data["names"] else hit.entry.language


@register.filter
def name_shown(hit):
    language = language_shown(hit)
    return marked(hit.title) if language == hit.entry.language else hit.data["names"][language]


@register.filter
def purpose_shown(hit):
    """The place where the words stand, if it is in the language that is shown."""
    language = language_shown(hit)
    found = hit.excerpt and hit.passage.language == language
    return marked(hit.excerpt) if found else hit.data["purposes"][language]


@register.filter
def path_shown(hit) -> str:
    return f"/{get_language()}{hit.data['url']}"


@register.filter
def state_shown(hit) -> str:
    return pgettext("a group", "archived") if hit.data["archived"] else ""


@register.filter
def group_facts(hit) -> list:
    codes = hit.entry.facets
    named = access_labels(codes.get("access", [])), subject_labels(codes.get("subject", [])), region_labels(codes.get("region", []))
    return [*(", ".join(map(str, labels.values())) for labels in named), members(hit.data["members"])]


@register.filter
def school_group_facts(group) -> list:
    return [group.access_word, members(group.members_count)]


@register.filter
def frame_facts(group) -> list:
    """Under the name on each page of a group."""
    named = subject_labels([group.subject_code]), region_labels([group.region_code])
    return [group.access_word, *(name for labels in named for name in labels.values()), members(group.members_count)]


@register.filter
def members(number: int) -> str:
    return ngettext("%(count)s member", "%(count)s members", number) % {"count": number} if number else ""


@register.filter
def waiting_facts(asked) -> list:
    return [gettext("waits for %(time)s") % {"time": timesince(asked.asked_at, depth=1)}]


@register.filter
def came(invitation) -> str:
    """How many have come by it."""
    number = invitation.taken
    return ngettext("%(count)s person came", "%(count)s people came", number) % {"count": number} if number else ""


@register.filter
def group_file_facts(row) -> list:
    """Its size, the topic it was sent to, by whom and when."""
    author = row.post.author.get_full_name() if row.post.author else ""
    day = date_format(localtime(row.post.created_at), "SHORT_DATE_FORMAT")
    topic = format_html('<span lang="{}">{}</span>', row.post.topic.language, row.post.topic.title)
    return [filesizeformat(row.file.size), topic, author, day]
