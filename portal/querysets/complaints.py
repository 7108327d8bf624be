"""Who sees which complaints, and who decides on them."""

from django.db import models
from django.db.models import Q

SCOPES = {"language": "language", "region": "region__code"}


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for administrators and for reviewers without a scope, else those of her languages and regions. Nobody judges her own."""
        if not user.is_authenticated or not user.is_caretaker:
            return self.none()
        return self.filter(in_scopes(user.care_scopes)).exclude(owner=user)

    def told_to(self, user):
        """What was taken from a person, and what became of her appeal."""
        return self.filter(owner=user, state="upheld", appeal_of=None) if user.is_authenticated else self.none()

    def open(self):
        return self.filter(state="open")

    def decided(self):
        return self.exclude(state="open")

    def standing(self):
        """By which something was taken down that is not back."""
        return self.filter(state="upheld", appeal_of=None, lifted_at=None)

    def about(self, ref):
        return self.filter(source=ref.source, object_id=ref.id)


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person's own complaints; who looks after the portal reads those of others on the page of their case."""
        return self.filter(by=user) if user.is_authenticated else self.none()

    def open(self):
        return self.filter(case__state="open")


def in_scopes(scopes: list[str]) -> Q:
    """Cases within any of the scopes of a person's roles: `language:kk`, `region:31`, or nothing for the whole portal."""
    if "" in scopes:
        return Q()
    rule = Q(pk__in=[])
    for kind, _colon, code in (scope.partition(":") for scope in scopes):
        rule |= Q(**{SCOPES[kind]: code})
    return rule
