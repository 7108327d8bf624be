"""What is looked for and whether it is found, without knowing by whom.

    note_shown(asked)                     a results page was shown
    note_opened(asked, place=3)           the third row of it was opened
    questions(days=30) -> queryset        one row for each question that at least three visitors asked

A visitor is a hash by a secret of the day, which nobody keeps when the day is over. What looks like a person's data is not noted at all.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from .analysis import query_words
from .models import Asking

# Another one whenever the fields change: pages of the version before are still open somewhere.
SALT = "search.asked:2"
FRESH_SECONDS = 3600
DAY_SECONDS = 24 * 3600
KEPT_DAYS = 90
# Fewer might be one person.
VISITORS_AT_LEAST = 3
REFINED_WITHIN = timedelta(minutes=10)
LONGEST, DIGITS = 100, 7
_PERSONAL = re.compile(r"@|https?:|www\.")


@dataclass(frozen=True)
class Asked:
    """What a results page knows of itself, signed by the portal and sent back by the page."""

    visitor: str
    text: str
    language: str
    found: int

    def signed(self) -> str:
        return signing.dumps(vars(self), salt=SALT, compress=True)

    @classmethod
    def read(cls, signed: str) -> "Asked | None":
        try:
            return cls(**signing.loads(signed, salt=SALT, max_age=FRESH_SECONDS))
        except signing.BadSignature:
            return None


def visitor_of(who: str) -> str:
    """The same within a day, and nobody's on the next."""
    secret = cache.get_or_set(f"search:asked:{timezone.localdate()}", lambda: get_random_string(40), DAY_SECONDS)
    return hmac.new(secret.encode(), who.encode(), hashlib.sha256).hexdigest()[:32]


def is_noted(text: str) -> bool:
    """An address, a number of a phone or of a person, or a whole text that was pasted are nobody's business."""
    digits = sum(letter.isdigit() for letter in text)
    return bool(text) and len(text) <= LONGEST and digits < DIGITS and not _PERSONAL.search(text.lower())


def key_of(text: str) -> str:
    """The same for every form and order of the same words."""
    return " ".join(sorted(word.stems[0] for word in query_words(text)))


@transaction.atomic
def note_shown(asked: Asked) -> Asking | None:
    """Once a day for each visitor, however often she asks the same."""
    key = key_of(asked.text) if is_noted(asked.text) else ""
    if not key:
        return None
    same = {"visitor": asked.visitor, "key": key, "language": asked.language}
    known = Asking.objects.filter(**same).first()
    if known:
        Asking.objects.filter(pk=known.pk, found__lt=asked.found).update(found=asked.found)
        return known
    told = {"text": " ".join(asked.text.split()), "found": asked.found, "refines": refined_by(asked, key)}
    return Asking.objects.get_or_create(**same, defaults=told)[0]


def refined_by(asked: Asked, key: str) -> str:
    """What she had asked a moment before and opened nothing of."""
    last = Asking.objects.filter(visitor=asked.visitor, at__gte=timezone.now() - REFINED_WITHIN).order_by("-at", "-pk").first()
    return last.key if last and last.place is None and last.key != key else ""


def note_opened(asked: Asked, place: int) -> None:
    """The first that is opened counts."""
    if known := note_shown(asked):
        Asking.objects.filter(pk=known.pk, place=None).update(place=place)


def questions(days: int = KEPT_DAYS):
    """`asked`, `nothing` and `opened` count visitors; `most` is the largest number that was found."""
    since = timezone.now() - timedelta(days=days)
    rows = Asking.objects.filter(at__gte=since).order_by().values("key", "language")
    counted = rows.annotate(
        text=Min("text"),
        asked=Count("pk"),
        nothing=Count("pk", filter=Q(found=0)),
        opened=Count("pk", filter=Q(place__isnull=False)),
        most=Max("found"),
    )
    return counted.filter(asked__gte=VISITORS_AT_LEAST).order_by("-asked", "key", "language")


def refinements(keys, days: int = KEPT_DAYS) -> dict[tuple[str, str], list[str]]:
    """(key, language) → what at least three visitors asked next, the most frequent first."""
    since, found = timezone.now() - timedelta(days=days), {}
    rows = Asking.objects.filter(at__gte=since, refines__in=set(keys)).order_by().values_list("refines", "language", "key")
    counted = rows.annotate(text=Min("text"), asked=Count("pk")).filter(asked__gte=VISITORS_AT_LEAST).order_by("-asked", "key")
    for key, language, _next, text, _number in counted:
        found.setdefault((key, language), []).append(text)
    return found


def forget_old() -> None:
    Asking.objects.filter(at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
