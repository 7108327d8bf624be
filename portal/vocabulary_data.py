"""Vocabularies that a new portal starts with, read from CSV files beside the app that owns them. Used by the data migrations."""

import csv
from pathlib import Path


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load(model, file: Path, **more) -> None:
    """Make or update a row for each line, by its code. `more` turns a column's text into a value."""
    for position, line in enumerate(read(file)):
        values = {name: more[name](value) if name in more else value for name, value in line.items() if name != "code"}
        model.objects.update_or_create(code=line["code"], defaults={**values, "position": position})
