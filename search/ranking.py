"""In which order found things stand: one formula, the same on every engine.

    score = text × 1.5 ^ named × .6 ^ behind × (1 + own + quality + fresh)

text      the BM25 sums of stems 1, titles .2, beginnings .4 and pieces of words .3; of the very letters that were typed .05
named     of how many facets that the words of the query name (`search.understanding`) the thing holds a code: 0 to 6. Each lifts by a
          half, twice as much as all that follows together: of comparable texts that which is what was asked for stands first
behind    1 for what comes from a register (schools, people) where everything is asked together: their few words would outweigh any text
own       the reader's languages .05, subjects .03, grades .02, each where the thing holds one of hers: at most .10
quality   at most .12, from what its app says of it (`Findable.signals`): how complete it is .04, whether it is solved .04, thanks .02,
          saves .02. The first five thanks are worth half of what any number of them is
fresh     at most .02, half of it after half a year

Nothing here takes a thing out of the results or puts one in.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .query import SearchQuery

if TYPE_CHECKING:
    from .models import Entry

STEMS, TITLES, BEGINNINGS, PIECES, EXACT = 1.0, 0.2, 0.4, 0.3, 0.05
NAMED = 1.5
BEHIND = 0.6
OWN = {"language": 0.05, "subject": 0.03, "grade": 0.02}
SIGNALS = {"complete": 0.04, "solved": 0.04, "thanks": 0.02, "saves": 0.02}
COUNTED = {"thanks", "saves"}
QUALITY = sum(SIGNALS.values())
FRESH, HALF_LIFE = 0.02, timedelta(days=180)
# About a month and a half: what is older does not look new
SAID_FRESH = 0.84
HALF_AT = 5


def quality(signals: Mapping[str, float]) -> float:
    """Between 0 and 1."""
    return sum(weight * share(name, signals.get(name, 0)) for name, weight in SIGNALS.items()) / QUALITY


def share(name: str, value: float) -> float:
    """A share counts as it is, what is counted saturates."""
    return max(value, 0) / (max(value, 0) + HALF_AT) if name in COUNTED else min(max(value, 0), 1)


def words_of(facets: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Each code as it stands beside an entry."""
    return {name: tuple(f"{name}:{code}" for code in codes) for name, codes in facets.items()}


class Lifts:
    """What a query lifts, by the codes of an entry, its quality and its age."""

    def __init__(self, query: SearchQuery, now: datetime | None = None):
        self.now = now or datetime.now(UTC)
        self.named = words_of(query.named)
        self.own = {name: words for name, words in words_of(query.own).items() if name in OWN}
        self.behind = {"source": tuple(f"source:{source}" for source in query.behind)} if query.behind else {}
        # Many entries share the same codes.
        self.of_codes = lru_cache(10_000)(self._of_codes)

    @property
    def moves(self) -> bool:
        """Whether the words alone do not decide what is among the best."""
        return bool(self.named or self.behind)

    def _of_codes(self, codes: str) -> float:
        lift = NAMED ** len(held(self.named, codes)) if self.named else 1.0
        return lift * BEHIND if self.behind and held(self.behind, codes) else lift

    def of_rest(self, codes: str, quality: float, published: float) -> float:
        """`published` in seconds since 1970."""
        own = sum(OWN[name] for name in held(self.own, codes))
        return 1 + own + QUALITY * quality + FRESH * self.freshness(published)

    def freshness(self, published: float) -> float:
        return 0.5 ** (abs(self.now.timestamp() - published) / HALF_LIFE.total_seconds())

    def of_entry(self, entry: "Entry") -> "Lifted":
        """The same in words, for a reader who asks why."""
        return Lifted(
            named=codes_held(self.named, entry.codes),
            own=codes_held(self.own, entry.codes),
            signals={name: value for name, value in entry.signals.items() if name in SIGNALS and share(name, value) > 0},
            is_fresh=self.freshness(entry.published_at.timestamp()) > SAID_FRESH,
        )


class Lifted(NamedTuple):
    """What has lifted a thing: codes by facet, signals with their values."""

    named: dict[str, list[str]]
    own: dict[str, list[str]]
    signals: dict[str, float]
    is_fresh: bool


def codes_held(facets: Mapping[str, tuple[str, ...]], codes: str) -> dict[str, list[str]]:
    found = {name: [word.partition(":")[2] for word in words if f" {word} " in codes] for name, words in facets.items()}
    return {name: held for name, held in found.items() if held}


def held(facets: Mapping[str, tuple[str, ...]], codes: str) -> list[str]:
    """The facets of which one of these codes stands beside an entry, ` subject:math grade:5 `."""
    return [name for name, words in facets.items() if any(f" {word} " in codes for word in words)]
