"""How topics are drawn in lists."""

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext

from portal.models.people import short_name
from portal.notices.reading import SHOWN_AT_MOST, counter
from portal.templatetags.look import day, row
from portal.text import plain, words_of
from search.analysis import guess_language

from ..models import Group, Level, Membership, Topic
from ..querysets.groups import STEWARDS

register = template.Library()

TITLE_LETTERS = 80
PASSAGE_LETTERS = 200
# From which part of all questions on it is said so
SHARES = [
    (0.95, gettext_lazy("Nearly every question is answered within two days.")),
    (0.7, gettext_lazy("Most questions are answered within two days.")),
    (0.45, gettext_lazy("About half of the questions are answered within two days.")),
    (0, gettext_lazy("Fewer than half of the questions are answered within two days.")),
]

SYMBOL = "message-circle"
SYMBOLS = {Topic.Kind.QUESTION: "circle-help", Topic.Kind.ANNOUNCEMENT: "megaphone"}


@register.simple_tag
def topic_row(topic, outside=False):
    """One line of a list of topics, fetched `with_reading` and `with_writer`; outside its group it names the group."""
    new = unread(topic)
    return row(
        topic.title,
        f"/{get_language()}{way(topic, new)}",
        symbol=SYMBOLS.get(topic.kind, SYMBOL),
        lang=topic.language,
        facts=facts(outside and named(topic.group), began(topic), topic.bumped_at),
        signals=signals(topic),
        **state(topic, new),
    )


def facts(group: str, author: str, moment) -> list[str]:
    """What stands under the title of a topic, in lists and where it was found."""
    return [group, author, day(moment)]


def unread(topic: Topic) -> int:
    """How many posts are new to a member who wants to know."""
    follows = topic.my_read_until and topic.my_level != Level.MUTE
    return topic.highest_number - topic.my_read_to if follows else 0


def way(topic: Topic, new: int) -> str:
    """Who has read a part goes on with the first post that is new to her."""
    return f"{topic.address}{topic.my_read_to + 1}/" if new and topic.my_read_to else topic.address


def state(topic: Topic, new: int) -> dict[str, str]:
    if topic.state != Topic.State.SHOWN:
        return {"state": topic.get_state_display(), "tone": "warn"}
    if not new:
        return {}
    return {"state": ngettext("%(count)s new", "%(count)s new", min(new, SHOWN_AT_MOST)) % {"count": counter(new)}, "tone": "human"}


@register.filter
def named(group: Group) -> str:
    """In a language that the group speaks."""
    return spoken(group.name, group.shown_language)


def spoken(name: str, language: str) -> str:
    return name if language == get_language() else format_html('<span lang="{}">{}</span>', language, name)


def began(topic: Topic) -> str:
    return short_name(topic.writer_given, topic.writer_family) if topic.author_id else gettext("Former colleague")


@register.filter
def writer(said) -> str:
    """Of a topic or a post."""
    return said.author.get_full_name() if said.author else gettext("Former colleague")


def signals(topic: Topic) -> list[dict[str, str]]:
    answers = topic.posts_count - 1
    signs = {
        "pin": topic.pinned_at and pgettext("topic", "pinned"),
        "lock": topic.locked_at and pgettext("topic", "closed"),
        "circle-check": topic.solved_by_id and pgettext("question", "solved"),
        "message-circle": answers > 0 and ngettext("%(count)s answer", "%(count)s answers", answers) % {"count": answers},
    }
    return [{"icon": icon, "text": text} for icon, text in signs.items() if text]


@register.simple_tag
def my_group_row(group):
    """One of her own groups, or one that she has asked to be let into."""
    cares = group.my_role in STEWARDS
    asks = group.waiting.get("group_requests") and gettext("a request to join waits for you")
    held = group.waiting.get("held") and gettext("a post waits for your look")
    waits = group.my_role is None and gettext("your request waits for an answer")
    muted = group.my_level == Level.MUTE and pgettext("group", "no notices")
    news = {"state": pgettext("group", "has news"), "tone": "human"} if group.has_news else {}
    archived = group.archived_at and pgettext("group", "archived")
    facts = [Membership.Role(group.my_role).label if cares else "", archived, muted, waits]
    signs = [{"icon": icon, "text": text} for icon, text in (("users", asks), ("clock", held)) if text]
    return row(named(group), f"/{get_language()}/groups/{group.pk}/", symbol="users", facts=facts, signals=signs, **news)


@register.simple_tag
def draft_row(draft):
    """Leads to where it is written on."""
    post, topic = draft.post, draft.topic or (draft.post and draft.post.topic)
    language = draft.language or guess_language(draft.title or draft.text)
    place = f"/posts/{post.pk}/edit/" if post else topic.address if topic else f"/groups/{draft.group_id}/ask/"
    said = draft.title or Truncator(plain(draft.text)).chars(TITLE_LETTERS) or gettext("Without words yet")
    facts = [topic.title if topic else named(draft.group), day(draft.changed_at)]
    return row(said, f"/{get_language()}{place}", symbol="pencil", lang=language, facts=facts)


@register.simple_tag
def kept_row(post):
    words = Truncator(words_of(post.html)).chars(PASSAGE_LETTERS)
    href, facts = f"/{get_language()}{post.address}", [named(post.topic.group), writer(post), day(post.created_at)]
    return row(post.topic.title, href, symbol="bookmark", lang=post.language, passage=escape(words), facts=facts)


@register.simple_tag
def follow_levels(level, as_group=""):
    """The choices of a menu; for a topic also to follow it as its group."""
    like_group = [("", gettext("as the group: %(level)s") % {"level": Level(as_group).label})] if as_group else []
    options = ((value, " selected" if value == level else "", label) for value, label in [*like_group, *Level.choices])
    return format_html_join("", '<option value="{}"{}>{}</option>', options)


@register.simple_tag
def share_in_words(answered: int, asked: int) -> str:
    words = next(words for least, words in SHARES if answered >= least * asked)
    numbers = {"answered": answered, "asked": asked}
    return f"{words} " + gettext("(questions of the last 90 days: %(asked)s, answered within 48 hours: %(answered)s)") % numbers
