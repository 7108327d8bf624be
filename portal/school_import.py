"""Schools from a CSV file. Good lines go in, bad ones are told by number and reason, a second run changes nothing."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from . import search
from .actions import current_networks, set_networks
from .alphabet import sort_key
from .models import Network, Region, School, SchoolType

COLUMNS = ("code", "name_kk", "name_ru", "name_en", "region", "district", "locality", "type", "networks", "sample")
COMPARED = ("name_kk", "name_ru", "name_en", "region_id", "district_id", "locality", "type_id", "is_sample")
LOOKED_UP = ("region", "district", "type", "sort_key")
SAMPLE = {"": False, "0": False, "no": False, "1": True, "yes": True}
UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffd]")
BATCH = 500


@dataclass(frozen=True)
class BadLine:
    number: int
    reason: str


@dataclass
class Report:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: list[BadLine] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """What one good line says of a school, not yet saved."""

    school: School
    networks: frozenset[int]

    def differs_from(self, stored: School, networks: frozenset[int]) -> bool:
        return networks != self.networks or any(getattr(stored, name) != getattr(self.school, name) for name in COMPARED)


def import_schools(data: bytes, *, dry_run: bool = False) -> Report:
    """Raise ValidationError when the first line does not name the columns."""
    report = Report()
    rows = read_rows(data, report.bad)
    while batch := list(islice(rows, BATCH)):
        take_in(batch, report, dry_run=dry_run)
    return report


@transaction.atomic
def take_in(rows: list[Row], report: Report, *, dry_run: bool) -> None:
    stored = School.objects.in_bulk([row.school.code for row in rows], field_name="code")
    networks = current_networks(school.pk for school in stored.values())
    written = []
    for row in rows:
        school = stored.get(row.school.code)
        if not school:
            report.new += 1
        elif row.differs_from(school, networks[school.pk]):
            report.changed += 1
        else:
            report.unchanged += 1
            continue
        written.append(row)
    if written and not dry_run:
        write(written)


def write(rows: list[Row]) -> None:
    """One statement for all; what the file does not speak of, such as the state, stays as it is."""
    for row in rows:
        row.school.sort_key = sort_key(row.school.name_kk)
    School.objects.bulk_create(
        [row.school for row in rows], update_conflicts=True, unique_fields=["code"], update_fields=[*COMPARED, "sort_key"]
    )
    networks = {row.school.code: row.networks for row in rows}
    schools = list(School.objects.filter(code__in=networks).select_related("region"))
    set_networks({school.pk: networks[school.code] for school in schools})
    search.index_schools(schools)


def read_rows(data: bytes, bad: list[BadLine]) -> Iterator[Row]:
    """Each line is read for itself, so that an unclosed quotation mark spoils no other line."""
    lines = io.StringIO(data.decode("utf-8-sig", errors="replace"), newline=None)
    header = next(lines, "")
    delimiter = ";" if ";" in header else ","
    columns = [name.strip().lower() for name in header.split(delimiter)]
    if sorted(columns) != sorted(COLUMNS):
        raise ValidationError(_("The first line must name these columns: %(columns)s") % {"columns": ", ".join(COLUMNS)})
    known, seen = Known(), {}
    for number, line in enumerate(lines, start=2):
        if not line.strip(f"{delimiter} \t\n"):
            continue
        try:
            values = read_line(line, columns, delimiter)
            first = seen.setdefault(values["code"], number)
            if first != number:
                raise ValidationError(_("code: “%(code)s” stands on line %(line)s already") % {"code": values["code"], "line": first})
            yield known.row(values)
        except ValidationError as error:
            bad.append(BadLine(number, "; ".join(error.messages)))


def read_line(line: str, columns: list[str], delimiter: str) -> dict[str, str]:
    if UNREADABLE.search(line):
        raise ValidationError(_("letters that cannot be read: the file must be saved in UTF-8"))
    try:
        values = next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        raise ValidationError(_("quotation marks that do not match")) from None
    if len(values) != len(columns):
        raise ValidationError(_("%(found)s columns instead of %(expected)s") % {"found": len(values), "expected": len(columns)})
    return {name: " ".join(value.split()) for name, value in zip(columns, values, strict=True)}


class Known:
    """Vocabularies by code and by name in any language: files are written both ways."""

    def __init__(self):
        self.regions = by_any_name(Region.objects.all())
        self.types = by_any_name(SchoolType.objects.all())
        self.networks = by_any_name(Network.objects.all())
        self.districts = {region.pk: by_any_name(region.districts.all()) for region in Region.objects.prefetch_related("districts")}

    def row(self, values: dict[str, str]) -> Row:
        faults = []

        def look_up(column: str, rows: dict, text: str):
            if text.casefold() not in rows:
                faults.append(_("%(column)s: “%(text)s” is not known") % {"column": column, "text": text})
            return rows.get(text.casefold())

        region = look_up("region", self.regions, values["region"])
        school = School(
            **{name: values[name] for name in ("code", "name_kk", "name_ru", "name_en", "locality")},
            region=region,
            district=look_up("district", self.districts[region.pk], values["district"]) if region and values["district"] else None,
            type=look_up("type", self.types, values["type"]) if values["type"] else None,
            is_sample=look_up("sample", SAMPLE, values["sample"]) or False,
        )
        names = [name.strip() for name in values["networks"].split(";") if name.strip()]
        networks = [look_up("networks", self.networks, name) for name in names]
        try:
            school.clean_fields(exclude=LOOKED_UP)
        except ValidationError as error:
            faults += [f"{column}: {message}" for column, messages in error.message_dict.items() for message in messages]
        if faults:
            raise ValidationError(faults)
        return Row(school, frozenset(network.pk for network in networks))


def by_any_name(rows: Iterable) -> dict:
    return {name.casefold(): row for row in rows for name in (row.name_en, row.name_ru, row.name_kk, row.code) if name}
