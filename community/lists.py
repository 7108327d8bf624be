"""Lists of topics: those of a group, those with news, those that wait for an answer."""

from collections.abc import Iterable
from datetime import timedelta
from operator import attrgetter

from django.core.cache import cache
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from portal.paging import SIZE, KeysetPage, address, newest_first

from .models import Bookmark, Draft, Group, JoinRequest, Post, Topic
from .querysets.groups import MINE, STEWARDS

ANSWER_WITHIN = timedelta(hours=48)
SHARE_OF = timedelta(days=90)
SHARE_HELD_SECONDS = 3600
NEWS_AT_MOST = 1000


class NumberOf(Subquery):
    """How many rows a limited query has, asked together with another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def topics_of(request, group: Group) -> KeysetPage:
    """Of a group fetched `with_place`, in which she reads: those that were written in last come first.

    On the first page before them her own that wait for a steward, and what is pinned.
    """
    rows = group.topics.with_writer()
    if group.my_read_until:
        rows = rows.with_reader(request.user).with_news(Value(group.my_read_until))
    page = newest_first(request, rows.shown().filter(pinned_at=None), "bumped_at")
    if not request.GET.get("after") and (ahead := list(group.topics.ahead_for(request.user).values_list("pk", flat=True))):
        page.rows = [*rows.filter(pk__in=ahead).order_by(F("pinned_at").desc(nulls_first=True), "-pk"), *page.rows]
    for topic in page.rows:
        topic.my_read_until, topic.my_group_level = group.my_read_until, group.my_level
    return page


def news_of(user, number: int = NEWS_AT_MOST) -> dict[int, int]:
    """The newest topics that have news for her, each with its group. Among more than so many nobody chooses."""
    return dict(Topic.objects.unread_by(user).order_by("-bumped_at", "-pk").values_list("pk", "group")[:number])


def unread_page(request, news: dict[int, int], groups: list[Group]) -> KeysetPage:
    """Of a member of these groups, which have been asked for after the news: she may have left one meanwhile."""
    if request.GET.get("after"):
        page = newest_first(request, as_news(request.user, Topic.objects.unread_by(request.user)), "bumped_at")
    else:
        rows = list(unread_topics(request.user, list(news)[:SIZE]))
        older = address(request, after=f"{rows[-1].bumped_at}~{rows[-1].pk}") if len(news) > SIZE else ""
        page = KeysetPage(rows, older_url=older)
    known = {group.pk: group for group in groups}
    page.rows = [topic for topic in page.rows if topic.group_id in known]
    for topic in page.rows:
        topic.group = known[topic.group_id]
    return page


def unread_topics(user, pks: list[int]) -> QuerySet[Topic]:
    return as_news(user, Topic.objects.filter(pk__in=pks)).order_by("-bumped_at", "-pk")


def as_news(user, topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """With how much of each is new."""
    return topics.with_reading(user).with_writer()


def groups_of(user, news: dict[int, int]) -> list[Group]:
    """Hers, and those that she has asked to be let into, with `my_role`, `has_news`, and what waits for her word; first those with news.

    Each says whether she `has_drafts` anywhere, so that a page need not ask for that alone.
    """
    asked = JoinRequest.objects.filter(user=user, state="waiting").order_by().values("group")
    rows = Group.objects.visible_to(user).with_place(user).filter(Q(my_role__isnull=False) | Q(pk__in=asked))
    rows = rows.annotate(has_drafts=Exists(Draft.objects.filter(user=user).order_by()))
    groups = list(rows.order_by(f"-{MINE}__joined_at", "pk"))
    waiting = what_waits(group.pk for group in groups if group.my_role in STEWARDS)
    with_news = set(news.values())
    for group in groups:
        group.has_news = group.pk in with_news
        group.waiting = waiting.get(group.pk, {})
    return sorted(groups, key=attrgetter("has_news"), reverse=True)


def what_waits(groups: Iterable[int]) -> dict[int, dict[str, int]]:
    """For whoever looks after these groups: how many requests to join and how many posts, by the name of the page that shows them."""
    if not (cared_for := list(groups)):
        return {}
    asked = JoinRequest.objects.filter(group=OuterRef("pk"), state="waiting")
    held = Post.objects.filter(topic__group=OuterRef("pk"), state="held")
    counted = {name: NumberOf(waiting.order_by().values("pk")) for name, waiting in (("group_requests", asked), ("held", held))}
    return {row.pop("pk"): row for row in Group.objects.filter(pk__in=cared_for).values("pk", **counted)}


def drafts_of(user) -> QuerySet[Draft]:
    """Where she may no longer read, a draft would tell the title."""
    # Asked only of what she has drafts for: a database would make a list of every post that she may read.
    mine = {"drafts__user": user}
    readable = Q(group__in=Group.objects.readable_by(user).filter(**mine)) | Q(topic__in=Topic.objects.visible_to(user).filter(**mine))
    readable |= Q(post__in=Post.objects.visible_to(user).filter(**mine))
    return Draft.objects.filter(readable, user=user).select_related("group", "topic", "post__topic")


def waiting_questions(user, *, subjects: list[str] = (), language: str = "") -> QuerySet[Topic]:
    """What nobody has answered yet, in groups that are still alive and where she may read."""
    rows = Topic.objects.visible_to(user).unanswered().with_reading(user).filter(group__archived_at=None, locked_at=None)
    if subjects:
        rows = rows.filter(group__subject__code__in=subjects)
    if language:
        rows = rows.filter(language=language)
    return rows.with_writer().select_related("group")


def answered_in_time() -> tuple[int, int]:
    """Of the questions of the last ninety days that are two days old: how many were answered within two days, and how many there are."""
    return cache.get_or_set("community:answered-in-time", count_answered_in_time, SHARE_HELD_SECONDS)


def count_answered_in_time() -> tuple[int, int]:
    now = timezone.now()
    asked = Topic.objects.open_to_all().filter(kind="question", created_at__gte=now - SHARE_OF, created_at__lt=now - ANSWER_WITHIN)
    in_time = Q(answered_at__lte=F("created_at") + ANSWER_WITHIN)
    return tuple(asked.order_by().aggregate(answered=Count("pk", filter=in_time), asked=Count("pk")).values())


def bookmarks_of(user) -> QuerySet[Bookmark]:
    """What she may no longer read is not there."""
    return Bookmark.objects.filter(user=user, post__in=Post.objects.visible_to(user)).select_related("post__topic__group", "post__author")
