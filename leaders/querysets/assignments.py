from django.db import models
from django.db.models import Q

from .roles import EXAMINER, MANAGER, TRAINER, accompanied, inside, own, rows, team

COHORT = "enrolment__cohort"
# Observers see progress, never what somebody has written
READERS = (MANAGER, TRAINER, EXAMINER)


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter((inside(user) & ~Q(state="draft")) | team(user, MANAGER, TRAINER))

    def editable_by(self, user):
        return self.filter(team(user, MANAGER, TRAINER))


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(own(user, "enrolment__user") | team(user, *READERS, cohort=COHORT) | accompanied(user))

    def editable_by(self, user):
        return self.filter(team(user, MANAGER, TRAINER, cohort=COHORT))

    def of(self, user):
        return self.filter(own(user, "enrolment__user"))


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Her own; what was handed in, for those who assess it and for her mentor."""
        read = team(user, *READERS, cohort=COHORT) | accompanied(user)
        return self.filter(own(user, "enrolment__user") | (~Q(state="draft") & read))

    def editable_by(self, user):
        return self.filter(own(user, "enrolment__user"), state="draft", enrolment__state="active", assignment__state="published")

    def of(self, user):
        return self.filter(own(user, "enrolment__user"))

    def assessable_by(self, user):
        return self.filter(team(user, *READERS, cohort=COHORT), state="handed-in")


class SubmissionFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(submission__in=rows("Submission").visible_to(user))

    def editable_by(self, user):
        return self.filter(submission__in=rows("Submission").editable_by(user))


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Until it is released, for whoever writes it, and for managers."""
        cohort = f"submission__{COHORT}"
        writing = (own(user, "by") & team(user, *READERS, cohort=cohort)) | team(user, MANAGER, cohort=cohort)
        released = (
            own(user, "submission__enrolment__user") | team(user, *READERS, cohort=cohort) | accompanied(user, "submission__enrolment")
        )
        return self.filter(writing | (Q(state="released") & released))

    def editable_by(self, user):
        return self.filter(own(user, "by") & team(user, *READERS, cohort=f"submission__{COHORT}"), state="draft")


class ExternalResultQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(own(user, "enrolment__user") | team(user, *READERS, cohort=COHORT) | accompanied(user))

    def editable_by(self, user):
        return self.filter(team(user, MANAGER, EXAMINER, cohort=COHORT))
