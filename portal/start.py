"""What waits for a person, from all rooms, in one list. Whatever is only counted is counted in one query.

seams.start_counts.append(counts)     (user) -> [Tally("drafts", rows), …]
seams.start_lines.append(lines)       (request, counted) -> [Line(…), …]; `counted["drafts"]` is how many, and the first of them
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from search.united import Question, composed, united

from . import seams

SOON = timedelta(days=7)
HELD_SECONDS = 60
COUNTED = "SELECT %s, COUNT(*), MIN(first) FROM ({}) counted"
COUNTED_BY_VALUE = "SELECT tallied, COUNT(*), MIN(first) FROM ({}) counted GROUP BY tallied"


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


class Tally(NamedTuple):
    """Rows that are counted, with the least value of a column. `key` may be an expression: then each of its values is counted by itself."""

    key: str | Combinable
    rows: QuerySet
    first: str = "pk"

    def question(self) -> Question:
        rows, first = self.rows if self.rows.query.is_sliced else self.rows.order_by(), F(self.first)
        if isinstance(self.key, str):
            return Question(COUNTED, composed(rows.values(first=first)), before=[self.key])
        return Question(COUNTED_BY_VALUE, composed(rows.values(tallied=self.key, first=first)))


def holds(user, name: str, rows: QuerySet) -> bool:
    """Whether she holds any of these offices, remembered for a minute: composing what is asked for them costs more than asking it."""
    return cache.get_or_set(f"start:{name}:{user.pk}", rows.order_by().exists, HELD_SECONDS)


def counted(user) -> Counts:
    return tallied(each for counts in seams.start_counts for each in counts(user))


def tallied(tallies: Iterable[Tally]) -> Counts:
    rows = united(tally.question() for tally in tallies)
    return Counts({key: Counted(number, first) for key, number, first in rows if number})


def waiting_lines(request, counts: Counts) -> list[Line]:
    found: Iterable[Line] = (line for lines in seams.start_lines for line in lines(request, counts))
    return sorted(found, key=lambda line: line.urgency)
