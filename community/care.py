"""What keeps groups livable: how much one person may write in a day, what is held for a steward, slow mode.

`settings.WRITING_LIMITS` is the table; whoever has settled may do five times as much.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from portal.actions.people import stand_in_line
from portal.models import User

from .models import Group, Post, PostVersion, Topic
from .standing import Standing, standing_of
from .writing import render

DAY = timedelta(days=1)
SETTLED_TIMES = 5
POSTS_TO_SETTLE = 10
# As a browser or a reader's eye takes them; `//example.org` is an address too.
LINK = re.compile(r"""https?://[^\s<>"']+|(?://|\bwww\.)[^\s<>"'/]+\.[^\s<>"']+""", re.IGNORECASE)
# No link is written without one of these.
SIGNS = ("/", "www.", "&")
SENTENCES = {
    "topics": gettext_lazy("You have started as many topics as one person may in a day."),
    "posts": gettext_lazy("You have written as many posts as one person may in a day."),
    "links": gettext_lazy("You have given as many links to other sites as one person may in a day."),
    "slow": gettext_lazy("This group is in slow mode: some time has to pass between two posts of one person."),
    "edit": gettext_lazy("Links of people who are new here are looked at first, and others may have read this post already."),
}


class NotNow(Exception):
    """Too much in too short a time; `until` is when it is possible again, `limit` what was too much."""

    def __init__(self, until: datetime, limit: str = "posts"):
        super().__init__(until, limit)
        self.until, self.limit = until, limit


class LinksWait(Exception):
    """Links that a steward has to look at first, in a post that is read already."""


def told(refusal: NotNow | LinksWait) -> str:
    """What the writer reads; a minute that has begun is not over yet."""
    if isinstance(refusal, LinksWait):
        kept = gettext("Nothing you wrote is lost. Give the new links in a post of their own.")
        return f"{SENTENCES['edit']} {kept}"
    minute = timezone.localtime(refusal.until + timedelta(minutes=1) - timedelta(microseconds=1))
    kept = gettext("Nothing you wrote is lost. It can be sent from %(moment)s on.")
    return f"{SENTENCES[refusal.limit]} {kept % {'moment': date_format(minute, 'SHORT_DATETIME_FORMAT')}}"


def admit(user: User, group: Group, text: str, *, starts_topic: bool = False) -> None:
    """Raise NotNow. Counted are rows, so that no restart and no second browser begins a new day."""
    stand_in_line(user)
    wait_in_slow_group(user, group)
    limits = limits_of(user)
    own = Post.objects.filter(author=user)
    refuse_after(own, limits["posts"], "posts")
    if starts_topic:
        refuse_after(Topic.objects.filter(author=user), limits["topics"], "topics")
    if links := len(links_elsewhere(text)):
        refuse_links(user, links, limits["links"])


def admit_wording(user: User, post: Post, text: str) -> None:
    """Raise LinksWait or NotNow. An edit is no new post, but its new links are new links."""
    links = links_elsewhere(text) - links_elsewhere(post.text)
    if not links:
        return
    stand_in_line(user)
    if post.state != Post.State.HELD and not shows_links(user, standing_of(user, post.topic.group)):
        raise LinksWait
    refuse_links(user, len(links), limits_of(user)["links"])


def wait_in_slow_group(user: User, group: Group) -> None:
    if not group.slow_minutes or standing_of(user, group).is_steward:
        return
    last = Post.objects.filter(author=user, topic__group=group).order_by("-created_at").values_list("created_at", flat=True).first()
    until = last and last + timedelta(minutes=group.slow_minutes)
    if until and until > timezone.now():
        raise NotNow(until, "slow")


def limits_of(user: User) -> dict[str, int]:
    times = SETTLED_TIMES if has_settled(user) else 1
    return {name: number * times for name, number in settings.WRITING_LIMITS.items()}


def has_settled(user: User) -> bool:
    """Her place at a school is confirmed, or she has written ten posts that stand; nobody settles on her first day."""
    stand = Post.objects.shown().filter(author=user, created_at__lt=timezone.now() - DAY)
    return user.is_verified or stand.order_by()[:POSTS_TO_SETTLE].count() == POSTS_TO_SETTLE


def refuse_after(rows, limit: int, name: str) -> None:
    """Of today's rows the one that has to be a day old before there is room for another."""
    today = rows.filter(created_at__gt=timezone.now() - DAY).order_by("-created_at")
    for first in today.values_list("created_at", flat=True)[limit - 1 : limit]:
        raise NotNow(first + DAY, name)


def refuse_links(user: User, number: int, limit: int) -> None:
    """One post with more links than a day allows takes the whole day: otherwise it could never be sent."""
    room = limit - min(number, limit)
    for given_at, links in sorted(links_of_today(user), reverse=True):
        room -= links
        if room < 0:
            raise NotNow(given_at + DAY, "links")


def links_of_today(user: User) -> Iterator[tuple[datetime, int]]:
    """When she gave how many: those that another wording added, and those of posts as they were first sent."""
    since = timezone.now() - DAY
    edits = PostVersion.objects.filter(by=user, at__gt=since).order_by("-at", "-pk")
    wordings: dict[int, str] = {}
    for pk, at, before, stands in edits.values_list("post", "at", "text", "post__text"):
        after, wordings[pk] = wordings.get(pk, stands), before
        yield at, len(links_elsewhere(after) - links_elsewhere(before))
    for pk, created_at, stands in Post.objects.filter(author=user, created_at__gt=since).values_list("pk", "created_at", "text"):
        yield created_at, len(links_elsewhere(wordings.get(pk, stands)))


def state_of(user: User, standing: Standing, text: str) -> str:
    """Links of somebody whom nobody here knows yet wait for a steward."""
    return Post.State.HELD if links_elsewhere(text) and not shows_links(user, standing) else Post.State.SHOWN


def shows_links(user: User, standing: Standing) -> bool:
    return standing.is_steward or has_settled(user)


def links_elsewhere(text: str) -> set[str]:
    """Addresses of other sites, whether they can be pressed or only read."""
    return set(addresses(text)) if any(sign in text.lower() for sign in SIGNS) else set()


def addresses(text: str) -> Iterator[str]:
    own = urlsplit(settings.SITE_URL).netloc
    for found in LINK.findall(unescape(render(text).html)):
        address = found.lower().removeprefix("https:").removeprefix("http:").removeprefix("//").rstrip(".,;:!?)")
        if address.partition("/")[0] != own:
            yield address
