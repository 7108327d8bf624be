"""A person's saved searches are hers alone."""

from collections.abc import Iterable
from itertools import islice

from django.db import models
from django.db.models import Q

TERMS_AT_ONCE = 500


class SavedSearchQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()

    editable_by = visible_to

    def kept_under(self, terms: Iterable[str]):
        """Those that an entry with these terms may answer."""
        terms, found = iter(sorted(terms)), set()
        while some := list(islice(terms, TERMS_AT_ONCE)):
            found.update(self.model.terms.rel.related_model.objects.filter(term__in=some).values_list("search", flat=True))
        return self.filter(pk__in=found)

    def not_told_of(self, source: str, object_id: int):
        told = self.model.alerts.rel.related_model.objects.filter(source=source, object_id=object_id)
        return self.filter(~Q(pk__in=told.values("search")))
