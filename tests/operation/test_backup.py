"""What was backed up comes back into an empty place: every row of every table, every file. On both databases."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from .stack import ROOT


@dataclass
class Place:
    """A portal without tables and files: its environment, a connection to its database."""

    environment: dict
    database: BaseDatabaseWrapper
    media: Path


@pytest.fixture
def elsewhere(tmp_path, db):
    environment = {"DJANGO_SETTINGS_MODULE": "portal.settings.development", "PORTAL_VAR": str(tmp_path / "var")}
    (tmp_path / "var").mkdir()
    database = connection.copy()
    if connection.vendor == "sqlite":
        database.settings_dict["NAME"] = str(tmp_path / "var" / "portal.sqlite3")
        yield Place(os.environ | environment, database, tmp_path / "var" / "media")
        database.close()
        return
    name = database.settings_dict["NAME"] = f"{connection.settings_dict['NAME']}_restored"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield Place(os.environ | environment | {"DATABASE_URL": f"postgres:/{name}"}, database, tmp_path / "var" / "media")
    database.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def kept(world, tmp_path) -> Path:
    call_command("backup", tmp_path / "kept", stdout=StringIO())
    return tmp_path / "kept"


def manage(place: Place, *command: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=place.environment, capture_output=True, text=True)


def tables(database: BaseDatabaseWrapper) -> dict[str, list]:
    """Every table there is, also those of the search index that no model describes."""
    with database.cursor() as cursor:
        return {name: rows(cursor, name) for name in database.introspection.table_names(cursor)}


def rows(cursor, table: str) -> list[str]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted(map(repr, cursor.fetchall()))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.django_db(transaction=True)
def test_everything_comes_back_into_an_empty_place(kept, elsewhere, settings):
    done = manage(elsewhere, "restore", str(kept))
    assert done.returncode == 0, done.stderr
    here, there = tables(connection), tables(elsewhere.database)
    assert len(here["resources_material"]) == 7
    assert set(here) == set(there)
    assert [name for name in here if here[name] != there[name]] == []
    pieces = settings.FILE_UPLOAD_DIR.name
    stored = {name: content for name, content in files(settings.MEDIA_ROOT).items() if not name.startswith(f"{pieces}/")}
    assert len(stored) >= 8
    assert files(elsewhere.media) == stored
    # New rows go on where the old ones ended.
    done = manage(elsewhere, "shell", "-v0", "-c", "from portal.demo import make_person; make_person('new@example.org')")
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_over_unless_it_is_demanded(kept, elsewhere):
    assert manage(elsewhere, "restore", str(kept)).returncode == 0
    with elsewhere.database.cursor() as cursor:
        cursor.execute("DELETE FROM portal_act")
    elsewhere.database.close()
    again = manage(elsewhere, "restore", str(kept))
    assert (again.returncode, "not empty" in again.stderr) == (1, True)
    assert tables(elsewhere.database)["portal_act"] == []
    elsewhere.database.close()
    assert manage(elsewhere, "restore", str(kept), "--force").returncode == 0
    assert tables(elsewhere.database) == tables(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("harm", ["changed", "lost", "no manifest", "other database", "outside"])
def test_a_damaged_backup_changes_nothing(kept, elsewhere, harm):
    manifest = json.loads((kept / "manifest.json").read_text())
    name = next(name for name in manifest["files"] if name.startswith("media/"))
    if harm == "changed":
        (kept / name).write_bytes((kept / name).read_bytes() + b"x")
    elif harm == "lost":
        (kept / name).unlink()
    elif harm == "no manifest":
        (kept / "manifest.json").unlink()
    elif harm == "other database":
        (kept / "manifest.json").write_text(json.dumps(manifest | {"database": "oracle"}))
    else:
        manifest["files"]["media/../../secret"] = "0" * 64
        (kept / "manifest.json").write_text(json.dumps(manifest))
    assert manage(elsewhere, "restore", str(kept)).returncode == 1
    assert tables(elsewhere.database) == {}
    assert not elsewhere.media.exists()


def test_a_backup_is_not_mixed_with_another_one(db, tmp_path):
    (tmp_path / "something").touch()
    with pytest.raises(CommandError, match="not empty"):
        call_command("backup", tmp_path)


def test_without_the_programs_of_postgresql_it_is_said_so(db, tmp_path, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs no program")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(CommandError, match="pg_dump is needed"):
        call_command("backup", tmp_path / "new")
