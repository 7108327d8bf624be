"""Suspensions and blocks: who is kept from what."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SuspensionQuerySet(models.QuerySet):
    def current(self):
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()), case__lifted_at=None)


class BlockQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever was blocked never learns of it."""
        return self.filter(user=user) if user.is_authenticated else self.none()
