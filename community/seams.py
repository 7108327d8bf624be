"""What community hangs into the registries of the apps to its left."""

from . import search


def register() -> None:
    search.register()
