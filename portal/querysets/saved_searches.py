"""A person's saved searches are hers alone."""

from collections.abc import Collection, Iterator
from itertools import product

from django.db import models
from django.db.models import Q

# Of terms, and of rows: of more a database without statistics would rather read the whole table
TERMS_AT_ONCE, ROWS_AT_ONCE = 5000, 500


def batches(values: Collection, size: int = ROWS_AT_ONCE) -> list[list]:
    """A query takes only so many."""
    values = sorted(values)
    return [values[first : first + size] for first in range(0, len(values), size)]


class SavedSearchQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()

    editable_by = visible_to

    def waiting_for(self, entry, searches: Collection[int]) -> Iterator[tuple[int, str]]:
        """Of these the ones that were saved before it was published and were not told of it, each with its wishes."""
        told = self.model.alerts.rel.related_model.objects.filter(source=entry.source, object_id=entry.object_id)
        waiting = self.filter(~Q(pk__in=told.values("search")), created_at__lt=entry.published_at, user__is_active=True)
        return (saved for some in batches(searches) for saved in waiting.filter(pk__in=some).values_list("pk", "wishes"))


class SavedSearchTermQuerySet(models.QuerySet):
    def searches(self, terms: Collection[str]) -> set[int]:
        """Those that are kept under two of these terms, or under one alone."""
        known = batches(terms, TERMS_AT_ONCE)
        under = (self.filter(term__in=some, beside__in=others) for some, others in product(known, [*known, [""]]))
        return {search for rows in under for search in rows.values_list("search", flat=True)}
