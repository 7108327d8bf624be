"""The tree of what a version requires: as it is drawn, and as it is evaluated."""

from .evaluate import Rule, grow
from .models import Cohort, ProgrammeVersion, Requirement


def tree_of(version: ProgrammeVersion) -> list[Requirement]:
    """What the whole asks for; each knows the ones `below` it."""
    rows = list(version.requirements.select_related("programme"))
    for row in rows:
        row.below = [other for other in rows if other.parent_id == row.pk]
    return [part for row in rows if row.parent_id is None for part in row.below]


def rule_of(cohort: Cohort) -> Rule | None:
    return grow(cohort.version.requirements.all())
