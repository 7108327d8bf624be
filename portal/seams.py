"""Registries that apps to the right fill from their own `seams.py`. Plain lists of plain functions, called in the open."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .imports.importer import Importer
    from .merging import Moves
    from .my_data import PersonData
    from .notices import Kind
    from .reporting import Reportable
    from .sitemaps import Sitemap
    from .start import Counts, Line

# (text, user) -> a kind of words to search for that the box offers while somebody types: {"label", "lines"}, see portal.offered
offered: list[Callable[[str, Any], dict | None]] = []
# On a person's start page, see portal.start: (user) -> rows that are counted, all in one query; (request, counts) -> what waits for her;
# (request, counts) -> {"template": …, "context": {…}} or None, below them in the order of registration
start_counts: list[Callable[[Any], list]] = []
start_lines: list[Callable[[Any, "Counts"], Iterable["Line"]]] = []
start_panels: list[Callable[[Any, "Counts"], dict | None]] = []
# (file) -> None; a file's words, title and picture have been read
file_ready: list[Callable[[Any], None]] = []
# (user) -> None; a person's name is another one now
person_renamed: list[Callable[[Any], None]] = []
# (user) -> None; where a person works, or whether it is confirmed, is another matter now
positions_changed: list[Callable[[Any], None]] = []
# () -> None; what an app's part of a new portal starts with, made by `manage.py prepare`; repeating it changes nothing
preparations: list[Callable[[], None]] = []
# What each app keeps of a person, to be taken along or forgotten, see portal.my_data
person_data: list["PersonData"] = []
# What search engines may read, see portal.sitemaps
sitemaps: list["Sitemap"] = []
# (moves, old, new) -> None; a row goes into another one: what names it otherwise than by a foreign key follows
rows_merged: list[Callable[["Moves", Any, Any], None]] = []
# model -> (ids) -> None; writes the entries of these rows anew, and takes away those of rows that are gone
entry_writers: dict[type, Callable[[Iterable[int]], None]] = {}
# name of a list -> the class that takes it in from a file
importers: dict[str, type["Importer"]] = {}
# Kinds of notices, see portal.notices
notice_kinds: list["Kind"] = []
# source -> what its things are to those who answer complaints, see portal.reporting
reportables: dict[str, "Reportable"] = {}
# verb of an act -> what it is called when people read it
act_verbs: dict[str, Any] = {}
# source of an act -> what its things are called
act_sources: dict[str, Any] = {}
# source -> (user, ids) -> those of its things of whose acts she may read more than that they were done
act_readers: dict[str, Callable[[Any, Iterable[int]], set[int]]] = {}
# slot -> functions (request, object) -> {"template": …, "context": {…}} or None; slots: "person", "school", "home", "thing"
page_slots: dict[str, list[Callable[[Any, Any], dict | None]]] = {"person": [], "school": [], "home": [], "thing": []}


def filled(functions, *args) -> list[dict]:
    return [panel for panel in (function(*args) for function in functions) if panel]


def register() -> None:
    from . import links, my_data, panels, pictures, reporting, saved_searches, search, sitemaps, verbs
    from .actions import merges
    from .cms import letters
    from .imports.lists import LISTS
    from .notices import decisions, lists, own
    from .notices import saved_searches as alerts

    search.register()
    merges.register()
    importers.update(LISTS)
    reporting.register()
    verbs.register()
    saved_searches.register()
    pictures.register()
    sitemaps.register()
    links.register()
    letters.register()
    person_data.append(my_data.PORTAL)
    start_counts.append(panels.counts)
    start_lines.append(panels.lines)
    notice_kinds.extend([*own.KINDS, *decisions.KINDS, *alerts.KINDS, *lists.KINDS])
