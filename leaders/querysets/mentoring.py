from django.db import models

from .roles import MANAGER, OBSERVER, accompanied, own, rows, team


class MentorLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        staff = team(user, MANAGER, OBSERVER, cohort="enrolment__cohort")
        return self.filter(own(user, "enrolment__user") | own(user, "mentor") | staff)

    def editable_by(self, user):
        return self.filter(team(user, MANAGER, cohort="enrolment__cohort"))

    def current(self):
        return self.filter(until=None)

    def held_by(self, user):
        """Of those whom she accompanies now, as a mentor of their cohort."""
        return self.current().filter(own(user, "mentor") & accompanied(user))


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=rows("MentorMeeting").visible_to(user))


class MentorMeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The two who met, and nobody else; that they met counts in the progress."""
        return self.filter(own(user, "enrolment__user") | (own(user, "mentor") & accompanied(user)))

    def editable_by(self, user):
        return self.filter(own(user, "mentor") & accompanied(user))
