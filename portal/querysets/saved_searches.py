"""A person's saved searches are hers alone."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import models
from django.db.models import Q

TERMS_AT_ONCE = 500


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
        terms, found = iter(sorted(terms)), {}
        waiting = self.filter(search__created_at__lt=published_at, search__user__is_active=True)
        while some := list(islice(terms, TERMS_AT_ONCE)):
            found.update(waiting.filter(term__in=some).values_list("search", "search__wishes"))
        return found
