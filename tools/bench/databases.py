"""Where the rows go: a file on SQLite, a database beside the one that DATABASE_URL names on PostgreSQL. All are thrown away."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

Copied = Callable[[int], AbstractContextManager[str]]


def databases(folder: Path) -> AbstractContextManager[tuple[str, str, Copied]]:
    """Name of the database server, address of the database to prepare, and what makes copies of it."""
    address = os.environ.get("DATABASE_URL", "")
    return beside(address) if address.startswith("postgres") else in_files(folder)


@contextmanager
def in_files(folder: Path) -> Iterator[tuple[str, str, Copied]]:
    prepared = folder / "prepared.sqlite3"

    @contextmanager
    def copied(size: int) -> Iterator[str]:
        copy = folder / f"{size}.sqlite3"
        shutil.copy(prepared, copy)
        yield f"sqlite:///{copy}"
        for left in folder.glob(f"{copy.name}*"):
            left.unlink()

    yield "SQLite", f"sqlite:///{prepared}", copied


@contextmanager
def beside(address: str) -> Iterator[tuple[str, str, Copied]]:
    name = f"{urlsplit(address).path.lstrip('/')}_bench_{os.getpid()}"

    @contextmanager
    def copied(size: int) -> Iterator[str]:
        with made(address, f"{name}_{size}", template=name) as copy:
            yield copy

    with made(address, name) as prepared:
        yield "PostgreSQL", prepared, copied


@contextmanager
def made(address: str, name: str, *, template: str = "template1") -> Iterator[str]:
    known = urlsplit(address)
    with psycopg.connect(f"postgresql://{known.netloc}{known.path}", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield known._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
