"""Who reads what is said: whoever reads in the group, and no more than is shown to her there."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, FilteredRelation, Func, OuterRef, Q, Value

from .groups import MINE, membership_of, readable, stewarded

SHOWN = Q(state="shown")
# What a steward has not let through, or has taken out of sight, is there for its author and for the stewards.
SET_ASIDE = ("held", "hidden")
# All levels but silence
HEARD = ("watch", "normal")


def shown_to(user, group: str, joined: str = "") -> Q:
    if not user.is_authenticated:
        return SHOWN
    return SHOWN | (Q(state__in=SET_ASIDE) & (Q(author=user) | stewarded(user, group, joined)))


class NumberBeforeNews(Func):
    """Of the last post of a topic that the watermark of her group covers; None where every post is older.

    Written out: Django takes longer to build this than all the rest of a list's query.
    """

    template = (
        "(SELECT news.number - 1 FROM community_post news WHERE news.topic_id = %(expressions)s AND news.number IS NOT NULL"
        " ORDER BY news.created_at, news.id LIMIT 1)"
    )
    arg_joiner = " AND news.created_at > "
    output_field = models.IntegerField()


class TopicQuerySet(models.QuerySet):
    def with_mine(self, user):
        """Her own membership of its group beside each topic."""
        return self.annotate(**{MINE: membership_of(user, "group__")})

    def visible_to(self, user):
        return self.with_mine(user).filter(readable(user, "group__", MINE), shown_to(user, "group__", MINE))

    def stewarded_by(self, user):
        return self.visible_to(user).filter(stewarded(user, "group__", MINE))

    def shown(self):
        return self.filter(SHOWN)

    def with_reader(self, user):
        """`my_last_read` and `my_own_level`: what is hers of the topic itself, None without any."""
        return self.annotate(
            reader=FilteredRelation("readers", condition=Q(readers__user=user.pk)),
            my_last_read=F("reader__last_read_number"),
            my_own_level=F("reader__level"),
        )

    def with_watermarks(self, user):
        """Besides `my_group_level` and `my_read_until` of its group."""
        rows = self.with_mine(user).with_reader(user)
        return rows.annotate(my_group_level=F(f"{MINE}__level"), my_read_until=F(f"{MINE}__read_until"))

    def with_reading(self, user):
        return self.with_watermarks(user).with_news(F(f"{MINE}__read_until"))

    def with_news(self, read_until):
        """`my_number_before` tells `Topic.my_read_to` how far the watermark of her group reaches."""
        return self.annotate(my_number_before=NumberBeforeNews(F("pk"), read_until))

    def with_writer(self):
        """The name alone of whoever began it: a list draws nothing else of a person, and she has twenty columns."""
        return self.annotate(writer_given=F("author__given_name"), writer_family=F("author__family_name"))

    def without_reading(self):
        """For a line that says nothing of what is new to her."""
        return self.annotate(my_read_until=Value(None, output_field=models.DateTimeField()), my_last_read=Value(0))

    def unread_by(self, user):
        """News of her groups: newer than the group's watermark, and beyond that of the topic. Lists and counters ask here.

        Only a member has a watermark, and members read all that is shown, as long as their group is not taken down.
        """
        mine = self.shown().filter(group__hidden_at=None).with_watermarks(user)
        beyond = Q(my_last_read=None) | Q(my_last_read__lt=F("highest_number"))
        as_group = (Q(my_own_level=None) | Q(my_own_level="")) & Q(my_group_level__in=HEARD)
        return mine.filter(beyond, Q(my_own_level__in=HEARD) | as_group, bumped_at__gt=F("my_read_until"))

    def with_standing(self, user):
        """What a page of a topic asks besides: `my_role` in its group, `my_draft`; whether anything waits; the number of the solution."""
        draft = FilteredRelation("drafts", condition=Q(drafts__user=user.pk))
        waiting = apps.get_model("community", "Post").objects.filter(topic=OuterRef("pk"), state="held")
        asked = {"my_role": F(f"{MINE}__role"), "my_draft": F("draft__pk"), "solution": F("solved_by__number")}
        return self.with_reading(user).annotate(draft=draft, has_waiting=Exists(waiting), **asked)

    def open_to_all(self):
        """Of groups that everyone reads, guests too."""
        return self.shown().filter(group__access="open", group__hidden_at=None)

    def ahead_for(self, user):
        """What stands before all others in its group: what is pinned, and her own that wait for a steward."""
        return self.order_by().filter(Q(pinned_at__isnull=False, state="shown") | Q(author=user.pk or 0, state="held"))

    def unanswered(self):
        return self.shown().filter(kind="question", answered_at=None)


class PostQuerySet(models.QuerySet):
    def visible_to(self, user):
        topic = self.model.topic.field.related_model.objects.visible_to(user)
        return self.filter(shown_to(user, "topic__group__"), topic__in=topic)

    def editable_by(self, user):
        """One's own words, where one may still write."""
        if not user.is_authenticated:
            return self.none()
        return self.visible_to(user).filter(author=user, topic__locked_at=None, topic__group__archived_at=None)

    def shown(self):
        return self.filter(SHOWN)

    def read_by(self, user, *, steward: bool):
        """Of a topic that she reads: what is shown, and what was set aside if it is hers or in her care."""
        own = Q() if steward else Q(author=user.pk or 0)
        return self.filter(SHOWN | (Q(state__in=SET_ASIDE) & own))

    def with_what_is_around(self, user):
        """`unwanted`: she has blocked its author; `kept`: it is among her bookmarks; `has_files`."""
        files = apps.get_model("community", "PostFile").objects.filter(post=OuterRef("pk"))
        return self.annotate(
            block=FilteredRelation("author__blocked_by", condition=Q(author__blocked_by__user=user.pk)),
            bookmark=FilteredRelation("bookmarks", condition=Q(bookmarks__user=user.pk)),
            unwanted=F("block__pk"),
            kept=F("bookmark__pk"),
            has_files=Exists(files),
        )
