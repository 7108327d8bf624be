"""The posts of a page, drawn in Python: a page has thirty, and each template costs more than all it says."""

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape
from types import SimpleNamespace

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from portal.templatetags.look import avatar_tone, icon, initials, language_badge, language_of

from ..models import Post, Topic
from .posts import author, post_label

register = template.Library()

AVATAR = '<span class="avatar avatar-{}" aria-hidden="true">{}</span>'
STATE = '<p class="state{}">{}{}</p>'
KEEP = ' id="keep-{pk}" hx-post="{place}" hx-swap="outerHTML" aria-pressed="{pressed}"{value}'
PRESS = '<button class="button button-quiet button-small" type="submit" form="post-deeds" formaction="{}"{}>{}</button>'
MORE = (
    '<details class="menu" data-menu><summary aria-label="{}">{}</summary><div class="menu-panel"><ul class="plain">{}</ul></div></details>'
)


@register.simple_tag(takes_context=True)
def posts(context, rows: Iterable[Post | int]) -> SafeString:
    """Posts, and numbers of those that are missing between them.

    `topic`, `base`, `deeds`, `unread_from` and `asked` of the page say where they stand and what this reader may do, see views/topics.py.
    """
    numbers = {"unread_from": context.get("unread_from"), "asked": context.get("asked")}
    drawing = Drawing(context["topic"], context["base"], context.get("deeds"), **numbers)
    return mark_safe("".join(map(drawing.row, rows)))  # noqa: S308 - what is not made here is escaped here


@cache
def words(_language: str) -> SimpleNamespace:
    """What each post says alike, safe to stand in a page."""

    def labelled(symbol: str, said: str) -> str:
        return f"{icon(symbol)}<span>{escape(said)}</span>"

    return SimpleNamespace(
        quote=labelled("undo-2", _("Quote")),
        solves=labelled("check", _("This solved it")),
        solves_not=labelled("check", _("It did not solve it after all")),
        keep=labelled("bookmark", pgettext("a post among the bookmarks", "Keep")),
        kept=labelled("bookmark", pgettext("a post among the bookmarks", "Kept")),
        more=MORE.format(escape(_("More about this post")), icon("ellipsis"), "{}"),
        edit=icon("pencil") + escape(_("Change the post")),
        delete=icon("trash-2") + escape(_("Delete the post")),
        hide=icon("eye-off") + escape(_("Take it out of sight")),
        show=icon("eye-off") + escape(_("Show it again")),
        report=icon("flag") + escape(_("Report a problem")),
        changed=escape(pgettext("of a post", "changed")),
        unread=escape(_("New from here")),
        unwanted=escape(_("A post of somebody you have blocked")),
    )


@lru_cache(5000)
def moment(minute, _language: str) -> str:
    return date_format(minute, "SHORT_DATETIME_FORMAT")


def keep_button(pk: int, language: str, *, is_kept: bool) -> str:
    """Also the answer to itself: htmx puts the other one in its place."""
    place = f"/{language}/posts/{pk}/keep/"
    value, said = (' name="forget" value="1"', words(language).kept) if is_kept else ("", words(language).keep)
    return PRESS.format(place, KEEP.format(pk=pk, place=place, pressed="true" if is_kept else "false", value=value), said)


class Drawing:
    """What is the same for all posts of one page is made ready once."""

    def __init__(self, topic: Topic, base: str, deeds: dict | None, *, unread_from: int | None = None, asked: int | None = None):
        self.topic, self.base, self.deeds, self.unread_from, self.asked = topic, base, deeds, unread_from, asked
        self.language = get_language()
        self.words = words(self.language)

    def row(self, row: Post | int) -> str:
        if isinstance(row, int):
            gap = ngettext("A post was removed", "%(number)s posts were removed", row) % {"number": row}
            return f'<p class="post-gap">{gap}</p>'
        line = f'<p class="unread-line" id="unread">{self.words.unread}</p>' if row.number and row.number == self.unread_from else ""
        return line + self.post(row)

    def post(self, post: Post) -> str:
        body = f'<div class="prose post-text" lang="{post.language}">{conditional_escape(post.body)}</div>{self.files(post)}'
        if getattr(post, "unwanted", False):
            body = f'<details class="more"><summary>{self.words.unwanted}</summary>{body}</details>'
        deeds = self.deeds_of(post) if self.deeds and post.number else ""
        return f"{self.opening(post)}{self.head(post)}{self.notes(post)}{body}{deeds}</article>"

    def opening(self, post: Post) -> str:
        solving = " post-solving" if post.pk == self.topic.solved_by_id else ""
        aside = " post-aside" if post.state != Post.State.SHOWN else ""
        place = f' id="post-{post.number}" data-number="{post.number}"' if post.number else ""
        return f'<article class="post{solving}{aside}"{place} aria-label="{escape(post_label(post))}">'

    def head(self, post: Post) -> str:
        """Of the post that the address asks for, a browser shows the head at once, with scripts and without."""
        name = post.author.get_full_name() if post.author else ""
        avatar = AVATAR.format(avatar_tone(name), escape(initials(name))) if name else ""
        badge = language_badge(post.language) if post.language != self.topic.language else ""
        said_by = f'<strong class="post-author">{conditional_escape(author(post))}</strong>'
        focus = ' tabindex="-1" autofocus' if post.number and post.number == self.asked else ""
        return f'<header class="post-head"{focus}>{avatar}<p>{said_by}<br>{self.day(post)}</p>{badge}</header>'

    def day(self, post: Post) -> str:
        at = localtime(post.created_at)
        place = f"{self.base}{post.number}/#post-{post.number}" if post.number else self.base
        said = f'<time datetime="{at.isoformat()}">{moment(at.replace(second=0, microsecond=0), self.language)}</time>'
        changed = f' <a class="post-day" href="{self.base}{post.number}/history/">{self.words.changed}</a>' if post.edited_at else ""
        return f'<a class="post-day" href="{place}">{said}</a>{changed}'

    def notes(self, post: Post) -> str:
        """Why it stands out."""
        drawn = ""
        if post.pk == self.topic.solved_by_id:
            drawn = format_html('<p class="solved-line">{}{}</p>', icon("circle-check"), _("This answer solved it"))
        if post.state == Post.State.HELD:
            drawn += format_html(STATE, "", icon("clock"), _("Waits for a steward; the others do not see it yet."))
        if post.state == Post.State.HIDDEN:
            reason = format_html(
                '{} <span lang="{}">{}</span>', _("Taken out of sight by a steward."), language_of(post.reason), post.reason
            )
            drawn += format_html(STATE, " state-danger", icon("eye-off"), reason)
        return drawn

    def files(self, post: Post) -> str:
        return render_to_string("community/post_files.html", {"post": post, "base": self.base}) if getattr(post, "has_files", False) else ""

    def deeds_of(self, post: Post) -> str:
        """What she may do with this one: `deeds` of the page says what she may do with any."""
        pressed = "".join(self.buttons(post, f"/{self.language}/posts/{post.pk}/"))
        links = "".join(f'<li><a href="{href}">{words}</a></li>' for href, words in self.rarer(post))
        return f'<div class="post-deeds">{pressed}{self.words.more.format(links) if links else ""}</div>'

    def buttons(self, post: Post, place: str):
        if post.state != Post.State.SHOWN:
            return
        if self.deeds["answers"]:
            href = f"{self.base}{self.topic.highest_number}/?quote={post.number}#composer"
            yield f'<a class="button button-quiet button-small" href="{href}">{self.words.quote}</a>'
        if self.deeds["solves"] and post.number > 1:
            solved = self.topic.solved_by_id == post.pk
            name, said = (' name="take_back" value="1"', self.words.solves_not) if solved else ("", self.words.solves)
            yield PRESS.format(f"{place}solve/", name, said)
        yield keep_button(post.pk, self.language, is_kept=bool(post.kept))

    def rarer(self, post: Post):
        deeds, place = self.deeds, f"/{self.language}/posts/{post.pk}/"
        mine, shown = deeds["user"] == post.author_id, post.state == Post.State.SHOWN
        if mine and shown and deeds["answers"]:
            yield f"{place}edit/", self.words.edit
        if (mine or deeds["steward"]) and post.number > 1:
            yield f"{place}delete/", self.words.delete
        if deeds["steward"] and post.number > 1:
            yield f"{place}hide/", self.words.hide if shown else self.words.show
        if not mine:
            yield f"/{self.language}/complaints/posts/{post.pk}/", self.words.report
