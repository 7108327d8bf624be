"""The tables of the index, which Django's models cannot describe."""

from . import index_of


def create(apps, schema_editor) -> None:
    index_of(schema_editor.connection).create(schema_editor.execute)


def drop(apps, schema_editor) -> None:
    index_of(schema_editor.connection).drop(schema_editor.execute)


def create_beside(apps, schema_editor) -> None:
    index_of(schema_editor.connection).create_beside(schema_editor.execute)


def fill_names(apps, schema_editor) -> None:
    """The names of the entries that were there before their index."""
    index_of(schema_editor.connection).fill_names(schema_editor.execute)
