"""A person's saved searches are hers alone."""

from collections.abc import Iterable
from datetime import datetime
from itertools import product

from django.db import models
from django.db.models import Q

TERMS_AT_ONCE = 5000


class SavedSearchQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()

    editable_by = visible_to

    def not_told_of(self, source: str, object_id: int):
        told = self.model.alerts.rel.related_model.objects.filter(source=source, object_id=object_id)
        return self.filter(~Q(pk__in=told.values("search")))


class SavedSearchTermQuerySet(models.QuerySet):
    def waiting_for(self, terms: Iterable[str], published_at: datetime) -> dict[int, str]:
        """Of the searches that an entry with these terms may answer, as they were saved before it: search → its wishes."""
        known, found = sorted(terms), {}
        batches = [known[first : first + TERMS_AT_ONCE] for first in range(0, len(known), TERMS_AT_ONCE)]
        waiting = self.filter(search__created_at__lt=published_at, search__user__is_active=True)
        for some, others in product(batches, [*batches, [""]]):
            found.update(waiting.filter(term__in=some, beside__in=others).values_list("search", "search__wishes"))
        return found
