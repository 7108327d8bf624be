from django.db import models
from django.db.models import Q

from .roles import MANAGER, TRAINER, inside, office, own, rows, team

# Known to those who prepare it, or who were in it
CLOSED_TO_OTHERS = ("draft", "cancelled")


class CohortQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody from its announcement on; a draft its team, one that is cancelled also those who applied or had a seat."""
        theirs = rows("Application").filter(own(user)).values("cohort").union(rows("Enrolment").filter(own(user)).values("cohort"))
        concerned = Q(state="cancelled", pk__in=theirs)
        return self.filter(~Q(state__in=CLOSED_TO_OTHERS) | concerned | team(user, cohort="pk") | office(user))

    def editable_by(self, user):
        return self.filter(team(user, MANAGER, cohort="pk") | office(user)).exclude(state__in=("archived", "cancelled"))

    def managed_by(self, user):
        """Whose applications, seats and certificates she decides on."""
        return self.filter(team(user, MANAGER, cohort="pk"))

    def selected_by(self, user):
        """On whose applications she decides now."""
        return self.managed_by(user).exclude(state__in=("draft", "archived", "cancelled"))

    def entered_by(self, user):
        """Whose inner pages she reads."""
        return self.filter(inside(user, "pk")).exclude(state="draft")

    def with_team_role(self, user, *names: str):
        return self.filter(team(user, *names, cohort="pk"))

    def taught_by(self, user):
        """Where she plans meetings and asks for works: not in one that was cancelled or lies in the archive."""
        return self.with_team_role(user, MANAGER, TRAINER).exclude(state__in=("archived", "cancelled"))

    def to_be_opened(self, now):
        """On whose day nobody has opened applications yet; of one whose last day has passed too nobody could apply any more."""
        led = rows("CohortRole").current().filter(name=MANAGER).values("cohort")
        return self.filter(state="published", opens_at__lte=now, closes_at__gt=now, pk__in=led)

    def to_be_closed(self, now):
        return self.filter(state="open", closes_at__lte=now)


class CohortRoleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(inside(user) | office(user))

    def editable_by(self, user):
        return self.filter(cohort__in=rows("Cohort").editable_by(user))

    def of(self, user):
        return self.filter(own(user))

    def current(self):
        return self.filter(until=None)
