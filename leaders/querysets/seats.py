from django.db import models
from django.db.models import F, Q

from .roles import EXAMINER, LIVE, MANAGER, OBSERVER, SEATED, TAKEN, TRAINER, accompanied, own, team

__all__ = ["LIVE", "SEATED", "TAKEN", "EnrolmentQuerySet"]


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Her own; all for managers and observers; who sits in the cohort for trainers and examiners; her people for a mentor."""
        sitting = Q(state__in=SEATED) & (team(user, TRAINER, EXAMINER) | accompanied(user, "pk"))
        return self.filter(own(user) | team(user, MANAGER, OBSERVER) | sitting)

    def editable_by(self, user):
        return self.filter(team(user, MANAGER))

    def read_by(self, user):
        """Whose works she reads: an observer nobody's."""
        return self.filter(team(user, MANAGER, TRAINER, EXAMINER) | accompanied(user, "pk"))

    def of(self, user):
        return self.filter(own(user))

    def of_the_two(self, user):
        """The participant herself, or whoever accompanies her."""
        return self.filter(own(user) | accompanied(user, "pk"))

    def live(self):
        return self.filter(state__in=LIVE)

    def taken(self):
        """What counts against the capacity of a cohort."""
        return self.filter(state__in=TAKEN)

    def seated(self):
        return self.filter(state__in=SEATED)

    def waiting(self):
        return self.filter(state="waiting")

    def in_order_of(self, cohort):
        """Those who wait in it, as they are offered a seat."""
        return self.by_score() if cohort.order == "score" else self.by_time()

    def by_score(self):
        return self.order_by(F("score").desc(nulls_last=True), "place", "pk")

    def by_time(self):
        return self.order_by("place", "pk")

    def ahead_of(self, enrolment):
        """Who of those who wait is offered a seat before her."""
        earlier = Q(place__lt=enrolment.place) | Q(place=enrolment.place, pk__lt=enrolment.pk)
        waiting = self.waiting().filter(cohort=enrolment.cohort_id)
        if enrolment.cohort.order == "time":
            return waiting.filter(earlier)
        if enrolment.score is None:
            return waiting.filter(Q(score__isnull=False) | earlier)
        return waiting.filter(Q(score__gt=enrolment.score) | (Q(score=enrolment.score) & earlier))

    def lapsed(self, now):
        return self.filter(state="offered", offered_until__lt=now)
