"""A person's notices are hers alone."""

from django.db import models


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self):
        return self.filter(read_at=None)

    def newest(self):
        return self.order_by("-happened_at", "-pk")
