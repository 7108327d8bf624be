"""How far a person has read, how closely she follows, what she keeps. None of it is anybody else's business: no act tells of it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.models import User

from ..models import Bookmark, Group, Level, Membership, Post, Topic, TopicReader
from ..topic_notices import ABOUT_ONE_POST, of_topics


@transaction.atomic
def read_topic(user: User, topic: Topic, number: int) -> None:
    """She has seen the posts up to this one. A watermark only rises, and never beyond what is there.

    What was taken away behind them is not waited for.
    """
    reached = min(number, topic.highest_number)
    if not topic.posts.shown().filter(number__gt=reached).exists():
        reached = topic.highest_number
    lower = TopicReader.objects.filter(user=user, topic=topic, last_read_number__lt=reached)
    if not lower.update(last_read_number=reached):
        TopicReader.objects.bulk_create([TopicReader(user=user, topic=topic, last_read_number=reached)], ignore_conflicts=True)
        # Another window was quicker, and had seen less.
        lower.update(last_read_number=reached)
    seen = ~Q(kind__in=ABOUT_ONE_POST) | Q(data__number__lte=reached)
    of_topics(user, [topic.pk]).filter(seen).update(read_at=timezone.now())


def pass_over(topic: Topic) -> None:
    """The last posts were taken away: whoever has read all that is left has nothing new."""
    left = topic.posts.shown().order_by("-number").values_list("number", flat=True).first() or 0
    TopicReader.objects.filter(topic=topic, last_read_number__gte=left, last_read_number__lt=topic.highest_number).update(
        last_read_number=topic.highest_number
    )


def read_group(user: User, group: Group, until: datetime) -> None:
    """All that was said in a group before she looked at its list."""
    read_all(user, Membership.objects.filter(user=user, group=group), until)


def read_everything(user: User, until: datetime) -> None:
    read_all(user, Membership.objects.filter(user=user), until)


@transaction.atomic
def read_all(user: User, memberships, until: datetime) -> None:
    until = min(until, timezone.now())
    topics = Topic.objects.filter(group__in=memberships.order_by().values("group")).order_by()
    of_topics(user, topics.values("pk")).filter(happened_at__lte=until).update(read_at=timezone.now())
    memberships.filter(read_until__lt=until).update(read_until=until)


def follow_group(user: User, group: Group, level: str) -> None:
    Membership.objects.filter(user=user, group=group).update(level=level)


def follow_topic(user: User, topic: Topic, level: str) -> None:
    """Empty: as she follows the group."""
    TopicReader.objects.update_or_create(user=user, topic=topic, defaults={"level": level})


def follow_own(post: Post) -> None:
    """Whoever writes hears of the answers, unless she has chosen otherwise, and has read her own words where nothing before them waits."""
    if not post.author_id:
        return
    own = {"user_id": post.author_id, "topic_id": post.topic_id}
    read_to = Topic.objects.with_reading(post.author).get(pk=post.topic_id).my_read_to
    reader, _made = TopicReader.objects.get_or_create(**own)
    reader.level = reader.level or Level.WATCH
    if read_to >= post.number - 1:
        reader.last_read_number = max(reader.last_read_number, post.number)
    reader.save(update_fields=["level", "last_read_number"])


def keep_post(user: User, post: Post) -> None:
    Bookmark.objects.get_or_create(user=user, post=post)


def forget_post(user: User, post: Post) -> None:
    Bookmark.objects.filter(user=user, post=post).delete()
