"""One press in a letter, without signing in: the address in it is signed and speaks for the person."""

from django.core import signing

from ..models import Letter, User
from ..notices.kinds import Kind, Rhythms
from ..seams import notice_kinds

SALT = "letters"
DIGESTS = (Letter.Purpose.DAILY, Letter.Purpose.WEEKLY)


def unsubscribe_token(user: User, scope: str) -> str:
    """`scope` is the key of a kind, or the rhythm of a digest."""
    return signing.dumps([user.pk, scope], salt=SALT)


def read_token(token: str) -> tuple[User, str] | None:
    try:
        pk, scope = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk).first()
    return (user, scope) if user else None


def kinds_in(user: User, scope: str) -> list[Kind]:
    """What the letter was about: one kind, or all that she gets in this rhythm now."""
    rhythms = Rhythms([user.pk])
    free = [kind for kind in notice_kinds if not kind.urgent]
    return [kind for kind in free if scope in (kind.key, rhythms.of(user.pk, kind) if scope in DIGESTS else "")]
