"""The cluster answers; while it fails or is too far behind, the embedded engine does, within the same request and with the same results.

After a failure the next readers are spared the wait: for a while nobody asks the cluster, then one reader tries it again.
"""

import logging
import time

from ..lag import seconds_behind
from ..query import SearchQuery
from .base import Found, Match
from .elasticsearch import ElasticsearchEngine
from .elasticsearch.client import FAILURES
from .embedded import EmbeddedEngine

log = logging.getLogger(__name__)
SPARED_SECONDS = 30
BEHIND_SECONDS = 120
BEHIND_HELD_SECONDS = 5


class Breaker:
    """Open after a failure, of one process: each finds out for itself."""

    def __init__(self):
        self.opened_at = self.measured_at = float("-inf")
        self.is_behind = False

    def lets_through(self) -> bool:
        return time.monotonic() - self.opened_at > SPARED_SECONDS and not self.too_far_behind()

    def open(self, reason: str) -> None:
        log.error("The cluster does not answer: %s", reason)
        self.opened_at = time.monotonic()

    def too_far_behind(self) -> bool:
        if time.monotonic() - self.measured_at > BEHIND_HELD_SECONDS:
            self.measured_at, self.is_behind = time.monotonic(), seconds_behind() > BEHIND_SECONDS
        return self.is_behind


breaker = Breaker()


class UnderstudiedEngine(EmbeddedEngine):
    """Written to like the embedded engine, which is always current; asked like the cluster as long as that answers."""

    def find(self, query: SearchQuery) -> Found:
        return self.answer("find", query)

    def newest(self, query: SearchQuery) -> list[Match]:
        return self.answer("newest", query)

    def similar(self, query: SearchQuery) -> Found:
        return self.answer("similar", query)

    def answer(self, question: str, query: SearchQuery) -> Found | list[Match]:
        if breaker.lets_through():
            try:
                return getattr(ElasticsearchEngine(self.using), question)(query)
            except FAILURES as error:
                breaker.open(type(error).__name__)
        return getattr(super(), question)(query)
