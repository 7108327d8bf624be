"""Who may take an archive of a group along: whoever asked for it, as long as the group is hers and she reads in it."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from .groups import owned, readable

KEPT_FOR = timedelta(days=7)


class GroupExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(owned(user, "group__"), readable(user, "group__"), user=user) if user.is_authenticated else self.none()

    def ready(self):
        return self.filter(ready_at__gt=timezone.now() - KEPT_FOR)

    def outdated(self):
        return self.filter(ready_at__lte=timezone.now() - KEPT_FOR)
