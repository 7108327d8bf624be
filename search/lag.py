"""How far the cluster is behind the entries."""

import time

from django.db import DEFAULT_DB_ALIAS

from .models import Entry

MICROSECONDS = 1_000_000


def entries_behind() -> int:
    return Entry.objects.unfed().count()


def seconds_behind(*, using: str = DEFAULT_DB_ALIAS) -> float:
    """Since when the oldest change waits that the cluster has not heard of; versions are microseconds."""
    oldest = Entry.objects.using(using).unfed().order_by("version").values_list("version", flat=True).first()
    return max(time.time() - oldest / MICROSECONDS, 0) if oldest else 0
