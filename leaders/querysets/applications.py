from django.db import models
from django.db.models import Q
from django.utils import timezone

from .roles import EXAMINER, MANAGER, OBSERVER, own, rows, team


class OfCohortQuerySet(models.QuerySet):
    """What everybody reads who sees the cohort, and its managers set up."""

    def visible_to(self, user):
        return self.filter(cohort__in=rows("Cohort").visible_to(user))

    def editable_by(self, user):
        return self.filter(cohort__in=rows("Cohort").editable_by(user))


class StageQuerySet(OfCohortQuerySet):
    def led_by(self, user):
        """Whose applications she leads on, has read and scores."""
        return self.filter(cohort__in=rows("Cohort").selected_by(user))


class QuestionQuerySet(OfCohortQuerySet):
    pass


class DecisionWordsQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(team(user, MANAGER))

    editable_by = visible_to


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Her own; those that were sent, for managers and observers; for an examiner those that she reads."""
        sent = Q(submitted_at__isnull=False)
        read = rows("Review").filter(own(user, "reviewer"), state__in=("assigned", "handed-in")).values("application")
        examined = team(user, EXAMINER) & Q(pk__in=read)
        return self.filter(own(user) | (sent & (team(user, MANAGER, OBSERVER) | examined)))

    def editable_by(self, user):
        """One's own, until it is sent."""
        return self.filter(own(user), state="draft", cohort__state="open")

    def of(self, user):
        return self.filter(own(user))

    def decidable_by(self, user):
        return self.filter(team(user, MANAGER), submitted_at__isnull=False)

    def sent(self):
        return self.filter(submitted_at__isnull=False)

    def live(self):
        return self.exclude(state="withdrawn")


class OfApplicationQuerySet(models.QuerySet):
    """What is part of an application is seen and changed with it."""

    def visible_to(self, user):
        return self.filter(application__in=rows("Application").visible_to(user))

    def editable_by(self, user):
        return self.filter(application__in=rows("Application").editable_by(user))


class AnswerQuerySet(OfApplicationQuerySet):
    pass


class ApplicationFileQuerySet(OfApplicationQuerySet):
    pass


class EndorsementQuerySet(models.QuerySet):
    """The head herself has no account: she comes by her link."""

    def visible_to(self, user):
        sent = Q(application__submitted_at__isnull=False)
        return self.filter(own(user, "application__user") | (sent & team(user, MANAGER, OBSERVER, cohort="application__cohort")))

    def editable_by(self, user):
        return self.live().filter(application__in=self.askable(user))

    def askable(self, user):
        """The applications for which she may ask a head: her own, until they are decided."""
        return rows("Application").filter(own(user), state__in=("draft", "submitted", "selection", "reserve"))

    def live(self):
        return self.filter(state__in=("asked", "given"))

    def outdated(self):
        return self.filter(state="asked", expires_at__lte=timezone.now())
