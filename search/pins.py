"""What editors have chosen for a query: shown before what was found, to whoever may see it.

    pinned_for("бөлшектерді салыстыру", "kk") -> [("materials", 7)]

Words are compared by their stems, in any order.
"""

from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone

from .analysis import query_words
from .models import Pin

AT_MOST = 3
KEY, SECONDS = "search:pins", 60


class Known(NamedTuple):
    """`words`: of each word its stems."""

    words: list[frozenset[str]]
    language: str
    until: object
    things: list[tuple[str, int]]


def pinned_for(text: str, language: str) -> list[tuple[str, int]]:
    """Asks the database once a minute, and not for each reader."""
    known = cache.get_or_set(KEY, read, SECONDS)
    if not known or not text:
        return []
    words, today = stems_of(text), timezone.localdate()
    in_force = [pin for pin in known if pin.language in ("", language) and (pin.until is None or today <= pin.until)]
    return list(dict.fromkeys(thing for pin in in_force if alike(words, pin.words) for thing in pin.things))[:AT_MOST]


def read() -> list[Known]:
    pins = Pin.objects.exclude(until__lt=timezone.localdate()).order_by("pk")
    return [Known(stems_of(pin.text), pin.language, pin.until, [(source, pk) for source, pk in pin.things]) for pin in pins]


def forget() -> None:
    cache.delete(KEY)


def stems_of(text: str) -> list[frozenset[str]]:
    return [frozenset(word.stems) for word in query_words(text)]


def alike(words: list[frozenset[str]], others: list[frozenset[str]]) -> bool:
    return len(words) == len(others) and all(any(word & other for other in others) for word in words)
