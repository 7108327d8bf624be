"""Who sees which schools."""

from django.db import models
from django.db.models import Q


class SchoolQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Listed schools for everyone; a proposed or refused one for the person who proposed it and for administrators."""
        rule = Q(state__in=["listed", "closed"])
        if user.is_authenticated:
            if user.has_role("administrator"):
                return self
            rule |= Q(proposed_by=user)
        return self.filter(rule)

    def where_works(self, person):
        """Her main place of work first."""
        return self.filter(positions__user=person, positions__until=None).order_by(
            "-positions__main", "-positions__since", "-positions__pk"
        )

    def open_to(self, user):
        """Where she may say that she works: what is listed, and what she has proposed and nobody has refused."""
        return self.visible_to(user).filter(state__in=["listed", "proposed"])

    def listed(self):
        return self.filter(state="listed")

    def proposed(self):
        return self.filter(state="proposed")
