from django.db import models
from django.db.models import Q

from .roles import EXAMINER, MANAGER, OBSERVER, TRAINER, accompanied, inside, own, team


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(inside(user))

    def editable_by(self, user):
        """Managers, and the trainer who leads it."""
        return self.filter(team(user, MANAGER) | (team(user, TRAINER) & own(user, "trainer")))

    def planned(self):
        return self.filter(state="planned")

    def of_person(self, user):
        """Of every cohort that she studies in or works for."""
        return self.filter(inside(user)).exclude(cohort__state="draft")


class CohortMaterialQuerySet(models.QuerySet):
    """That a material is read here; whether she may open it is asked of the material."""

    def visible_to(self, user):
        return self.filter(inside(user))

    def editable_by(self, user):
        return self.filter(team(user, MANAGER) | (team(user, TRAINER) & (Q(meeting=None) | own(user, "meeting__trainer"))))


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        cohort = "enrolment__cohort"
        staff = team(user, MANAGER, TRAINER, EXAMINER, OBSERVER, cohort=cohort)
        return self.filter(own(user, "enrolment__user") | staff | accompanied(user))

    def editable_by(self, user):
        leads = team(user, TRAINER, cohort="meeting__cohort") & own(user, "meeting__trainer")
        return self.filter(team(user, MANAGER, cohort="meeting__cohort") | leads)

    def current(self):
        return self.filter(superseded_at=None)
