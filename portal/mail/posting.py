"""Letters are put into the outbox in the transaction of what they tell; a worker sends them when they are due."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ..models import Letter, Notice, User
from ..tasks import enqueue
from .hours import EVERYBODYS, coming_holidays, hours_of, next_open

# Time to read it on the portal first, or to take back what was done.
DELAY = timedelta(minutes=10)


@transaction.atomic
def post_account_letter(user: User | None, address: str, language: str, *, subject: str, body: str) -> Letter:
    """Somebody sits before a page and waits: it leaves at once, whatever the hour."""
    letter = Letter.objects.create(
        user=user, purpose=Letter.Purpose.ACCOUNT, address=address, language=language, subject=subject, body=body
    )
    send_soon(letter.pk)
    return letter


def post_at_once(notices: Iterable[Notice], *, urgent: bool) -> None:
    """One letter for each of these new notices."""
    notices, now = list(notices), timezone.now()
    chosen, holidays = hours_of(notice.user_id for notice in notices), coming_holidays(now)
    for notice in notices:
        hours = chosen.get(notice.user_id, EVERYBODYS)
        due_at = now if urgent else next_open(now + DELAY, hours, holidays)
        notice.letter = Letter(user_id=notice.user_id, purpose=Letter.Purpose.AT_ONCE, due_at=due_at)
    Letter.objects.bulk_create(notice.letter for notice in notices)
    Notice.objects.bulk_update(notices, ["letter"])
    for notice in notices if urgent else ():
        send_soon(notice.letter_id)


def send_soon(letter: int) -> None:
    # Whoever sends a letter reads notices, and those post letters.
    from .sending import send_letter

    enqueue(send_letter, letter)
