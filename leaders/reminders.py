"""What falls due by the clock."""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.clock import Job
from portal.models import Notice

from .actions.cohorts import keep_days
from .actions.endorsements import expire_endorsements
from .actions.seats import pass_seats_on
from .models import Enrolment
from .notices.seats import tell_of_seats

REMIND_BEFORE = timedelta(hours=24)


def remind_of_offers(now: datetime | None = None) -> None:
    """Once, a day before an offer ends; of offers that are shorter than that, not at all."""
    now = now or timezone.now()
    ending = Enrolment.objects.filter(state=Enrolment.State.OFFERED, offered_until__gt=now, offered_until__lte=now + REMIND_BEFORE)
    told = Notice.objects.filter(kind="offer-ends", source="enrolments").values("object_id")
    for row in ending.exclude(pk__in=told).select_related("user", "cohort"):
        if row.cohort.offer_hours * 3600 > REMIND_BEFORE.total_seconds():
            tell_of_seats([row], row.cohort, "offer-ends")


JOBS = [
    Job("keep-days-of-cohorts", timedelta(minutes=1), keep_days),
    Job("pass-seats-on", timedelta(minutes=1), pass_seats_on),
    Job("remind-of-offers", timedelta(hours=1), remind_of_offers),
    Job("expire-endorsements", timedelta(hours=1), expire_endorsements),
]
