from django.db import models
from django.db.models import Exists, OuterRef, Q

from .roles import EXAMINER, MANAGER, OBSERVER, own, rows, team

COHORT = "application__cohort"


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own. Those of others are sealed: for managers until both first readers have handed in, for a reader until she has, too,
        and nobody is still reading; who has still to read it is a reader, whatever else she is."""
        same = rows("Review").filter(application=OuterRef("application"), stage=OuterRef("stage"))
        handed_in = same.filter(state="handed-in")
        both_in = Exists(handed_in.filter(third=False).exclude(pk=OuterRef("pk")))
        has_read = Exists(handed_in.filter(own(user, "reviewer"))) & ~Exists(same.filter(state="assigned"))
        unsealed = team(user, MANAGER, OBSERVER, cohort=COHORT) & (Q(third=True) | both_in)
        unsealed |= team(user, EXAMINER, cohort=COHORT) & Q(has_read) & (Q(third=True) | both_in)
        mine = own(user, "reviewer") & team(user, EXAMINER, cohort=COHORT) & Q(state__in=("assigned", "handed-in"))
        still_reads = Exists(same.filter(own(user, "reviewer"), state="assigned"))
        return self.filter(mine | (Q(state="handed-in") & unsealed & ~still_reads))

    def editable_by(self, user):
        return self.filter(own(user, "reviewer") & team(user, EXAMINER, cohort=COHORT), state="assigned")

    def taken_from(self, user):
        """What was hers to read and was given to somebody else."""
        return self.filter(own(user, "reviewer"), state="withdrawn")

    def arranged_by(self, user):
        """Who reads what, which managers arrange; what has been written is for `visible_to` alone."""
        return self.filter(team(user, MANAGER, cohort=COHORT))


class StageResultQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(team(user, MANAGER, OBSERVER, cohort=COHORT))

    def editable_by(self, user):
        return self.filter(team(user, MANAGER, cohort=COHORT))


class SelectionRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(team(user, MANAGER))

    def stoppable_by(self, user):
        return self.filter(cohort__in=rows("Cohort").selected_by(user))

    def running(self):
        return self.filter(state="running")


class ScoreImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(team(user, MANAGER, cohort="stage__cohort"))

    def editable_by(self, user):
        return self.visible_to(user).filter(state="read")
