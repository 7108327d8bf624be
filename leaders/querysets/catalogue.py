from django.db import models
from django.db.models import Q

from .roles import office, rows, team


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody, once a cohort stands on it."""
        return self.filter(Q(pk__in=rows("ProgrammeVersion").visible_to(user).values("programme")) | office(user))

    def editable_by(self, user):
        return self.filter(office(user))

    def in_use(self):
        """Of which cohorts are held."""
        return self.filter(pk__in=rows("ProgrammeVersion").in_use().values("programme"), retired_at=None)


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is asked is public; until it is in use, for those who prepare it."""
        prepared = Q(pk__in=rows("Cohort").filter(team(user, cohort="pk")).values("version"))
        return self.filter(~Q(state="draft") | prepared | office(user))

    def editable_by(self, user):
        return self.filter(office(user), state="draft")

    def in_use(self):
        return self.filter(state="frozen")


class OfVersionQuerySet(models.QuerySet):
    """What is part of a version is seen and changed with it."""

    def visible_to(self, user):
        return self.filter(version__in=rows("ProgrammeVersion").visible_to(user))

    def editable_by(self, user):
        return self.filter(version__in=rows("ProgrammeVersion").editable_by(user))


class RequirementQuerySet(OfVersionQuerySet):
    pass


class RubricQuerySet(OfVersionQuerySet):
    pass
