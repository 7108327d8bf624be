"""Whether the portal can do its work: each part is asked a small question."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.crypto import get_random_string

from search.engines import get_engine
from search.query import SearchQuery

from .tasks import queue_age

log = logging.getLogger(__name__)


def ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_cache() -> None:
    word = get_random_string(8)
    cache.set(f"health:{word}", word, 10)
    if cache.get(f"health:{word}") != word:
        raise LookupError


def ask_queue() -> None:
    """A queue that stands still means that no worker runs, or too few."""
    if queue_age() > timedelta(seconds=settings.QUEUE_MAX_SECONDS):
        raise TimeoutError


def ask_search() -> None:
    get_engine().find(SearchQuery(text="readiness", size=1))


PARTS: dict[str, Callable[[], None]] = {"database": ask_database, "cache": ask_cache, "queue": ask_queue, "search": ask_search}


def readiness() -> dict[str, str]:
    """The fault of every part, empty when it answers."""
    return {name: fault(ask) for name, ask in PARTS.items()}


def fault(ask: Callable[[], None]) -> str:
    try:
        ask()
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the part does not answer
        log.warning("%s failed: %s", ask.__name__, type(error).__name__)
        return type(error).__name__
    return ""
