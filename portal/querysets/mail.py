"""Which letters are due, and which addresses take none."""

from datetime import datetime

from django.db import models


class LetterQuerySet(models.QuerySet):
    def due(self, now: datetime):
        return self.filter(state="waiting", closed_at=None, due_at__lte=now)


class BounceQuerySet(models.QuerySet):
    def stopping(self, address: str):
        """What keeps letters from this address."""
        return self.filter(address_key=address.lower(), permanent=True, set_aside_at=None)
