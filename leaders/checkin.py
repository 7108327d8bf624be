"""The QR code of a meeting: an address that is another one every minute, so that a picture of it is soon worth nothing."""

from datetime import datetime

from django.core.signing import Signer

from .models import Meeting

STEP = 60
# The one that is shown, and the one before it: whoever has just scanned still has to press
VALID_STEPS = 2
signer = Signer(salt="leaders.check-in")


class Expired(Exception):
    """The code was true once."""


def token_of(meeting: Meeting, now: datetime) -> str:
    return signer.sign(f"{meeting.pk}.{step_at(now)}")


def read_token(token: str, now: datetime) -> int:
    """Raises BadSignature where it was never ours, Expired where its time is over."""
    pk, _dot, step = signer.unsign(token).partition(".")
    if not 0 <= step_at(now) - int(step) < VALID_STEPS:
        raise Expired
    return int(pk)


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // STEP
