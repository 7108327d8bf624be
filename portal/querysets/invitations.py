"""Invitations to schools are seen in a list by those who made them alone; whoever has a link needs no list."""

from django.db import models
from django.db.models import F
from django.utils import timezone


class InvitationQuerySet(models.QuerySet):
    def editable_by(self, user):
        return self.filter(by=user)

    def open(self):
        return self.filter(withdrawn_at=None, taken__lt=F("places"), expires_at__gt=timezone.now())

    def to_everyone(self):
        return self.filter(email="")

    def personal(self):
        return self.exclude(email="")
