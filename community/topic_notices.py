"""What people are told of topics. Until a reader has come back there is one notice for each topic, and its number counts on."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.models import Notice, Rhythm
from portal.notices.own import quoted, sentence

from .models import Post, Topic
from .notices import group_name, kind, named


def of_topics(user, topics: Iterable[int]) -> QuerySet[Notice]:
    return Notice.objects.visible_to(user).unread().filter(source="topics", object_id__in=topics)


def data_of(post: Post) -> dict:
    """All that the texts below ask for."""
    topic = post.topic
    return {
        "title": topic.title,
        "language": topic.language,
        "number": post.number,
        **named(topic.group),
    }


def visible(user, ids: list[int]) -> set[int]:
    return set(Topic.objects.visible_to(user).shown().filter(pk__in=ids).values_list("pk", flat=True))


def title(notice: Notice) -> str:
    return quoted(notice.data["title"], notice.data["language"])


def one_or_more(notice: Notice, by_name: str, without_name: str, counted: str) -> str:
    """By name while one person has done it once; with the number from then on."""
    if notice.number > 1:
        return format_html(counted, number=notice.number, title=title(notice))
    if notice.actor:
        return format_html(by_name, name=notice.actor.get_full_name(), title=title(notice))
    return format_html(without_name, title=title(notice))


def answered(notice: Notice) -> str:
    counted = ngettext("{number} new answer in “{title}”", "{number} new answers in “{title}”", notice.number)
    return one_or_more(notice, _("{name} answered in “{title}”"), _("A new answer in “{title}”"), counted)


def mentioned(notice: Notice) -> str:
    counted = ngettext("You are mentioned {number} time in “{title}”", "You are mentioned {number} times in “{title}”", notice.number)
    return one_or_more(notice, _("{name} mentions you in “{title}”"), _("You are mentioned in “{title}”"), counted)


def cited(notice: Notice) -> str:
    counted = ngettext("You are quoted {number} time in “{title}”", "You are quoted {number} times in “{title}”", notice.number)
    return one_or_more(notice, _("{name} quotes you in “{title}”"), _("You are quoted in “{title}”"), counted)


def solved(notice: Notice) -> str:
    if notice.data["own"]:
        return sentence(_("Your answer has solved the question “%(title)s”"), title=title(notice))
    return sentence(_("A steward has marked the answer that solves your question “%(title)s”"), title=title(notice))


def started(notice: Notice) -> str:
    return sentence(_("New topic in the group “%(group)s”: “%(title)s”"), group=group_name(notice), title=title(notice))


def announced(notice: Notice) -> str:
    return sentence(_("Announcement in the group “%(group)s”: “%(title)s”"), group=group_name(notice), title=title(notice))


def first_unread(notice: Notice) -> str:
    return f"/topics/{notice.object_id}/unread/"


def its_post(notice: Notice) -> str:
    return f"/topics/{notice.object_id}/{notice.data['number']}/"


# These tell of one post and stay until it has been reached, all others until the topic has been opened.
ABOUT_ONE_POST = ("mention", "quoted", "topic-solved")
OF_TOPICS = [
    kind("mention", gettext_lazy("Somebody mentions me"), mentioned, its_post, Rhythm.AT_ONCE, visible),
    kind("quoted", gettext_lazy("Somebody quotes me"), cited, its_post, Rhythm.DAILY, visible),
    kind("topic-reply", gettext_lazy("Answers in topics that I follow"), answered, first_unread, Rhythm.DAILY, visible),
    kind("topic-solved", gettext_lazy("A question is solved"), solved, its_post, Rhythm.DAILY, visible),
    kind("new-topic", gettext_lazy("New topics in groups that I watch"), started, first_unread, Rhythm.DAILY, visible),
    kind("announcement", gettext_lazy("Announcements in my groups"), announced, first_unread, Rhythm.DAILY, visible),
]
