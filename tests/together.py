"""Several people press at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def together(*deeds: Callable) -> list:
    """What each of them returned, or the error it raised. Each has a connection of its own, so the test has to be transactional."""
    start = Barrier(len(deeds))

    def do(deed: Callable):
        try:
            start.wait()
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        done = [pool.submit(do, deed) for deed in deeds]
    return [found.exception() or found.result() for found in done]
