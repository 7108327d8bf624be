"""What stands around posts: the way to them, who wrote them, what may be done with them. Drawn in Python: a page has thirty."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from portal.templatetags.look import dotted, file_icon, icon

from ..models import Group, Post, Topic

register = template.Library()

FILE = (
    '<li class="file"><span class="file-icon">{}</span><div class="file-body"><p class="file-name"><a href="{}">{}</a></p>'
    '<p class="row-facts">{}</p></div>{}</li>'
)
MORE = (
    '<details class="menu" data-menu><summary aria-label="{}">{}</summary><div class="menu-panel"><ul class="plain">{}</ul></div></details>'
)
PRESS = '<button class="{}" type="submit" form="post-deeds" formaction="{}"{}>{}<span>{}</span></button>'
KEEPING = ' id="keep-{}" hx-post="{}" hx-swap="outerHTML" aria-pressed="false"'
KEPT = ' id="keep-{}" hx-post="{}" hx-swap="outerHTML" aria-pressed="true" name="forget" value="1"'
LINK = '<a class="button button-quiet button-small" href="{}">{}<span>{}</span></a>'


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


@register.simple_tag(takes_context=True)
def post_deeds(context, post: Post) -> SafeString:
    """`deeds` of the page says what this reader may do with any post; what she may do with this one is hers or not."""
    deeds, topic, base = context["deeds"], context["topic"], context["base"]
    mine, shown, rest = deeds["user"] == post.author_id, post.state == Post.State.SHOWN, []
    place = f"/{get_language()}/posts/{post.pk}/"
    drawn = []
    if deeds["answers"] and shown:
        drawn.append(format_html(LINK, f"{base}{topic.highest_number}/?quote={post.number}#composer", icon("undo-2"), _("Quote")))
    if deeds["solves"] and shown and post.number > 1:
        drawn.append(solving(place, is_solution=topic.solved_by_id == post.pk))
    if shown:
        drawn.append(keeping(post, is_kept=post.kept))
    if mine and shown and deeds["answers"]:
        rest.append((f"{place}edit/", icon("pencil"), _("Change the post")))
    if (mine or deeds["steward"]) and post.number > 1:
        rest.append((f"{place}delete/", icon("trash-2"), _("Delete the post")))
    if deeds["steward"] and post.number > 1:
        rest.append((f"{place}hide/", icon("eye-off"), _("Take it out of sight") if shown else _("Show it again")))
    if not mine:
        rest.append((f"/{get_language()}/complaints/posts/{post.pk}/", icon("flag"), _("Report a problem")))
    if rest:
        links = format_html_join("", '<li><a href="{}">{}{}</a></li>', rest)
        drawn.append(format_html(MORE, _("More about this post"), icon("ellipsis"), links))
    return format_html('<div class="post-deeds">{}</div>', mark_safe("".join(drawn)))  # noqa: S308 - each of them is drawn by format_html


def keeping(post: Post, *, is_kept: bool) -> SafeString:
    """Also the answer to itself: htmx puts the other one in its place."""
    place = f"/{get_language()}/posts/{post.pk}/keep/"
    state = format_html(KEPT if is_kept else KEEPING, post.pk, place)
    words = pgettext("a post among the bookmarks", "Kept") if is_kept else pgettext("a post among the bookmarks", "Keep")
    return format_html(PRESS, "button button-quiet button-small", place, state, icon("bookmark"), words)


def solving(place: str, *, is_solution: bool) -> SafeString:
    name = mark_safe(' name="take_back" value="1"') if is_solution else ""
    words = _("It did not solve it after all") if is_solution else _("This solved it")
    return format_html(PRESS, "button button-quiet button-small", f"{place}solve/", name, icon("check"), words)
