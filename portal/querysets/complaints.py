"""Who sees which complaints."""

from django.db import models


class ComplaintQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state="open")

    def visible_to(self, user):
        return self if user.is_authenticated and user.is_caretaker else self.none()
