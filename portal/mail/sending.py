"""A letter leaves once and only once, however often a worker is killed, however many of them there are.

A worker claims a letter by a conditional UPDATE before it says anything to the mail server, and says in another one that it is about to
hand it over. A letter whose worker died between the two is sent again: no server has taken it. One whose worker died after the second
is not: it has almost certainly gone, and what it told stands unread on the portal and goes into the next digest.
The number of attempts fences off a worker that was slow and not dead: its letter is another's by then, and it hands nothing over.
"""

import logging
import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from ..models import Letter, Notice
from ..querysets import LetterQuerySet
from ..tasks import pause
from .bounces import refused
from .composing import account_message, letter_message, still_to_tell
from .hours import EVERYBODYS, coming_holidays, hours_of, next_open

log = logging.getLogger(__name__)
State = Letter.State
# Somebody sits before a page and waits for the code, so letters overtake the reading of files.
BEFORE_ALL_ELSE = 50
LETTERS_AT_A_TIME = 500
# Of the pauses between attempts, the one of 21 minutes
LONGEST_PAUSE = 5
ATTEMPTS = 70
LOST_AFTER = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=90)
PERMANENT = 500


class Overtaken(Exception):
    """Another worker has taken the letter meanwhile."""


class NoMailServer(Exception):
    """The other letters need not try."""


@task(priority=BEFORE_ALL_ELSE)
def send_letter(pk: int) -> None:
    """At once; when it fails, `send_due_letters` tries again."""
    send_all([pk])


def send_due_letters() -> None:
    """Several workers may do this side by side."""
    take_back_lost_letters()
    due = Letter.objects.due(timezone.now()).order_by("due_at")
    send_all(due.values_list("pk", flat=True)[:LETTERS_AT_A_TIME])


def send_all(pks: Iterable[int]) -> None:
    """Over one connection."""
    connection = get_connection()
    try:
        for pk in pks:
            send(pk, connection)
    except NoMailServer as error:
        log.warning("The mail server cannot be used: %s", type(error.__cause__).__name__)
    finally:
        connection.close()


def take_back_lost_letters() -> None:
    """Of workers that were killed: a letter that no server has taken waits again, one that may have gone is closed."""
    lost = Letter.objects.filter(closed_at=None, claimed_at__lt=timezone.now() - LOST_AFTER)
    lost.filter(state=State.CLAIMED).update(state=State.WAITING)
    for letter in lost.filter(state=State.HANDED):
        close(letter, State.UNSURE)


def send(pk: int, connection) -> None:
    letter = claim(pk)
    if not letter:
        return
    try:
        if message := message_of(letter):
            reach(connection, letter)
            hand_over(letter, message, connection)
    except NoMailServer:
        raise
    except Exception as error:  # noqa: BLE001 - one letter that cannot be written must not hold up the others
        log.error("Letter %d cannot be sent: %s", letter.pk, type(error).__name__)
        lose(letter)


def claim(pk: int) -> Letter | None:
    now = timezone.now()
    taken = Letter.objects.due(now).filter(pk=pk).update(state=State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1)
    return Letter.objects.select_related("user").get(pk=pk) if taken else None


def message_of(letter: Letter) -> EmailMessage | None:
    """What it says at this moment. A letter with nothing to tell is closed, one at a wrong hour waits."""
    if letter.purpose == Letter.Purpose.ACCOUNT:
        return account_message(letter)
    told = still_to_tell(letter)
    if not told:
        close(letter, State.DROPPED)
        return None
    if not any(line.kind.urgent for line in told) and (opens := opening(letter)) > timezone.now():
        put_back(letter, opens)
        return None
    letter.address, letter.language = letter.user.email, letter.user.interface_language
    letter.save(update_fields=["address", "language"])
    return letter_message(letter, told)


def opening(letter: Letter) -> datetime:
    now = timezone.now()
    hours = hours_of([letter.user_id]).get(letter.user_id, EVERYBODYS)
    return next_open(now, hours, coming_holidays(now))


def reach(connection, letter: Letter) -> None:
    """A backend that writes files or keeps letters in memory has no moment that nobody but a server knows of."""
    try:
        connection.open()
    except OSError as error:  # as are all exceptions of smtplib
        put_back(letter)
        raise NoMailServer from error
    if hasattr(connection, "look_after"):
        connection.look_after(partial(mark_handed, letter))


def hand_over(letter: Letter, message: EmailMessage, connection) -> None:
    try:
        connection.send_messages([message])
    except Overtaken:
        connection.close()
    except smtplib.SMTPRecipientsRefused as refusal:
        connection.close()
        [(code, answer)] = refusal.recipients.values()
        judge(letter, code, answer, of_address=True)
    except smtplib.SMTPDataError as refusal:
        connection.close()
        judge(letter, refusal.smtp_code, refusal.smtp_error, of_address=False)
    except OSError as error:
        connection.close()
        lose(letter)
        raise NoMailServer from error
    else:
        close(letter, State.SENT)


def mark_handed(letter: Letter) -> None:
    if not mine(letter).filter(state=State.CLAIMED).update(state=State.HANDED):
        raise Overtaken


def judge(letter: Letter, code: int, answer: bytes | str, *, of_address: bool) -> None:
    """The server has read the letter, or its address, and does not take it."""
    if code < PERMANENT:
        put_back(letter)
        return
    if of_address:
        refused(letter, answer)
    close(letter, State.FAILED)


def lose(letter: Letter) -> None:
    """The connection broke. Before the last line nothing has gone; after it nobody knows."""
    if mine(letter).filter(state=State.HANDED).exists():
        close(letter, State.UNSURE)
    else:
        put_back(letter)


def put_back(letter: Letter, due_at: datetime | None = None) -> None:
    """Until `due_at`, or for a while that grows with each attempt, up to a day in all."""
    if letter.attempts >= ATTEMPTS and not due_at:
        close(letter, State.FAILED)
    else:
        due_at = due_at or timezone.now() + pause(min(letter.attempts, LONGEST_PAUSE))
        mine(letter).update(state=State.WAITING, due_at=due_at)


def mine(letter: Letter) -> LetterQuerySet:
    return Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, closed_at=None)


@transaction.atomic
def close(letter: Letter, state: str) -> None:
    """What an account letter said, a code above all, is kept no longer, nor the address of who has no account. What may not have arrived
    is left to the next digest."""
    kept = {} if letter.user_id else {"address": ""}
    closed = mine(letter).update(state=state, closed_at=timezone.now(), subject="", body="", **kept)
    if closed and state in (State.UNSURE, State.FAILED):
        Notice.objects.filter(letter=letter).update(letter=None)


def forget_old_letters() -> None:
    """A report may still come back for a while. What did come back stays, with its letter."""
    Letter.objects.filter(closed_at__lt=timezone.now() - FORGOTTEN_AFTER, bounces=None).delete()
