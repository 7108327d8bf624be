"""What stands around posts: the way to them, who wrote them, what may be done with them. Drawn in Python: a page has thirty."""

from functools import cache

from django import template
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from portal.templatetags.look import dotted, file_icon, icon

from ..forms.topics import PostForm
from ..models import Group, Post, Topic

register = template.Library()

FILE = (
    '<li class="file"><span class="file-icon">{}</span><div class="file-body"><p class="file-name"><a href="{}">{}</a></p>'
    '<p class="row-facts">{}</p></div>{}</li>'
)


@register.simple_tag(takes_context=True)
def composer(context) -> SafeString:
    """The fields of a post. Empty ones, at the foot of nearly every topic, are drawn once in each language."""
    form, draft, accept = context["form"], context["draft"], context["accept"]
    if form.is_bound or draft or form.initial.keys() != {"key"}:
        return render_to_string("community/composer.html", {"form": form, "draft": draft, "accept": accept})
    return empty_composer(type(form), accept, get_language())


@cache
def empty_composer(kind: type[PostForm], accept: str, _language: str) -> SafeString:
    return render_to_string("community/composer.html", {"form": kind(), "accept": accept})


@register.simple_tag
def group_trail(group: Group) -> list[dict]:
    language = get_language()
    return [{"label": _("Groups"), "url": f"/{language}/groups/"}, {"label": group.name, "url": f"/{language}/groups/{group.pk}/"}]


@register.simple_tag
def topic_trail(topic: Topic) -> list[dict]:
    return group_trail(topic.group)


@register.simple_tag
def topic_facts(topic: Topic) -> SafeString:
    answers = max(topic.posts_count - 1, 0)
    facts = [capfirst(topic.get_kind_display()), ngettext("%(number)s answer", "%(number)s answers", answers) % {"number": answers}]
    signs = [(icon("lock"), _("closed"))] if topic.locked_at else []
    pinned = [_("pinned")] if topic.pinned_at else []
    return dotted([*facts, *pinned, *(format_html("{} {}", *sign) for sign in signs)])


@register.simple_tag
def author(post: Post) -> str:
    person = post.author
    if not person:
        return capfirst(pgettext("instead of a name", "former colleague"))
    if not person.is_active:
        return person.get_full_name()
    return format_html('<a href="/{}/people/{}/">{}</a>', get_language(), person.pk, person.get_full_name())


@register.simple_tag
def post_label(post: Post) -> str:
    """What a reader of screens hears of a post in a list of landmarks."""
    name = post.author.get_full_name() if post.author else pgettext("instead of a name", "former colleague")
    return _("Post %(number)s, %(name)s") % {"number": post.number or "", "name": name}


@register.simple_tag
def file_line(file, base: str) -> SafeString:
    return format_html(FILE, icon(file_icon(file.kind)), f"{base}files/{file.pk}/", file.name, filesizeformat(file.size), "")


@register.simple_tag
def draft_file_line(row) -> SafeString:
    remove = format_html(
        '<div class="row-action"><button class="icon-button" type="submit" formaction="{}" formnovalidate>{}</button></div>',
        reverse("drop_draft_file", args=[row.file_id]),
        icon("x", label=_("Remove the file")),
    )
    address = reverse("draft_file", args=[row.file_id])
    return format_html(FILE, icon(file_icon(row.file.kind)), address, row.file.name, filesizeformat(row.file.size), remove)
