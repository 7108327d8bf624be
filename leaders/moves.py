"""From which state a thing may move to which: one table for each kind. Nothing else in this app writes `state`.

    move(application, "submitted", actor=user, submitted_at=now)
    move_all(enrolments, "active", actor=None)

Each move is an act. A row is in the state in which its last act left it; `checking.unexplained_states` finds those that are not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models, transaction

from portal.actions import record
from portal.models import Act, User

from .models import (
    Application,
    Assessment,
    Assignment,
    Certificate,
    ChangeProject,
    Cohort,
    Endorsement,
    Enrolment,
    IssueRun,
    Meeting,
    Milestone,
    ProgrammeVersion,
    Review,
    ScoreImport,
    SelectionRun,
    Story,
    Submission,
)

BATCH = 500


class MoveRefused(Exception):
    """What was asked for does not happen; the thing stays as it is."""


class NotAllowed(MoveRefused):
    """The table knows no such move."""


class MovedMeanwhile(MoveRefused):
    """Somebody else was faster."""


@dataclass(frozen=True)
class Table:
    source: str
    start: str
    moves: Mapping[str, tuple[str, ...]]

    def allows(self, before: str, to: str) -> bool:
        return to in self.moves.get(before, ())

    def states(self) -> set[str]:
        return {self.start, *self.moves, *(state for targets in self.moves.values() for state in targets)}

    def verb(self, to: str) -> str:
        return f"{self.source} {to}"


TABLES: dict[type[models.Model], Table] = {
    ProgrammeVersion: Table("versions", "draft", {"draft": ("frozen",), "frozen": ("retired",)}),
    Cohort: Table(
        "cohorts",
        "draft",
        {
            "draft": ("published", "cancelled"),
            "published": ("draft", "open", "cancelled"),
            "open": ("selection", "published", "cancelled"),
            "selection": ("open", "confirmed", "cancelled"),
            "confirmed": ("selection", "running", "cancelled"),
            "running": ("assessment", "cancelled"),
            "assessment": ("running", "closed"),
            "closed": ("assessment", "archived"),
        },
    ),
    Application: Table(
        "applications",
        "draft",
        {
            "draft": ("submitted", "withdrawn"),
            "submitted": ("draft", "selection", "declined", "withdrawn"),
            # On to the next stage it stays in the selection
            "selection": ("selection", "accepted", "reserve", "declined", "withdrawn"),
            "reserve": ("selection", "accepted", "declined", "withdrawn"),
            "accepted": ("selection", "withdrawn"),
            "declined": ("selection",),
        },
    ),
    Endorsement: Table("endorsements", "asked", {"asked": ("given", "refused", "expired", "withdrawn"), "given": ("withdrawn",)}),
    Review: Table("reviews", "assigned", {"assigned": ("handed-in", "conflict", "withdrawn")}),
    ScoreImport: Table("score_imports", "read", {"read": ("written", "dropped")}),
    Enrolment: Table(
        "enrolments",
        "waiting",
        {
            "waiting": ("offered", "enrolled", "no-seat", "withdrawn", "removed"),
            "offered": ("enrolled", "declined", "lapsed", "withdrawn", "removed"),
            "enrolled": ("active", "withdrawn", "removed", "transferred"),
            "active": ("paused", "completed", "not-completed", "withdrawn", "removed", "transferred"),
            "paused": ("active", "not-completed", "withdrawn", "removed", "transferred"),
            "not-completed": ("active", "completed"),
        },
    ),
    Meeting: Table("meetings", "planned", {"planned": ("cancelled",)}),
    Assignment: Table("assignments", "draft", {"draft": ("published",), "published": ("draft", "closed"), "closed": ("published",)}),
    Submission: Table("submissions", "draft", {"draft": ("handed-in",), "handed-in": ("draft", "returned", "accepted")}),
    Assessment: Table("assessments", "draft", {"draft": ("released",)}),
    ChangeProject: Table("projects", "draft", {"draft": ("running",), "running": ("finished",), "finished": ("running",)}),
    Milestone: Table(
        "milestones",
        "planned",
        {
            "planned": ("submitted",),
            "submitted": ("planned", "accepted", "returned"),
            "returned": ("submitted",),
            "accepted": ("returned",),
        },
    ),
    Story: Table("stories", "draft", {"draft": ("published",), "published": ("withdrawn",), "withdrawn": ("published",)}),
    Certificate: Table("certificates", "valid", {"valid": ("revoked", "replaced")}),
    SelectionRun: Table("selection_runs", "running", {"running": ("done", "stopped")}),
    IssueRun: Table("issue_runs", "waiting", {"waiting": ("running",), "running": ("done",)}),
}


def may_move(row: models.Model, to: str) -> bool:
    return TABLES[type(row)].allows(row.state, to)


@transaction.atomic
def move(row: models.Model, to: str, *, actor: User | None, reason: str = "", noted: dict | None = None, **fields) -> None:
    """`fields` are written in the same statement; `noted` is what the act says besides the states."""
    move_all([row], to, actor=actor, reason=reason, noted=noted, **fields)


@transaction.atomic
def move_all(rows: Iterable[models.Model], to: str, *, actor: User | None, reason: str = "", noted: dict | None = None, **fields) -> None:
    """All of them, or none."""
    by_state = defaultdict(list)
    for row in rows:
        if not may_move(row, to):
            raise NotAllowed(f"{row.ref}: {row.state} → {to}")
        by_state[row.state].append(row)
    for before, alike in by_state.items():
        for first in range(0, len(alike), BATCH):
            some = alike[first : first + BATCH]
            write(some, before, to, fields)
            tell_acts(some, before, to, actor, reason, noted or {})


def write(rows: list[models.Model], before: str, to: str, fields: dict) -> None:
    same = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows], state=before)
    if same.update(state=to, **fields) != len(rows):
        raise MovedMeanwhile(f"{rows[0].ref}: {before} → {to}")
    for row in rows:
        for name, value in {"state": to, **fields}.items():
            setattr(row, name, value)


def tell_acts(rows: list[models.Model], before: str, to: str, actor: User | None, reason: str, noted: dict) -> None:
    verb, told = TABLES[type(rows[0])].verb(to), {"before": {"state": before}, "after": {"state": to, **noted}, "reason": reason}
    if len(rows) == 1:
        record(actor, verb, rows[0].ref, **told)
    else:
        Act.objects.bulk_create(Act(actor=actor, verb=verb, source=row.ref.source, object_id=row.pk, **told) for row in rows)
