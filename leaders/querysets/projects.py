from django.db import models
from django.db.models import Q

from .roles import EXAMINER, MANAGER, SEATED, TRAINER, accompanied, own, rows, team


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Hers, her team's, her mentor's, and of those who assess in the cohort."""
        joined = Q(pk__in=rows("ProjectMember").filter(own(user)).values("project"))
        staff = team(user, MANAGER, TRAINER, EXAMINER, cohort="enrolment__cohort") | accompanied(user)
        return self.filter(own(user, "enrolment__user") | joined | staff)

    def editable_by(self, user):
        """Hers, also when the course is over; not any more once she has given up her seat."""
        return self.filter(own(user, "enrolment__user"), enrolment__state__in=SEATED)


class OfProjectQuerySet(models.QuerySet):
    """What is part of a project is seen with it, and changed by whose it is."""

    project = "project"

    def visible_to(self, user):
        return self.filter(**{f"{self.project}__in": rows("ChangeProject").visible_to(user)})

    def editable_by(self, user):
        return self.filter(**{f"{self.project}__in": rows("ChangeProject").editable_by(user)})


class IndicatorQuerySet(OfProjectQuerySet):
    pass


class MeasurementQuerySet(OfProjectQuerySet):
    project = "indicator__project"


class MemberQuerySet(OfProjectQuerySet):
    def agreed(self):
        """That the story is told with her name."""
        return self.exclude(agreed_at=None)


class MilestoneQuerySet(OfProjectQuerySet):
    def decidable_by(self, user):
        """The mentor accepts or returns; in a cohort's last weeks also its examiners."""
        examined = team(user, EXAMINER, cohort="project__enrolment__cohort")
        return self.filter(accompanied(user, "project__enrolment") | examined)


class EvidenceQuerySet(OfProjectQuerySet):
    project = "milestone__project"

    def visible_to(self, user):
        """Hers alone until she has said whether pupils can be recognised in it."""
        return super().visible_to(user).filter(~Q(faces="") | own(user, "milestone__project__enrolment__user"))


class StoryQuerySet(OfProjectQuerySet):
    def visible_to(self, user):
        return self.filter(Q(state="published") | Q(project__in=rows("ChangeProject").visible_to(user)))

    def published(self):
        return self.filter(state="published")

    def withdrawable_by(self, user):
        """Hers, also once she has left the cohort: what is told of her she takes back at any time."""
        return self.filter(own(user, "project__enrolment__user"))

    def waiting_for(self, user):
        """Those about which she has a word, as one of the team."""
        return self.filter(project__in=rows("ProjectMember").filter(own(user)).values("project"))

    def told_by(self, person):
        """Hers, and those to which she agreed as one of the team."""
        joined = rows("ProjectMember").filter(user=person).agreed().values("project")
        return self.filter(Q(project__enrolment__user=person) | Q(project__in=joined))
