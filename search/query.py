"""What a reader asks.

query = SearchQuery.for_user(user, text="бөлшек", facets={"subject": ["math"]}, wanted=("subject", "grade"))
results = search(query, user=user)        # from search.find import search, suggest, newest
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from . import audiences
from .analysis import clean
from .sources import current_facets

RELEVANCE, NEWEST = "relevance", "newest"
WINDOW = 300
MAX_TEXT = 1000
MAX_FACETS, MAX_CODES, MAX_CODE = 20, 50, 100
MAX_LIFTING = 6


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """`facets` narrow: any code of a facet, every facet. `wanted` names the facets to count.

    Relevance pages by `page` inside the best 300; newest pages by `cursor`, taken from the results before.
    `literally` means these very words, without guessing at others.
    The facets `source` and `language` exist for every entry; `sources` restricts beforehand, outside the counting.
    `named` are codes that the words were understood to name, `own` those of the reader: they lift what holds them and narrow nothing.
    `behind` are sources whose things stand a little behind others of the same words.
    """

    text: str = ""
    sources: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    behind: tuple[str, ...] = ()
    audience: frozenset[str] = frozenset()
    satisfied: frozenset[str] = frozenset()
    sort: str = RELEVANCE
    page: int = 1
    size: int = 20
    cursor: str = ""
    wanted: tuple[str, ...] = ()
    literally: bool = False

    @classmethod
    def for_user(cls, user, **kwargs) -> "SearchQuery":
        kwargs["facets"] = current_facets(kwargs.get("facets", {}))
        audience = audiences.tokens_for(user, kwargs.get("sources", ()))
        return cls(audience=audience, satisfied=audiences.satisfied_by(user), **kwargs)

    def __post_init__(self):
        """Whatever a stranger may send becomes a bounded, harmless query."""
        fix = object.__setattr__
        fix(self, "text", " ".join(clean(self.text)[:MAX_TEXT].split()))
        fix(self, "sources", tuple(self.sources))
        fix(self, "audience", frozenset(self.audience))
        fix(self, "satisfied", frozenset(self.satisfied))
        fix(self, "facets", bounded(self.facets))
        fix(self, "named", bounded(self.named, MAX_LIFTING))
        fix(self, "own", bounded(self.own, MAX_LIFTING))
        fix(self, "behind", tuple(self.behind))
        fix(self, "sort", NEWEST if self.sort == NEWEST else RELEVANCE)
        fix(self, "size", min(max(self.size, 1), 100))
        fix(self, "page", min(max(self.page, 1), last_page(self.size)))
        fix(self, "cursor", clean(self.cursor)[:100] if self.sort == NEWEST else "")
        fix(self, "wanted", tuple(dict.fromkeys(self.wanted))[:MAX_FACETS])

    @property
    def by_date(self) -> bool:
        """A list without words has no other order."""
        return self.sort == NEWEST or not self.text

    def admits(self, facets: Mapping[str, Iterable[str]]) -> bool:
        """Whether a thing with these facets is among what is chosen."""
        return all(not set(codes).isdisjoint(facets.get(name, ())) for name, codes in self.facets.items())

    def but(self, **changes) -> "SearchQuery":
        return replace(self, **changes)


def bounded(facets: Mapping[str, Iterable[str]], most: int = MAX_FACETS) -> dict[str, tuple[str, ...]]:
    """The facets that say anything, with codes that could stand beside an entry."""
    kept: dict[str, tuple[str, ...]] = {}
    for name, codes in list(facets.items())[:most]:
        usable = sorted({clean(str(code))[:MAX_CODE] for code in list(codes)[:MAX_CODES]} - {""})
        if usable:
            kept[clean(name)[:MAX_CODE]] = tuple(usable)
    return kept


def last_page(size: int) -> int:
    return -(-WINDOW // size)
