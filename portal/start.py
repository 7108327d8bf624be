"""What waits for a person, from all rooms, in one list. Whatever is only counted is counted in one query.

seams.start_counts.append(counts)     (user) -> [tally("drafts", rows), …]
seams.start_lines.append(lines)       (request, counted) -> [Line(…), …]; `counted["drafts"]` is how many, and the first of them
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import CharField, Count, F, Min, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from . import seams

SOON = timedelta(days=7)
HELD_SECONDS = 60


class Counted(NamedTuple):
    number: int = 0
    first: int = 0


class Counts(dict):
    def __missing__(self, key: str) -> Counted:
        return Counted()


@dataclass(frozen=True)
class Line:
    """`asked` says that somebody else waits for it; `said` and `about` stand beneath, `about` with its address."""

    label: str
    url: str
    icon: str = "circle"
    asked: bool = False
    due: datetime | None = None
    late: bool = False
    said: str = ""
    about: str = ""
    about_url: str = ""

    @property
    def urgency(self) -> tuple[int, float]:
        """What is overdue, what is due within a week, what others wait for, what is due later, what has no day."""
        if self.late:
            place = 0
        elif self.due and self.due <= timezone.now() + SOON:
            place = 1
        elif self.asked:
            place = 2
        else:
            place = 3 if self.due else 4
        return place, self.due.timestamp() if self.due else 0


def tally(key: str | F, rows: QuerySet, first: str = "pk") -> QuerySet:
    """`key` may be a column: then each of its values is counted by itself."""
    named = Cast(Value(key) if isinstance(key, str) else key, CharField())
    return rows.order_by().values(tallied=named).annotate(number=Count("pk"), first=Min(first)).values_list("tallied", "number", "first")


def holds(user, name: str, rows: QuerySet) -> bool:
    """Whether she holds any of these offices, remembered for a minute: composing what is asked for them costs more than asking it."""
    return cache.get_or_set(f"start:{name}:{user.pk}", rows.order_by().exists, HELD_SECONDS)


def counted(user) -> Counts:
    return together([each for counts in seams.start_counts for each in counts(user)])


def together(tallies: list[QuerySet]) -> Counts:
    found = tallies[0].union(*tallies[1:], all=True)
    return Counts({key: Counted(number, first) for key, number, first in found if number})


def waiting_lines(request, counts: Counts) -> list[Line]:
    found: Iterable[Line] = (line for lines in seams.start_lines for line in lines(request, counts))
    return sorted(found, key=lambda line: line.urgency)
