"""A person's notices are hers alone."""

from datetime import datetime

from django.db import models


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self):
        return self.filter(read_at=None)

    def untold(self, *, before: datetime, after: datetime):
        """What no letter has told yet."""
        return self.unread().filter(letter=None, happened_at__lt=before, happened_at__gte=after)

    def newest(self):
        return self.order_by("-happened_at", "-pk")
