"""A post, drawn in Python: a page has thirty, and each template costs more than all it says."""

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.templatetags.look import avatar_tone, icon, initials, language_badge, language_of

from ..models import Post, Topic
from .posts import author, post_deeds, post_label

register = template.Library()

AVATAR = '<span class="avatar avatar-{}" aria-hidden="true">{}</span>'
STATE = '<p class="state{}">{}{}</p>'


@register.simple_tag(takes_context=True)
def post(context, post: Post) -> SafeString:
    """`topic`, `base` and `deeds` of the page say where it stands and what this reader may do, see views/topics.py."""
    topic, base = context["topic"], context["base"]
    body = f'<div class="prose post-text" lang="{post.language}">{conditional_escape(post.body)}</div>{files(post, base)}'
    if getattr(post, "unwanted", False):
        why = _("A post of somebody you have blocked")
        body = f'<details class="more"><summary>{why}</summary>{body}</details>'
    deeds = post_deeds(context, post) if context.get("deeds") and post.number else ""
    is_asked = bool(post.number) and context.get("asked") == post.number
    around = f"{opening(post, topic)}{head(post, topic, base, is_asked=is_asked)}{notes(post, topic)}"
    return mark_safe(f"{around}{body}{deeds}</article>")  # noqa: S308 - what is not made here is escaped here


def opening(post: Post, topic: Topic) -> str:
    solving = " post-solving" if post.pk == topic.solved_by_id else ""
    aside = " post-aside" if post.state != Post.State.SHOWN else ""
    place = f' id="post-{post.number}" data-number="{post.number}"' if post.number else ""
    return f'<article class="post{solving}{aside}"{place} aria-label="{conditional_escape(post_label(post))}">'


def head(post: Post, topic: Topic, base: str, *, is_asked: bool) -> str:
    """Of the post that the address asks for, a browser shows the head at once, with scripts and without."""
    name = post.author.get_full_name() if post.author else ""
    avatar = format_html(AVATAR, avatar_tone(name), initials(name)) if name else ""
    badge = language_badge(post.language) if post.language != topic.language else ""
    focus = ' tabindex="-1" autofocus' if is_asked else ""
    return (
        f'<header class="post-head"{focus}>{avatar}<p><strong class="post-author">{conditional_escape(author(post))}</strong><br>'
        f"{day(post, base)}</p>{badge}</header>"
    )


def day(post: Post, base: str) -> str:
    moment = localtime(post.created_at)
    place = f"{base}{post.number}/#post-{post.number}" if post.number else base
    said = f'<time datetime="{moment.isoformat()}">{date_format(moment, "SHORT_DATETIME_FORMAT")}</time>'
    drawn = f'<a class="post-day" href="{place}">{said}</a>'
    if not post.edited_at:
        return drawn
    changed = pgettext("of a post", "changed")
    return f'{drawn} <a class="post-day" href="{base}{post.number}/history/">{changed}</a>'


def notes(post: Post, topic: Topic) -> str:
    """Why it stands out."""
    drawn = ""
    if post.pk == topic.solved_by_id:
        drawn = format_html('<p class="solved-line">{}{}</p>', icon("circle-check"), _("This answer solved it"))
    if post.state == Post.State.HELD:
        drawn += format_html(STATE, "", icon("clock"), _("Waits for a steward; the others do not see it yet."))
    if post.state == Post.State.HIDDEN:
        reason = format_html('{} <span lang="{}">{}</span>', _("Taken out of sight by a steward."), language_of(post.reason), post.reason)
        drawn += format_html(STATE, " state-danger", icon("eye-off"), reason)
    return drawn


def files(post: Post, base: str) -> str:
    if not getattr(post, "has_files", False):
        return ""
    return render_to_string("community/post_files.html", {"post": post, "base": base})
