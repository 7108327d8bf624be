"""What a file would change: read by a person before anything is written, and compared again when it is."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .sheets import csv_of

SHOWN = 200


@dataclass(frozen=True)
class Fault:
    number: int
    reason: str


@dataclass(frozen=True)
class Change:
    """A row by its code and name; `fields` are the columns that change, each with its old and its new text."""

    number: int
    code: str
    name: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Difference:
    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    missing: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchanged: int = 0

    @property
    def writes(self) -> int:
        return len(self.added) + len(self.changed)

    @property
    def fingerprint(self) -> str:
        """Equal for two readings that would write the same over the same."""
        written = [[change.code, change.name, change.fields] for change in (*self.added, *self.changed)]
        return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()

    def numbers(self) -> dict[str, int]:
        counted = {name: len(getattr(self, name)) for name in ("added", "changed", "missing", "faults")}
        return counted | {"unchanged": self.unchanged}

    def shown(self) -> dict:
        """The first of each kind, for the page; the whole stands in the report."""
        changes = {name: [vars(change) for change in getattr(self, name)[:SHOWN]] for name in ("added", "changed", "missing")}
        return changes | {"faults": [vars(fault) for fault in self.faults[:SHOWN]]}

    def report(self) -> bytes:
        """A line for each thing, to be opened in a spreadsheet."""
        return csv_of(self.report_rows())

    def report_rows(self) -> Iterator[list[str]]:
        yield [_("Line"), _("What happens"), _("Code"), _("Name of the row"), _("Column"), _("Was"), _("Becomes")]
        for change in self.added:
            yield [str(change.number), _("added"), change.code, change.name, "", "", ""]
        for change in self.changed:
            for column, (old, new) in change.fields.items():
                yield [str(change.number), _("changed"), change.code, change.name, column, old, new]
        for change in self.missing:
            yield ["", _("missing from the file, stays"), change.code, change.name, "", "", ""]
        for fault in self.faults:
            yield [str(fault.number), _("wrong, left out"), "", fault.reason, "", "", ""]
