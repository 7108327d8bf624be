"""The bench is no part of the portal, but it must not rot: it runs here on few rows, and nothing that it times is asserted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection

from portal.models import SavedSearch, User
from resources.actions import refresh_entry
from resources.models import Material
from search.models import Entry, Passage
from search.upkeep import check
from tools.bench import report
from tools.bench import settings as bench_settings
from tools.bench.alerts import measure_alerts
from tools.bench.cluster import measure_feeding, measure_reading
from tools.bench.cohorts import Sizes
from tools.bench.measuring import measure
from tools.bench.seeding import numbers_for, seed

from .databases import database_url

ROWS = 50


@pytest.fixture
def seeded(db):
    seed(numbers_for(ROWS))


def test_what_is_written_in_bulk_is_what_the_actions_write(seeded, capsys):
    assert list(check()) == []
    call_command("check_resources")
    assert capsys.readouterr().out == "0 wrong\n"
    call_command("check_community")
    assert capsys.readouterr().out == "0 wrong\n"
    material = Material.objects.shown().order_by("pk").last()
    before = written(material)
    refresh_entry(material)
    assert written(material) == before
    Entry.objects.get(source="materials", object_id=material.pk).delete()
    refresh_entry(material)
    assert written(material) == before


def written(material: Material) -> tuple:
    """All that search keeps of a material, except for its keys and its version."""
    entry = Entry.objects.get(source="materials", object_id=material.pk)
    with connection.cursor() as cursor:
        columns = "title, stems, fives, signature" if connection.vendor == "sqlite" else "terms::text, signature"
        cursor.execute(f"SELECT {columns} FROM search_text WHERE rowid >> 10 = %s", [entry.pk])
        indexed = cursor.fetchall()
    fields = {name: value for name, value in vars(entry).items() if name not in ("_state", "id", "version")}
    return fields, indexed, list(Passage.objects.filter(entry=entry).values("part", "number", "chunk", "page", "label", "language", "text"))


def test_the_same_number_gives_the_same_rows(seeded):
    assert User.objects.filter(email__startswith="person").count() == numbers_for(ROWS)["people"]
    assert Material.objects.order_by("pk").first().title.endswith(" 1")
    assert Material.objects.count() == ROWS


def test_measuring_saved_searches_leaves_none(seeded):
    assert min(measure_alerts(1000)) > 0
    assert not SavedSearch.objects.exists()


def test_the_cluster_is_measured(fed):
    found = {name: values for name, *values in [*measure_reading(200, DEFAULT_DB_ALIAS), *measure_feeding(20, DEFAULT_DB_ALIAS)]}
    asked = ("hits", "counts, first", "counts, repeated", "whole answer")
    assert set(found) >= {f"{words}: {of}" for words in ("rare", "common", "three words", "eight words") for of in asked} | {"share"}
    assert all(values[0] > 0 for values in found.values())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="CPU time and memory are read from /proc")
def test_the_bench_measures_a_running_server(transactional_db, tmp_path, settings):
    settings.SECRET_KEY = bench_settings.SECRET_KEY
    seed(numbers_for(ROWS))
    environment = {"DJANGO_SETTINGS_MODULE": bench_settings.__name__, "PORTAL_VAR": str(tmp_path), "DATABASE_URL": database_url()}
    python(environment, "manage.py", "collectstatic", "--noinput", "-v0")
    measured = measure(environment, seconds=0.05, certificates=3, sizes=Sizes(participants=8, fewer=3, applications=12))
    assert {line.name for line in report.LINES} <= measured.keys()
    lines = list(report.table({ROWS: measured, 2 * ROWS: measured}))
    assert len(lines) == len(report.LINES) + 3


def python(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], env={**os.environ, **environment}, check=True, cwd=Path(__file__).parents[1])
