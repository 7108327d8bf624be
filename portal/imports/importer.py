"""Taking in a list from a file: the one code behind the commands and the CMS.

importer = SchoolImporter()
difference = importer.compare(data)      # what would change, nothing is written
importer.write(difference)               # writes exactly that

A line with a fault is left out, what the file does not speak of stays, and nothing is ever removed.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ..models import Merged
from .columns import Column
from .difference import Change, Difference, Fault
from .sheets import Line, read_lines

BATCH = 500
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Row:
    """What one good line says, and the row it speaks of as it stands."""

    number: int
    key: Key
    values: dict[str, Any]
    stored: dict[str, Any] | None


class Importer:
    """Of one model. `key` are the fields that name a row, `columns` what a file may hold."""

    model: ClassVar[type[models.Model]]
    columns: ClassVar[tuple[Column, ...]]
    key: ClassVar[tuple[str, ...]] = ("code",)
    # Fields that are saved with the columns because they follow from them
    derived: ClassVar[tuple[str, ...]] = ()

    def __init__(self):
        self.columns = deepcopy(self.columns)

    def compare(self, data: bytes) -> Difference:
        self.learn()
        difference, self.rows, self.mentioned = Difference(), [], set()
        seen: dict[Key, int] = {}
        for line, present in self.lines(data):
            try:
                row = self.read(line, present, seen)
            except ValidationError as error:
                difference.faults.append(Fault(line.number, "; ".join(error.messages)))
                continue
            self.sort_in(row, difference)
        covered = {self.scope(row.stored or row.values) for row in self.rows}
        for key, stored in self.stored.items():
            if key not in seen and stored["code"] not in self.mentioned and self.is_listed(stored) and self.scope(stored) in covered:
                difference.missing.append(Change(0, self.code_of(stored), self.name_of(stored)))
        return difference

    def learn(self) -> None:
        """Everything that lines are compared with, in a number of queries that the length of the file does not change."""
        for column in self.columns:
            column.learn()
        self.stored = {self.key_of(values): values for values in self.stored_rows()}
        self.merged = dict(Merged.objects.of(self.model).exclude(old_code="").values_list("old_code", "new_id"))

    def stored_rows(self) -> Iterable[dict[str, Any]]:
        return self.model._default_manager.values().iterator(chunk_size=2000)

    def texts(self, values: dict[str, Any]) -> dict[str, str]:
        """A stored row as a line of a file."""
        return {column.name: column.show(values[column.field]) for column in self.columns}

    def lines(self, data: bytes) -> Iterator[tuple[Line, list[Column]]]:
        """Every line with the columns its cells stand under. Raise ValidationError when the first one does not name them."""
        lines = read_lines(data)
        header = next(lines, Line(1))
        known, names = {column.name: column for column in self.columns}, [cell.lower() for cell in header.cells]
        required = {column.name for column in self.columns if column.required}
        if not required <= set(names) <= known.keys() or len(set(names)) != len(names):
            raise ValidationError(self.wrong_header())
        present = [known[name] for name in names]
        for line in lines:
            yield line, present

    def wrong_header(self) -> str:
        names = [column.name if column.required else f"({column.name})" for column in self.columns]
        return _("The first line must name these columns, those in brackets if the file has them: %(columns)s") % {
            "columns": ", ".join(names)
        }

    def read(self, line: Line, present: list[Column], seen: dict[Key, int]) -> Row:
        if line.fault:
            raise ValidationError(line.fault)
        texts = {column.name: text for column, text in zip(present, line.cells, strict=True)}
        self.mentioned.add(texts["code"])
        values = self.values(texts, present)
        key = self.key_of(values)
        first = seen.setdefault(key, line.number)
        if first != line.number:
            raise ValidationError(_("code: “%(code)s” stands on line %(line)s already") % {"code": texts["code"], "line": first})
        if (code := self.merged_code(values)) in self.merged and key not in self.stored:
            into = self.model._default_manager.filter(pk=self.merged[code]).first()
            raise ValidationError(_("code: “%(code)s” was merged into “%(row)s”") % {"code": texts["code"], "row": into})
        return Row(line.number, key, values, self.stored.get(key))

    def values(self, texts: dict[str, str], present: list[Column]) -> dict[str, Any]:
        """Every fault of the line is told at once."""
        faults, values = [], {}
        for column in present:
            try:
                values[column.field] = column.read(texts[column.name])
            except ValidationError as error:
                faults += error.messages
        faults += self.faults(values, texts)
        if faults:
            raise ValidationError(faults)
        return values

    def faults(self, values: dict[str, Any], texts: dict[str, str]) -> list[str]:
        """What the fields of the model refuse."""
        own = self.own()
        checked = {name: value for name, value in values.items() if name in own and not own[name].is_relation and value is not None}
        try:
            self.model(**checked).clean_fields(exclude=[field.name for field in self.model._meta.fields if field.attname not in checked])
        except ValidationError as error:
            return [f"{name}: {message}" for name, messages in error.message_dict.items() for message in messages]
        return []

    def sort_in(self, row: Row, difference: Difference) -> None:
        self.rows.append(row)
        name = self.name_of(row.values)
        if row.stored is None:
            difference.added.append(Change(row.number, self.code_of(row.values), name))
        elif fields := self.changes(row):
            difference.changed.append(Change(row.number, self.code_of(row.values), name, fields))
        else:
            difference.unchanged += 1

    def changes(self, row: Row) -> dict[str, tuple[str, str]]:
        """Column → its old and its new text."""
        return {
            column.name: (column.show(row.stored[column.field]), column.show(row.values[column.field]))
            for column in self.columns
            if column.field in row.values
            and row.values[column.field] != row.stored[column.field]
            and not self.says_nothing(column.field, row.values[column.field])
        }

    # What is written

    def write(self, difference: Difference) -> list[int]:
        """In the caller's transaction; returns the keys of the rows that were written."""
        numbers = {change.number for change in (*difference.added, *difference.changed)}
        rows, written = [row for row in self.rows if row.number in numbers], []
        for start in range(0, len(rows), BATCH):
            written += self.write_batch(rows[start : start + BATCH])
        return written

    def write_batch(self, rows: list[Row]) -> list[int]:
        """One statement for all of them."""
        own, present = self.own(), {name for row in rows for name in row.values}
        saved = self.model._default_manager.bulk_create(
            [self.instance(row) for row in rows],
            update_conflicts=True,
            unique_fields=[own[name].name for name in self.key],
            update_fields=[*(own[name].name for name in own if name in present and name not in self.key), *self.derived],
        )
        return [row.pk for row in saved]

    def instance(self, row: Row) -> models.Model:
        own = self.own()
        said = {name: value for name, value in row.values.items() if name in own and not self.says_nothing(name, value)}
        return self.model(**{name: value for name, value in {**(row.stored or {}), **said}.items() if name in own})

    def says_nothing(self, name: str, value) -> bool:
        """An empty cell for what must have a value leaves it as it is."""
        return value is None and not self.own()[name].null

    def own(self) -> dict[str, models.Field]:
        return {field.attname: field for field in self.model._meta.concrete_fields if not field.primary_key}

    def touched(self, written: list[int]) -> dict[type[models.Model], list[int]]:
        """Rows of which models search has to read anew."""
        return {self.model: written}

    # How a row is named

    def key_of(self, values: dict[str, Any]) -> Key:
        return tuple(values.get(name, "") for name in self.key)

    def merged_code(self, values: dict[str, Any]) -> str:
        return values["code"]

    def code_of(self, values: dict[str, Any]) -> str:
        return values["code"]

    def name_of(self, values: dict[str, Any]) -> str:
        return values.get("name_kk", "")

    def scope(self, values: dict[str, Any]) -> Any:
        """Rows that a file leaves out are missing only where it speaks of others like them."""
        return None

    def is_listed(self, values: dict[str, Any]) -> bool:
        """Whether a complete file would hold it."""
        return True
