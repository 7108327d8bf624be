"""Who sees which schools."""

from django.db import models
from django.db.models import Q


class SchoolQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Listed schools for everyone; a proposed one for the person who proposed it and for administrators."""
        rule = ~Q(state="proposed")
        if user.is_authenticated:
            if user.has_role("administrator"):
                return self
            rule |= Q(proposed_by=user)
        return self.filter(rule)
