"""The registry of what can be found. Each app registers its sources from its `seams.py`:

    sources.register(Source(
        key="material", label=_("Materials"), template="resources/material_row.html",
        visible=Material.objects.visible_to, all_entries=all_entries,
        facets=(Facet("subject", _("Subject"), subject_labels),),
    ))

`visible(user) -> QuerySet` are the objects that this reader may see now; the database is asked once for all hits of a page. For guests the
query is composed once in the life of a process: there it must depend on nothing but the rows that it reads itself.
`all_entries() -> Iterator[Findable]` yields everything for a rebuild, through `iterator()`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet

from .analysis import clean
from .united import Question, Rows, composed, united

if TYPE_CHECKING:
    from .entries import Findable


@dataclass(frozen=True)
class Facet:
    """`labels(codes) -> {code: label}` names the codes in the active language when they are drawn; `current(codes)` says what codes that
    were given up are called now, so that old addresses and stored queries keep their meaning; `former(codes)` what these were called.
    `spoken() -> {code: phrases}` by what words of a query each code is meant, see `search.understanding`.
    """

    name: str
    label: Any
    labels: Callable[[Iterable[str]], dict[str, Any]]
    current: Callable[[Iterable[str]], Iterable[str]] = tuple
    former: Callable[[Iterable[str]], Iterable[str]] = lambda codes: ()
    spoken: Callable[[], Mapping[str, Iterable[str]]] | None = None


@dataclass(frozen=True)
class Source:
    key: str
    label: Any
    template: str
    visible: Callable[[Any], QuerySet]
    all_entries: Callable[[], Iterator["Findable"]]
    facets: tuple[Facet, ...] = ()
    # The first part of the address of its things, where that is not the key
    place: str = ""
    # Among things of all sources these stand a little behind: a register, of which every name is in thousands of rows
    is_register: bool = False
    # The source whose entries these are, where they are only a part of it: they carry this key as their facet `source`
    within: str = ""

    def path(self, object_id: int) -> str:
        """Where a thing stands, behind the language."""
        return f"/{self.place or self.key}/{object_id}/"


# (entries) -> None; these are new, say something else or are open to other readers, in the transaction that wrote them
entries_changed: list[Callable[[list], None]] = []

_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.key] = source


def unregister(key: str) -> None:
    _sources.pop(key, None)


def get(key: str) -> Source | None:
    return _sources.get(key)


def at(place: str) -> Source | None:
    """The source whose things stand at `/<place>/<id>/`."""
    return next((source for source in _sources.values() if (source.place or source.key) == place), None)


def registered() -> list[Source]:
    return list(_sources.values())


def visible_to(user, ids: Mapping[str, Collection[int]]) -> set[tuple[str, int]]:
    """Which things of these sources the reader may see now; a source that is not registered shows nothing."""
    return set(united(question_of(source, wanted, user) for key, wanted in ids.items() if wanted and (source := get(key))))


def question_of(source: Source, wanted: Collection[int], user) -> Question:
    rows = rows_for_guests(source.visible) if isinstance(user, AnonymousUser) else rows_for(source.visible, user)
    marks = ", ".join(["%s"] * len(wanted))
    around = f"SELECT %s, found.thing FROM ({{}}) found WHERE found.thing IN ({marks})"  # noqa: S608
    return Question(around, rows, before=[source.key], after=wanted)


def rows_for(visible: Callable[[Any], QuerySet], user) -> Rows | None:
    return composed(visible(user).order_by().values(thing=F("pk")))


@cache
def rows_for_guests(visible: Callable[[Any], QuerySet]) -> Rows | None:
    return rows_for(visible, AnonymousUser())


def current_facets(facets: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Facets of a query by the codes that are in use now."""
    known = known_facets()
    cleaned = {name: [clean(code) for code in codes] for name, codes in facets.items()}
    return {name: tuple(known[name].current(codes)) if name in known else tuple(codes) for name, codes in cleaned.items()}


def former_facets(facets: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The codes that these have taken the place of."""
    known = known_facets()
    return {name: tuple(known[name].former(codes)) for name, codes in facets.items() if name in known}


def known_facets() -> dict[str, Facet]:
    return {facet.name: facet for source in registered() for facet in source.facets}
