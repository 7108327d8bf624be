"""All that cannot be made again, in one folder: the database, the files of members and editors, and a manifest with the hash of each.

The database is copied first: a file that comes meanwhile is copied for nothing, and no row waits for a file that was not copied.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

MANIFEST = "manifest.json"
MEDIA = "media"
DUMPS = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class Refused(Exception):
    """Nothing was changed; the words say why."""


def back_up(target: Path) -> dict:
    if target.exists() and any(target.iterdir()):
        raise Refused(f"{target} is not empty.")
    target.mkdir(parents=True, exist_ok=True)
    dump = target / DUMPS[connection.vendor]
    dump_sqlite(dump) if connection.vendor == "sqlite" else run_postgres("pg_dump", "--format=custom", "--no-owner", f"--file={dump}")
    for file in media_files():
        copy(settings.MEDIA_ROOT / file, target / MEDIA / file)
    manifest = {
        "made_at": timezone.now().isoformat(),
        "database": connection.vendor,
        "django": django.get_version(),
        "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
        "files": {str(path.relative_to(target)): digest(path) for path in sorted(target.rglob("*")) if path.is_file()},
    }
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False))
    return manifest


def restore(source: Path, *, force: bool = False) -> dict:
    manifest = verified(source)
    if manifest["database"] != connection.vendor:
        raise Refused(f"The backup is of {manifest['database']}, the portal runs on {connection.vendor}.")
    if not force and (connection.introspection.table_names() or any(media_files())):
        raise Refused("The database or the folder of files is not empty. --force writes over them.")
    dump = source / DUMPS[connection.vendor]
    restore_sqlite(dump) if connection.vendor == "sqlite" else restore_postgres(dump)
    for name in manifest["files"]:
        if name.startswith(f"{MEDIA}/"):
            copy(source / name, settings.MEDIA_ROOT / Path(name).relative_to(MEDIA))
    # Sessions and counters of the time after the backup
    cache.clear()
    return manifest


def verified(source: Path) -> dict:
    """The manifest, when every file stands there as it was written."""
    try:
        manifest = json.loads((source / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise Refused(f"{source} holds no backup.") from error
    for name, hash in manifest["files"].items():
        path = source / name
        if not path.resolve().is_relative_to(source.resolve()) or not path.is_file() or digest(path) != hash:
            raise Refused(f"{name} is missing or damaged.")
    return manifest


def media_files() -> Iterator[Path]:
    """Relative to MEDIA_ROOT; pieces of uploads that are under way are not kept."""
    root, pieces = Path(settings.MEDIA_ROOT), Path(settings.FILE_UPLOAD_DIR)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_relative_to(pieces):
            yield path.relative_to(root)


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dump_sqlite(target: Path) -> None:
    connection.ensure_connection()
    copied = sqlite3.connect(target)
    connection.connection.backup(copied)
    # One file, without a write-ahead log beside it
    copied.execute("PRAGMA journal_mode=DELETE")
    copied.close()


def restore_sqlite(dump: Path) -> None:
    connection.ensure_connection()
    kept = sqlite3.connect(f"file:{dump}?mode=ro", uri=True)
    kept.backup(connection.connection)
    kept.close()
    connection.close()


def restore_postgres(dump: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    run_postgres("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(dump))


def run_postgres(program: str, *arguments: str) -> None:
    if not shutil.which(program):
        raise Refused(f"{program} is needed: install the client programs of PostgreSQL.")
    (_psql, *where, name), environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    command = [program, *where, f"--dbname={name}", *arguments]
    done = subprocess.run(command, env=os.environ | (environment or {}), capture_output=True, text=True)  # noqa: S603 - no word of a stranger
    if done.returncode:
        raise Refused(f"{program}: {done.stderr.strip()}")
