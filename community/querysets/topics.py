"""Who reads what is said: whoever reads in the group, and no more than is shown to her there."""

from django.db import models
from django.db.models import Q

from .groups import readable, stewarded

SHOWN = Q(state="shown")
# What a steward has not let through, or has taken out of sight, is there for its author and for the stewards.
SET_ASIDE = ("held", "hidden")


def shown_to(user, group: str) -> Q:
    if not user.is_authenticated:
        return SHOWN
    return SHOWN | (Q(state__in=SET_ASIDE) & (Q(author=user) | stewarded(user, group)))


class TopicQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(readable(user, "group__"), shown_to(user, "group__"))

    def stewarded_by(self, user):
        return self.visible_to(user).filter(stewarded(user, "group__"))

    def shown(self):
        return self.filter(SHOWN)

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
