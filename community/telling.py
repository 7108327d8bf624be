"""Who hears of a post. Tasks ask, when it may be an hour old: whether each of them may still read it, and still wants to hear."""

import re
from collections.abc import Iterable
from itertools import islice

from django.db.models import F, Q, QuerySet

from portal.models import Letter, Notice, User
from portal.notices import take_back, tell

from .models import Group, Level, Membership, Post, Topic
from .querysets.groups import reads_in
from .topic_notices import data_of

BATCH = 500
# What tells that a topic is there
FIRST_NEWS = ("new-topic", "announcement")
QUOTE = re.compile(r"<blockquote>.*?</blockquote>", re.S)
QUOTED_POST = re.compile(r'href="(?:/(?:kk|ru|en))?/topics/(\d{1,18})/(\d{1,9})/"')


def tell_of_post(post: Post) -> None:
    """Whoever is named or quoted hears that, and not besides that somebody has answered."""
    named = set(post.mentions.values_list("user", flat=True))
    quoted = authors_quoted(post) - named
    tell_those(named, "mention", post, actor=post.author)
    tell_those(quoted, "quoted", post, actor=post.author)
    kind = kind_of(post)
    tell_those(audience_of(post, kind), kind, post, actor=post.author, besides=named | quoted)


def kind_of(post: Post) -> str:
    if post.number > 1:
        return "topic-reply"
    return "announcement" if post.topic.kind == Topic.Kind.ANNOUNCEMENT else "new-topic"


def audience_of(post: Post, kind: str) -> Iterable[int]:
    people = {"announcement": announced_to, "new-topic": watching_group, "topic-reply": following}
    of = post.topic if kind == "topic-reply" else post.topic.group
    return people[kind](of).values_list("user", flat=True).iterator(BATCH)


def announced_to(group: Group) -> QuerySet:
    return group.memberships.exclude(level=Level.MUTE).order_by()


def count_announced_to(group: Group, author: User) -> int:
    """Said before an announcement is sent."""
    return announced_to(group).exclude(user=author).count()


def watching_group(group: Group) -> QuerySet:
    return group.memberships.filter(level=Level.WATCH).order_by()


def following(topic: Topic) -> QuerySet:
    """Who has written in it or watches it, and who watches its group, unless she follows this topic otherwise; two indexes answer."""
    chosen = topic.readers.exclude(level="").order_by()
    watching = chosen.filter(level=Level.WATCH, user__memberships__group=topic.group).values("user")
    return watching.union(watching_group(topic.group).exclude(user__in=chosen.values("user")).values("user"))


def authors_quoted(post: Post) -> set[int]:
    """Of posts of the same topic: a quotation begins with a link to its post."""
    places = [place for quote in QUOTE.findall(post.html) for place in QUOTED_POST.findall(quote)]
    numbers = [int(number) for topic, number in places if int(topic) == post.topic_id]
    authors = Post.objects.shown().filter(topic=post.topic_id, number__in=numbers).exclude(author=None)
    return set(authors.values_list("author", flat=True))


def tell_those(people: Iterable[int], kind: str, post: Post, *, actor: User | None, besides: set[int] = frozenset(), **data) -> None:
    people = iter(people)
    while some := set(islice(people, BATCH)):
        told = who_wants(some - besides, kind, post)
        tell(told, kind, post.topic.ref, actor=actor, data=data_of(post) | data)


def who_wants(people: set[int], kind: str, post: Post) -> QuerySet[User]:
    """Of these, who may read it, has not asked for silence and does not know yet."""
    quiet = silent(people, post.topic) | knowing(people, kind, post)
    return User.objects.filter(reads_in(post.topic.group), pk__in=people - quiet, is_active=True).order_by()


def silent(people: set[int], topic: Topic) -> set[int]:
    """What she has chosen for the topic goes before what she has chosen for its group."""
    levels = dict(Membership.objects.filter(group=topic.group, user__in=people).values_list("user", "level"))
    levels |= dict(topic.readers.filter(user__in=people).exclude(level="").values_list("user", "level"))
    return {user for user, level in levels.items() if level == Level.MUTE}


def knowing(people: set[int], kind: str, post: Post) -> set[int]:
    """Who has read it, and who was told of it, or of a later one, by a task that ran before.

    Whoever has not come yet to see that the topic is there hears of no answers in it.
    """
    topic, kinds = post.topic, {kind, *(FIRST_NEWS if kind == "topic-reply" else ())}
    same = Notice.objects.filter(user__in=people, source="topics", object_id=topic.pk, kind__in=kinds)
    told = same.filter(Q(data__number__gte=post.number) | Q(kind__in=FIRST_NEWS, read_at=None))
    read = topic.readers.filter(user__in=people, last_read_number__gte=post.number) if kind != "topic-solved" else topic.readers.none()
    return {*told.values_list("user", flat=True), *read.values_list("user", flat=True)}


def tell_of_names(post: Post, people: Iterable[int]) -> None:
    """Whom another wording names anew."""
    tell_those(post.mentions.filter(user__in=people).values_list("user", flat=True), "mention", post, actor=post.author)


def take_back_names(post: Post, people: Iterable[int]) -> None:
    """Whom another wording names no longer, unless she has read it."""
    take_back(post.author, "mention", post.topic.ref, since=post.created_at, people=people)


def take_back_post(post: Post) -> None:
    """What nobody can read any more is no news: whom nothing else was to be told hears nothing, the others of one less."""
    told = Notice.objects.filter(source="topics", object_id=post.topic_id)
    untold = Q(letter=None) | Q(letter__state=Letter.State.WAITING)
    has_read = told.filter(read_at__gte=post.created_at).values("user")
    named = set(post.mentions.values_list("user", flat=True))
    quoted = authors_quoted(post) - named
    told_as = Q(kind="mention", user__in=named) | Q(kind="quoted", user__in=quoted) | Q(kind="topic-solved")
    told_as |= ~Q(kind__in=("mention", "quoted")) & ~Q(user__in=named | quoted)
    waiting = told.unread().filter(untold, told_as, happened_at__gte=post.created_at).exclude(user__in=has_read)
    waiting.filter(number=1, data__number=post.number).delete()
    counted = Notice.objects.filter(pk__in=list(waiting.filter(number__gt=1).values_list("pk", flat=True)))
    counted.filter(actor=post.author).update(actor=None)
    counted.update(number=F("number") - 1)


def tell_of_solution(post: Post, by: User | None) -> None:
    """The one whose answer it is; and the one who asked, where somebody else has marked it."""
    asker, actor = post.topic.author_id, by and by.pk
    tell_those({post.author_id} - {None, actor}, "topic-solved", post, actor=by, own=True)
    tell_those({asker} - {None, actor, post.author_id}, "topic-solved", post, actor=by, own=False)
