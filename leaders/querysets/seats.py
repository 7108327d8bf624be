from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .roles import EXAMINER, LIVE, MANAGER, OBSERVER, SEATED, TAKEN, TRAINER, accompanied, own, team

__all__ = ["LIVE", "SEATED", "TAKEN", "EnrolmentQuerySet"]


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Her own; all for managers and observers; who sits in the cohort for trainers and examiners; her people for a mentor."""
        sitting = Q(state__in=SEATED) & (team(user, TRAINER, EXAMINER) | accompanied(user, "pk"))
        return self.filter(own(user) | team(user, MANAGER, OBSERVER) | sitting)

    def editable_by(self, user):
        return self.filter(team(user, MANAGER))

    def live(self):
        return self.filter(state__in=LIVE)

    def taken(self):
        """What counts against the capacity of a cohort."""
        return self.filter(state__in=TAKEN)

    def seated(self):
        return self.filter(state__in=SEATED)

    def waiting(self):
        """In the order in which they are offered a seat; of one cohort."""
        return self.filter(state="waiting")

    def by_score(self):
        return self.order_by(F("score").desc(nulls_last=True), "place", "pk")

    def by_time(self):
        return self.order_by("place", "pk")

    def lapsed(self, now=None):
        return self.filter(state="offered", offered_until__lt=now or timezone.now())
