"""The numbers of an indicator as a small picture: where it began, what was measured, what is aimed at. Pure: places, no colours."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 360, 200
LEFT, RIGHT, TOP, BOTTOM = 28, 28, 30, 34
# Values stand at the marks as long as they do not run into each other
NEAREST = 34
ABOVE, BELOW = -10, 20


@dataclass(frozen=True)
class Mark:
    """`anchor` and `value_y` say where its value is written; without an anchor only the table below says it."""

    kind: str
    x: int
    y: int
    value: Decimal
    on: object
    anchor: str
    value_y: int


@dataclass(frozen=True)
class Chart:
    marks: tuple[Mark, ...]
    line: str
    aim: str
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - BOTTOM
    day_y: int = HEIGHT - 12

    @property
    def ends(self) -> tuple[Mark, Mark]:
        """Their days stand on the floor."""
        return self.marks[0], self.marks[-1]


def chart_of(measurements: Iterable) -> Chart | None:
    """None as long as there is nothing to compare."""
    rows = sorted(measurements, key=lambda row: (row.on, row.kind != "baseline", row.kind == "target"))
    if len(rows) < 2:
        return None
    place = placed(rows)
    marks = tuple(with_values([(row, *place(row)) for row in rows]))
    walked = [mark for mark in marks if mark.kind != "target"]
    ends = [mark for mark in marks if mark.kind in ("baseline", "target")]
    return Chart(marks, points(walked), points(ends) if len(ends) == 2 else "")


def placed(rows: list):
    """Days from left to right, numbers from the floor upwards."""
    first, days = rows[0].on, max((rows[-1].on - rows[0].on).days, 1)
    values = [row.value for row in rows]
    low, span = min(values), (max(values) - min(values)) or Decimal(1)

    def place(row) -> tuple[int, int]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * (row.on - first).days / days
        y = HEIGHT - BOTTOM - float((row.value - low) / span) * (HEIGHT - TOP - BOTTOM - 24) - 12
        return round(x), round(y)

    return place


def with_values(rows: list[tuple]) -> Iterable[Mark]:
    """The ends and the last result are always written; of those between, each that has room beside the one before and the last."""
    written, stops = None, {number for number, (row, _x, _y) in enumerate(rows) if row.kind == "result"}
    stops = {0, len(rows) - 1, max(stops, default=0)}
    for number, (row, x, y) in enumerate(rows):
        is_end = row.kind != "result" or number in stops
        has_room = all(rows[stop][1] - x >= NEAREST for stop in stops if stop > number)
        is_free = written is None or x - written >= NEAREST
        anchor = anchor_of(x) if is_end or (is_free and has_room) else ""
        crowded = anchor and not is_free
        written = x if anchor else written
        yield Mark(row.kind, x, y, row.value, row.on, anchor, y + (BELOW if crowded else ABOVE))


def anchor_of(x: int) -> str:
    return "start" if x < LEFT + 20 else "end" if x > WIDTH - RIGHT - 20 else "middle"


def points(marks: list[Mark]) -> str:
    return " ".join(f"{mark.x},{mark.y}" for mark in marks)


def share_of_way(measurements: Iterable) -> int | None:
    """How many per cent of the way from where it began to the target the last result has come; may pass a hundred, or go backwards."""
    rows = list(measurements)
    ends = {row.kind: row.value for row in rows if row.kind != "result"}
    results = [row for row in rows if row.kind == "result"]
    if not results or len(ends) < 2 or ends["target"] == ends["baseline"]:
        return None
    last = max(results, key=lambda row: row.on)
    return round((last.value - ends["baseline"]) / (ends["target"] - ends["baseline"]) * 100)
