"""What took long to find is kept for a minute: pages of the same results, and what many ask for, are answered from it.

A thing that was withdrawn meanwhile is not shown: every hit is asked about once more before it is drawn.
"""

from hashlib import sha256

from django.core.cache import cache

LARGE = 5000
KEPT_SECONDS = 60


def key(*asked) -> str:
    return f"search:{sha256(repr(asked).encode()).hexdigest()}"


def keep(name: str, value, number: int) -> None:
    """Only what is large: the rest costs little, and shows every change at once."""
    if number >= LARGE:
        cache.set(name, value, KEPT_SECONDS)
