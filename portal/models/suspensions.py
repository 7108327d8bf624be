from django.conf import settings
from django.db import models

from ..querysets import SuspensionQuerySet
from .complaints import Case


class Suspension(models.Model):
    """A time in which a person reads as before and changes nothing. It ends by itself, or when those responsible lift it.

    Why, by whom and since when stand in its case, and so does the appeal.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="suspensions")
    case = models.OneToOneField(Case, models.PROTECT, related_name="suspension")
    until = models.DateTimeField(null=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user}: {self.until or '…'}"
