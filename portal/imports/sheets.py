"""Lines of a file as spreadsheets write them: CSV in the encodings and with the separators met in the country, or a workbook.

Each line is read for itself: a bad one is told by its number and reason, and spoils no other.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

MAX_BYTES = 20 * 1024 * 1024
MAX_LINES = 100_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 500
MAX_SHARED_STRINGS = 50 * 1024 * 1024
MAX_COLUMNS = 100
LINES_OF_A_CELL = 20
SEPARATORS = ",;\t"
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
# A spreadsheet takes a cell that begins so for a formula; an apostrophe before it says that it is text.
FORMULA = re.compile(r"['=+\-@\t\r]")
HIDDEN = "'"


@dataclass(frozen=True)
class Line:
    """The cells of one line, or why it cannot be read."""

    number: int
    cells: tuple[str, ...] = ()
    fault: str = ""


def read_lines(data: bytes) -> Iterator[Line]:
    """The first line names the columns. Raise ValidationError when it is no such file at all."""
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The file is larger than %(size)s MB.") % {"size": MAX_BYTES // 1024**2})
    lines = read_workbook(data) if data.startswith(b"PK") else read_text(data)
    for line in lines:
        if line.number > MAX_LINES:
            raise ValidationError(_("The file has more than %(number)s lines.") % {"number": MAX_LINES})
        yield line


def safe_cell(text: str) -> str:
    """Text that a spreadsheet must not run as a formula."""
    return HIDDEN + text if FORMULA.match(text) else text


def csv_of(rows: Iterable[Iterable[str]]) -> bytes:
    """To be opened in a spreadsheet."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([map(safe_cell, row) for row in rows])
    return text.getvalue().encode("utf-8-sig")


def plain_cell(text: str) -> str:
    """What stood there before `safe_cell`, with every run of blanks as one."""
    text = " ".join(text.split())
    return text[1:] if text[:1] == HIDDEN and FORMULA.match(text[1:]) else text


# CSV


def read_text(data: bytes) -> Iterator[Line]:
    text = decode(data)
    rows = io.StringIO(text, newline=None).read().split("\n")
    separator = max(SEPARATORS, key=rows[0].count)
    width, number = len(next(csv.reader(rows[:1], delimiter=separator), ())), 0
    while number < len(rows):
        taken, line = read_record(rows, number, separator, width)
        if any(line.cells) or line.fault:
            yield line
        number += taken


def read_record(rows: list[str], start: int, separator: str, width: int) -> tuple[int, Line]:
    """How many rows of the file make this line, and the line: a cell in quotation marks may hold line breaks."""
    if UNREADABLE.search(rows[start]):
        return 1, Line(start + 1, fault=_("letters that cannot be read: the file must be saved in UTF-8"))
    if '"' not in rows[start]:
        return 1, checked(start, rows[start].split(separator), width)
    for taken in range(1, LINES_OF_A_CELL + 1):
        try:
            cells = next(csv.reader(io.StringIO("\n".join(rows[start : start + taken])), delimiter=separator, strict=True))
        except (csv.Error, StopIteration):
            continue
        return taken, checked(start, cells, width)
    return 1, Line(start + 1, fault=_("quotation marks that do not match"))


def checked(start: int, cells: Iterable[str], width: int) -> Line:
    cells = tuple(map(plain_cell, cells))
    if any(cells) and len(cells) != width:
        return Line(start + 1, fault=_("%(found)s columns instead of %(expected)s") % {"found": len(cells), "expected": width})
    return Line(start + 1, cells)


def decode(data: bytes) -> str:
    """UTF-8, or what Kazakh Windows writes: KZ-1048 is Windows-1251 with the Kazakh letters in places that Russian leaves free."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        broken = data.decode("utf-8-sig", errors="replace")
        # Single lines of another encoding are told as bad; with no line in UTF-8 the whole file is in the other.
        return broken if any(is_cyrillic(line) for line in broken.split("\n")) else data.decode("kz1048", errors="replace")


def is_cyrillic(line: str) -> bool:
    return "\ufffd" not in line and any("а" <= letter <= "я" for letter in line.lower())


# Workbooks


def read_workbook(data: bytes) -> Iterator[Line]:
    refuse_bomb(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
        header = [cell_text(cell) for cell in next(rows, ())]
        width = len(header) - next((index for index, text in enumerate(reversed(header)) if text), len(header))
        yield Line(1, tuple(header[:width]))
        for number, row in enumerate(rows, start=2):
            if any(cell is not None for cell in row):
                yield read_row(number, row, width)
    except ValidationError:
        raise
    except Exception as error:  # a broken workbook leads openpyxl into errors of every kind
        raise ValidationError(_("The workbook cannot be read. Save it as .xlsx once more, or as CSV.")) from error


def read_row(number: int, row: tuple, width: int) -> Line:
    if any(isinstance(cell, date | time) for cell in row):
        return Line(number, fault=_("a date stands where text is expected: format the column as text"))
    cells = [cell_text(cell) for cell in row]
    if any(cells[width:]):
        return Line(number, fault=_("%(found)s columns instead of %(expected)s") % {"found": len(cells), "expected": width})
    if any(map(UNREADABLE.search, cells)):
        return Line(number, fault=_("letters that cannot be read: the file must be saved in UTF-8"))
    return Line(number, tuple((cells + [""] * width)[:width]))


def cell_text(cell) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else plain_cell(str(cell))


def refuse_bomb(data: bytes) -> None:
    """A workbook is a zip archive, and may unpack to far more than it seems."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise ValidationError(_("The workbook cannot be read. Save it as .xlsx once more, or as CSV.")) from error
    strings = sum(member.file_size for member in members if "sharedstrings" in member.filename.lower())
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED or strings > MAX_SHARED_STRINGS:
        raise ValidationError(_("The workbook unpacks to more than is possible. Leave the sheet with the list alone in it."))
