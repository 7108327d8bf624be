"""Digests: what nobody has told her by a letter yet, once a day or once a week."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from ..models import Bounce, Letter, Notice, Rhythm, User
from ..notices.kinds import Rhythms
from ..seams import notice_kinds
from .composing import CARRIES
from .hours import EVERYBODYS, coming_holidays, hours_of, next_open

NOON = time(12)
FRIDAY = 4
PEOPLE_AT_A_TIME = 500
# Older notices are no news.
FORGOTTEN_AFTER = timedelta(days=30)


def make_digests() -> None:
    """May run as often as it likes: a person has one digest a rhythm and period."""
    now = timezone.now()
    for rhythm, moment in ((Rhythm.DAILY, latest_noon(now)), (Rhythm.WEEKLY, latest_noon(now, weekday=FRIDAY))):
        people = people_without(rhythm, moment)
        for start in range(0, len(people), PEOPLE_AT_A_TIME):
            make_for(people[start : start + PEOPLE_AT_A_TIME], rhythm, moment)


def latest_noon(now: datetime, *, weekday: int | None = None) -> datetime:
    """A worker that was down makes up for what it missed."""
    noon = timezone.make_aware(datetime.combine(timezone.localdate(now), NOON))
    while noon > now or weekday not in (None, noon.weekday()):
        noon -= timedelta(days=1)
    return noon


def untold(moment: datetime):
    return Notice.objects.untold(before=moment, after=moment - FORGOTTEN_AFTER)


def people_without(rhythm: Rhythm, moment: datetime) -> list[int]:
    have = Letter.objects.filter(purpose=rhythm, period=period(moment)).values("user")
    return list(untold(moment).exclude(user__in=have).order_by("user").values_list("user", flat=True).distinct())


def period(moment: datetime) -> date:
    return timezone.localdate(moment)


def make_for(people: list[int], rhythm: Rhythm, moment: datetime) -> None:
    wanted = wanted_notices(people, rhythm, moment)
    hours, holidays = hours_of(wanted), coming_holidays(moment)
    for user, notices in wanted.items():
        due_at = next_open(timezone.now(), hours.get(user, EVERYBODYS), holidays)
        make_digest(user, rhythm, period(moment), notices, due_at)


def wanted_notices(people: list[int], rhythm: Rhythm, moment: datetime) -> dict[int, list[int]]:
    """By person; whom no letter reaches is asked nothing."""
    reached = set(User.objects.written_to().filter(pk__in=people).exclude(email_key__in=stopped_addresses()).values_list("pk", flat=True))
    kinds, rhythms, found = {kind.key: kind for kind in notice_kinds}, Rhythms(reached), defaultdict(list)
    for pk, user, key in untold(moment).filter(user__in=reached).values_list("pk", "user", "kind"):
        if key in kinds and rhythms.of(user, kinds[key]) in CARRIES[rhythm]:
            found[user].append(pk)
    return found


def stopped_addresses():
    return Bounce.objects.filter(permanent=True, set_aside_at=None).values("address_key")


@transaction.atomic
def make_digest(user: int, rhythm: Rhythm, day: date, notices: list[int], due_at: datetime) -> None:
    letter, made = Letter.objects.get_or_create(user_id=user, purpose=rhythm, period=day, defaults={"due_at": due_at})
    if made:
        Notice.objects.unread().filter(pk__in=notices, letter=None).update(letter=letter)
