"""The tree of what a version requires: as it is drawn, and as it is evaluated."""

from django.core.cache import cache

from .evaluate import Rule, grow
from .models import Cohort, ProgrammeVersion, Requirement

RULE_SECONDS = 600


def tree_of(version: ProgrammeVersion) -> list[Requirement]:
    """What the whole asks for; each knows the ones `below` it."""
    return grown(list(version.requirements.select_related("programme")))


def tree_in_use(programme: int) -> tuple[list[Requirement], ProgrammeVersion | None]:
    """Of the latest version in use, in one step with the version itself: none is in use that requires nothing."""
    latest = ProgrammeVersion.objects.filter(programme=programme).in_use().order_by("-number").values("pk")[:1]
    rows = list(Requirement.objects.filter(version=latest).select_related("programme", "version__programme"))
    return grown(rows), rows[0].version if rows else None


def grown(rows: list[Requirement]) -> list[Requirement]:
    for row in rows:
        row.below = [other for other in rows if other.parent_id == row.pk]
    return [part for row in rows if row.parent_id is None for part in row.below]


def rule_of(cohort: Cohort) -> Rule | None:
    """A version on which cohorts stand asks for the same for ever."""
    version = cohort.version
    if version.state == ProgrammeVersion.State.DRAFT:
        return grow(version.requirements.all())
    return cache.get_or_set(f"leaders:rule:{version.pk}", lambda: grow(version.requirements.all()), RULE_SECONDS)
