"""Registries that apps to the right fill from their own `seams.py`. Plain lists of plain functions, called in the open."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .notices import Kind

# (request) -> {"template": …, "context": {…}} or None; drawn on a person's start page in the order of registration
start_panels: list[Callable[[Any], dict | None]] = []
# (file) -> None; a file's words, title and picture have been read
file_ready: list[Callable[[Any], None]] = []
# (user) -> None; a person's name is another one now
person_renamed: list[Callable[[Any], None]] = []
# Kinds of notices, see portal.notices
notice_kinds: list["Kind"] = []
# slot -> functions (request, object) -> {"template": …, "context": {…}} or None; slots: "person", "home"
page_slots: dict[str, list[Callable[[Any, Any], dict | None]]] = {"person": [], "home": []}


def filled(functions, *args) -> list[dict]:
    return [panel for panel in (function(*args) for function in functions) if panel]


def register() -> None:
    from . import pictures, search
    from .notices import own

    search.register()
    pictures.register()
    own.register()
