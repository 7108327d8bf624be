"""What is new in a group that everybody reads. Others have no feed: a feed reader has no session."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import get_language

from portal.feeds import SHOWN, as_view, of_portal
from portal.text import words_of

from .models import Group, Post, Topic
from .search import SUMMARY_LETTERS


class GroupFeed(Feed):
    def get_object(self, request, pk: int):
        return get_object_or_404(Group.objects.readable_by(AnonymousUser()), pk=pk)

    def title(self, group):
        return of_portal(group.name)

    def link(self, group):
        return f"/{get_language()}/groups/{group.pk}/"

    def description(self, group):
        return group.purpose or group.name

    def items(self, group):
        openings = Prefetch("posts", Post.objects.shown().filter(number=1), to_attr="openings")
        return group.topics.shown().select_related("author").prefetch_related(openings).order_by("-bumped_at", "-pk")[:SHOWN]

    def item_title(self, topic: Topic):
        return topic.title

    def item_description(self, topic: Topic):
        return Truncator(words_of(topic.openings[0].html)).chars(SUMMARY_LETTERS) if topic.openings else ""

    def item_link(self, topic: Topic):
        return f"/{get_language()}{topic.address}"

    def item_author_name(self, topic: Topic):
        return topic.author.get_full_name() if topic.author else None

    def item_pubdate(self, topic: Topic):
        return localtime(topic.created_at)

    def item_updateddate(self, topic: Topic):
        return localtime(topic.bumped_at)


group_feed = as_view(GroupFeed())
