"""Columns of a file: how the text of a cell becomes a value of a row, and how a value is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ..models import Merged

YES = {"": False, "0": False, "no": False, "1": True, "yes": True}


def unknown(column: str, text: str) -> str:
    return _("%(column)s: “%(text)s” is not known") % {"column": column, "text": text}


@dataclass
class Column:
    """Text as it stands. `field` is the attribute of the row that holds it; a file may leave out what is not required."""

    name: str
    field: str = ""
    required: bool = False

    def __post_init__(self):
        self.field = self.field or self.name

    def learn(self) -> None:
        """Read what the cells refer to, once for a file."""

    def read(self, text: str) -> Any:
        return text

    def show(self, value) -> str:
        return "" if value is None else str(value)


@dataclass
class Number(Column):
    highest: int = 9999

    def read(self, text: str) -> int | None:
        if not text and not self.required:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= self.highest):
            raise ValidationError(unknown(self.name, text))
        return int(text)


@dataclass
class Flag(Column):
    def read(self, text: str) -> bool:
        if text.casefold() not in YES:
            raise ValidationError(unknown(self.name, text))
        return YES[text.casefold()]

    def show(self, value) -> str:
        return "yes" if value else ""


@dataclass
class Choice(Column):
    choices: Iterable[str] = ()

    def read(self, text: str) -> str:
        if text.casefold() not in self.choices:
            raise ValidationError(unknown(self.name, text))
        return text.casefold()


@dataclass
class Reference(Column):
    """A row of a vocabulary, by its code or its name in any language: files are written both ways. Merged codes are still known."""

    model: type[models.Model] | None = None

    def __post_init__(self):
        self.field = self.field or f"{self.name}_id"

    def learn(self) -> None:
        rows = list(self.model.objects.all())
        self.codes = {row.pk: row.code for row in rows}
        self.known = merged_codes(self.model) | by_any_name(rows)

    def read(self, text: str) -> int | None:
        if not text and not self.required:
            return None
        if text.casefold() not in self.known:
            raise ValidationError(unknown(self.name, text))
        return self.known[text.casefold()]

    def show(self, value) -> str:
        return self.codes.get(value, "")


@dataclass
class References(Reference):
    """Several of them, with semicolons between."""

    def __post_init__(self):
        self.field = self.field or self.name

    def read(self, text: str) -> frozenset[int]:
        return frozenset(super(References, self).read(name.strip()) for name in text.split(";") if name.strip())

    def show(self, value) -> str:
        return "; ".join(sorted(self.codes[pk] for pk in value))


def by_any_name(rows: Iterable) -> dict[str, int]:
    return {name.casefold(): row.pk for row in rows for name in (row.name_en, row.name_ru, row.name_kk, row.code) if name}


def merged_codes(model: type[models.Model]) -> dict[str, int]:
    return {code.casefold(): pk for code, pk in Merged.objects.of(model).exclude(old_code="").values_list("old_code", "new_id")}
