"""How the people of a cohort are doing: one row each, the same on the screen and in the files that leave.

A row is made of what is known now; a page that was drawn a moment ago is shown again while nothing has happened. Whoever is at risk
in a large cohort is found at most five minutes ago, so that its page costs no more than that of a small one.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from openpyxl import Workbook

from portal.imports.sheets import csv_of, safe_cell
from portal.models import Act

from .evaluate import GROUPS, THERE, Facts, Outcome, Rule, evaluate, left
from .facts import facts_of
from .models import Application, AttendanceMark, Cohort, Enrolment, MentorLink
from .progress import Risk, hours, name_of, risk_of
from .querysets.seats import SEATED

PAGE = 30
STUDYING = ("enrolled", "active")
# Of each row: a page has thirty of them, and every date of an account costs time to read
PERSON = ("user__given_name", "user__family_name", "user__sort_key")
SHOWN = ("cohort", "state", *PERSON, "school__name_kk", "school__name_ru", "school__name_en")
RISK_SECONDS = 300


@dataclass(frozen=True)
class Row:
    seat: Enrolment
    outcome: Outcome
    risk: Risk
    cells: tuple[str, ...]


def seats_of(user, cohort: Cohort) -> QuerySet:
    """Those that this reader knows of, by name; people who have left the portal are numbers of the funnel."""
    mentor = MentorLink.objects.current().filter(enrolment=OuterRef("pk"))
    names = {f"mentor_{part}": Subquery(mentor.values(f"mentor__{part}")[:1]) for part in ("family_name", "given_name")}
    rows = Enrolment.objects.visible_to(user).filter(cohort=cohort, state__in=SEATED, user__isnull=False)
    return rows.select_related("user", "school").only(*SHOWN).annotate(**names).order_by("user__sort_key", "pk")


def known_to(user, cohort: Cohort) -> set[int]:
    return set(Enrolment.objects.visible_to(user).filter(cohort=cohort).order_by().values_list("pk", flat=True))


def rows_of(seats: Iterable[Enrolment], cohort: Cohort, rule: Rule, now: datetime) -> list[Row]:
    seats = list(seats)
    facts = facts_in(cohort, seats)
    return [row_of(seat, evaluate(rule, facts[seat.pk], now), facts[seat.pk]) for seat in seats]


def facts_in(cohort: Cohort, seats: list[Enrolment]) -> dict[int, Facts]:
    for seat in seats:
        seat.cohort = cohort
    return facts_of(seats)


def row_of(seat: Enrolment, outcome: Outcome, facts: Facts) -> Row:
    risk = risk_of(outcome) if seat.state in STUDYING else Risk()
    leaves = list(leaves_of(outcome))
    cells = (
        seat.user.get_full_name(),
        level_name(seat, risk, outcome),
        "; ".join(risk.reasons),
        next_of(outcome),
        _("%(met)s of %(all)s") % {"met": sum(leaf.met for leaf in leaves), "all": len(leaves)},
        attended(facts),
        f"{seat.mentor_given_name or ''} {seat.mentor_family_name or ''}".strip(),
        # Django would sort out the choices again for each row
        str(Enrolment.State(seat.state).label),
        seat.school.name if seat.school else "",
    )
    return Row(seat, outcome, risk, cells)


def headings() -> tuple[str, ...]:
    return (
        _("Participant"),
        pgettext("a participant", "Risk"),
        pgettext("a participant", "Why"),
        _("What comes next"),
        pgettext("requirements", "Met"),
        _("Attendance"),
        _("Mentor"),
        pgettext("a participant", "State"),
        _("School"),
    )


def leaves_of(outcome: Outcome) -> Iterator[Outcome]:
    if outcome.rule.kind not in GROUPS:
        yield outcome
    for child in outcome.children:
        yield from leaves_of(child)


def attended(facts: Facts) -> str:
    """Of the hours that have been held and are asked of her."""
    held = [meeting for meeting in facts.meetings if meeting.mark and meeting.mark != "excused"]
    there, all_of_it = sum(meeting.minutes for meeting in held if meeting.mark in THERE), sum(meeting.minutes for meeting in held)
    if not held:
        return ""
    return _("%(percent)s %% (%(there)s of %(held)s h)") % {
        "percent": round(there / all_of_it * 100),
        "there": hours(there),
        "held": hours(all_of_it),
    }


def next_of(outcome: Outcome) -> str:
    """What is due first and not in other hands."""
    following = next((leaf for leaf in left(outcome) if not leaf.waiting), None)
    if not following:
        return ""
    day = date_format(localtime(following.due), "SHORT_DATE_FORMAT") if following.due else ""
    return " · ".join(filter(None, (name_of(following), day)))


def level_name(seat: Enrolment, risk: Risk, outcome: Outcome) -> str:
    if seat.state not in STUDYING and not outcome.met:
        return ""
    if risk.level == "lost":
        return pgettext("a participant", "cannot complete")
    if risk.level == "late":
        return pgettext("a participant", "behind")
    if risk.level == "close":
        return pgettext("a participant", "close to the limit")
    return pgettext("a participant", "has met everything") if outcome.met else pgettext("a participant", "on track")


# A large cohort


def at_risk(cohort: Cohort, rule: Rule, now: datetime) -> tuple[set[int], datetime]:
    """Everybody who is at risk, and when that was found out."""
    key = f"leaders:risk:{cohort.pk}"
    if known := cache.get(key):
        return known
    seats = Enrolment.objects.filter(cohort=cohort, state__in=STUDYING, user__isnull=False).only("cohort")
    facts = facts_in(cohort, list(seats))
    found = {pk for pk, known in facts.items() if risk_of(evaluate(rule, known, now)).level}, now
    cache.set(key, found, RISK_SECONDS)
    return found


# What was drawn a moment ago

KEPT_SECONDS = 60


def kept(asked: tuple, make: Callable[[], dict]) -> dict:
    """For a minute, in which days may pass by which something was due, and only as long as nothing has happened since."""
    key = f"leaders:dashboard:{sha256(repr((asked, happened())).encode()).hexdigest()}"
    return cache.get_or_set(key, make, KEPT_SECONDS)


def happened() -> tuple[int, int]:
    """The last act and the last mark of attendance: all else that is known of participants changes with an act."""
    with connection.cursor() as cursor:
        tables = Act._meta.db_table, AttendanceMark._meta.db_table
        cursor.execute("SELECT {}".format(", ".join(f"(SELECT MAX(id) FROM {table})" for table in tables)))  # noqa: S608 - our own
        return cursor.fetchone()


# The funnel


@dataclass(frozen=True)
class Step:
    name: str
    count: int
    most: int


def funnel(cohort: Cohort) -> dict:
    """From those who have applied to those who have completed, and how much of the meetings was attended: one query."""
    applied = Application.objects.sent().filter(cohort=cohort).order_by()
    seated = Enrolment.objects.filter(cohort=cohort).order_by()
    marked = AttendanceMark.objects.current().filter(meeting__cohort=cohort, meeting__counts=True).order_by()
    parts = [
        rows.values(column).annotate(number=Count("pk")).values_list(Value(kind), column, "number")
        for kind, rows, column in (("applied", applied, "state"), ("seat", seated, "state"), ("mark", marked, "mark"))
    ]
    counts = {(kind, state): number for kind, state, number in parts[0].union(*parts[1:], all=True)}

    def total(kind: str, *states: str) -> int:
        return sum(number for (known, state), number in counts.items() if known == kind and (not states or state in states))

    numbers = (
        (_("Applications sent"), total("applied")),
        (pgettext("applications", "Accepted"), total("applied", "accepted")),
        (_("Have a seat"), total("seat", *SEATED)),
        (_("Study now"), total("seat", "active")),
        (_("Have completed"), total("seat", "completed")),
    )
    most = max(max(number for _name, number in numbers), 1)
    asked = total("mark") - total("mark", "excused")
    return {
        "steps": [Step(name, number, most) for name, number in numbers],
        "waiting": total("seat", "waiting", "offered"),
        "gone": total("seat", "withdrawn", "removed", "transferred"),
        "attendance": round(total("mark", *THERE) / asked * 100) if asked else None,
    }


# The rows on the screen

TONES = {"lost": "danger", "late": "warn", "close": "warn", "": "ok"}


def drawn(rows: list[Row]) -> str:
    """Drawn here and not in a template: a page has hundreds of cells."""
    prefix = f"/{get_language()}/leaders/enrolments"
    return mark_safe("".join(drawn_row(row, prefix) for row in rows))  # noqa: S308 - every part is escaped


def drawn_row(row: Row, prefix: str) -> str:
    name, level, *others = map(escape, row.cells)
    cells = "".join(f"<td>{cell}</td>" for cell in others)
    chip = f'<span class="chip chip-{TONES[row.risk.level]}">{level}</span>' if level else ""
    return f'<tr><th scope="row"><a href="{prefix}/{row.seat.pk}/progress/">{name}</a></th><td>{chip}</td>{cells}</tr>'


# Files that leave


def as_csv(rows: list[Row]) -> bytes:
    return csv_of((headings(), *(row.cells for row in rows)))


def as_xlsx(rows: list[Row]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Participants")[:31])
    for cells in (headings(), *(row.cells for row in rows)):
        sheet.append([safe_cell(cell) for cell in cells])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
