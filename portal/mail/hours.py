"""When letters may leave: nobody is written to at night, on a Sunday or on a holiday, unless she chose so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from ..models import Holiday, MailHours

DAYS_AHEAD = 60


@dataclass(frozen=True)
class Hours:
    weekdays: frozenset[int]
    opens: int
    closes: int


# Teachers teach in the morning; Monday is 0.
EVERYBODYS = Hours(frozenset(range(6)), 14, 20)


def hours_of(people: Iterable[int]) -> dict[int, Hours]:
    """By the ids of those who chose their own; the others have everybody's."""
    chosen = MailHours.objects.filter(user__in=people)
    return {row.user_id: Hours(frozenset(row.weekdays), row.opens, row.closes) for row in chosen}


def coming_holidays(at: datetime) -> set[date]:
    return set(Holiday.objects.filter(date__gte=timezone.localdate(at)).values_list("date", flat=True))


def next_open(at: datetime, hours: Hours, holidays: set[date]) -> datetime:
    """The first moment from `at` on at which a letter may leave."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(DAYS_AHEAD):
        day = midnight.date() + timedelta(days=days)
        if day.weekday() in hours.weekdays and day not in holidays:
            opens = timezone.make_aware(datetime.combine(day, time(hours.opens)))
            if at < opens + timedelta(hours=hours.closes - hours.opens):
                return max(at, opens)
    return at + timedelta(days=DAYS_AHEAD)
