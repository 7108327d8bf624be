"""Registries that apps to the right fill from their own `seams.py`. Plain lists of plain functions, called in the open."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .notices import Kind
    from .reporting import Reportable

# (request) -> {"template": …, "context": {…}} or None; drawn on a person's start page in the order of registration
start_panels: list[Callable[[Any], dict | None]] = []
# (file) -> None; a file's words, title and picture have been read
file_ready: list[Callable[[Any], None]] = []
# (user) -> None; a person's name is another one now
person_renamed: list[Callable[[Any], None]] = []
# Kinds of notices, see portal.notices
notice_kinds: list["Kind"] = []
# source -> what its things are to those who answer complaints, see portal.reporting
reportables: dict[str, "Reportable"] = {}
# verb of an act -> what it is called when people read it
act_verbs: dict[str, Any] = {}
# slot -> functions (request, object) -> {"template": …, "context": {…}} or None; slots: "person", "home"
page_slots: dict[str, list[Callable[[Any, Any], dict | None]]] = {"person": [], "home": []}


def filled(functions, *args) -> list[dict]:
    return [panel for panel in (function(*args) for function in functions) if panel]


def register() -> None:
    from . import pictures, reporting, search, verbs
    from .cms import letters
    from .notices import decisions, own

    search.register()
    reporting.register()
    verbs.register()
    pictures.register()
    letters.register()
    notice_kinds.extend([*own.KINDS, *decisions.KINDS])
