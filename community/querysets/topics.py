"""Who reads what is said: whoever reads in the group, and no more than is shown to her there."""

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, NullIf

from .groups import MINE, membership_of, readable, stewarded

SHOWN = Q(state="shown")
# What a steward has not let through, or has taken out of sight, is there for its author and for the stewards.
SET_ASIDE = ("held", "hidden")


def shown_to(user, group: str, joined: str = "") -> Q:
    if not user.is_authenticated:
        return SHOWN
    return SHOWN | (Q(state__in=SET_ASIDE) & (Q(author=user) | stewarded(user, group, joined)))


def number_before_news() -> Subquery:
    """Of the last post that her group's watermark covers, asked of the posts of one topic by their day."""
    newer = apps.get_model("community", "Post").objects.filter(topic=OuterRef("pk"), created_at__gt=OuterRef("my_read_until"))
    first = newer.exclude(number=None).order_by("created_at", "pk")
    return Subquery(first.annotate(before=F("number") - 1).values("before")[:1])


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

    def with_watermarks(self, user):
        """`my_last_read` of the topic; `my_level`, how closely she follows; `my_read_until`, None outside her groups."""
        return self.with_mine(user).annotate(
            reader=FilteredRelation("readers", condition=Q(readers__user=user.pk)),
            my_read_until=F("mine__read_until"),
            my_level=Coalesce(NullIf("reader__level", Value("")), "mine__level", Value("")),
            my_last_read=Coalesce(F("reader__last_read_number"), 0),
        )

    def with_reading(self, user):
        return self.with_watermarks(user).with_news()

    def with_news(self):
        """`my_read_to`, the post up to which she has read: what the watermark of her group covers is read, opened or not."""
        last_read = F("my_last_read")
        return self.annotate(
            my_read_to=Case(
                When(my_read_until=None, then=last_read),
                When(bumped_at__lte=F("my_read_until"), then=F("highest_number")),
                When(highest_number__lte=last_read, then=last_read),
                default=Greatest(last_read, Coalesce(number_before_news(), F("highest_number") - 1)),
            ),
        )

    def without_reading(self):
        """For a line that says nothing of what is new to her."""
        return self.annotate(my_read_until=Value(None, output_field=models.DateTimeField()), my_level=Value(""), my_read_to=Value(0))

    def unread_by(self, user):
        """News of her groups: newer than the group's watermark, and beyond that of the topic. Lists and counters ask here.

        Only a member has a watermark, and members read all that is shown, as long as their group is not taken down.
        """
        mine = self.shown().filter(group__hidden_at=None).with_watermarks(user)
        return mine.filter(bumped_at__gt=F("my_read_until"), my_last_read__lt=F("highest_number")).exclude(my_level="mute")

    def with_standing(self, user):
        """What a page of a topic asks of its reader besides: `my_role` in its group, `my_draft`; and whether anything waits."""
        draft = FilteredRelation("drafts", condition=Q(drafts__user=user.pk))
        waiting = apps.get_model("community", "Post").objects.filter(topic=OuterRef("pk"), state="held")
        read = self.with_reading(user)
        return read.annotate(draft=draft, my_role=F("mine__role"), my_draft=F("draft__pk"), has_waiting=Exists(waiting))

    def open_to_all(self):
        """Of groups that everyone reads, guests too."""
        return self.shown().filter(group__access="open", group__hidden_at=None)

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
        blocks = apps.get_model("portal", "Block").objects.filter(user=user.pk, blocked=OuterRef("author"))
        bookmarks = apps.get_model("community", "Bookmark").objects.filter(user=user.pk, post=OuterRef("pk"))
        files = apps.get_model("community", "PostFile").objects.filter(post=OuterRef("pk"))
        return self.annotate(unwanted=Exists(blocks), kept=Exists(bookmarks), has_files=Exists(files))
