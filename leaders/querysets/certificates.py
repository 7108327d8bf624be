from django.db import models

from .roles import MANAGER, office, own, team


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """In lists. Whoever has the code reads the page of verification without this."""
        return self.filter(own(user) | team(user, MANAGER, cohort="enrolment__cohort") | office(user))

    def editable_by(self, user):
        """Who may revoke or replace it."""
        return self.filter(team(user, MANAGER, cohort="enrolment__cohort") | office(user))

    def of(self, user):
        return self.filter(own(user))

    def with_code(self, code: str):
        """Whoever has it may know: it cannot be guessed."""
        return self.filter(code=code)

    def valid(self):
        return self.filter(state="valid")

    def unprinted(self):
        return self.filter(pdf="", erased_at=None)


class RegisterLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The whole register; of her own certificate everybody reads the lines on its page."""
        return self.filter(office(user))


class IssueRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(team(user, MANAGER))

    editable_by = visible_to
