"""What one person is in one cohort, asked once for a page."""

from dataclasses import dataclass

from .models import Cohort, CohortRole, Enrolment
from .querysets.roles import MANAGER, OBSERVER, SEATED, TRAINER

CLOSED = (Cohort.State.ARCHIVED, Cohort.State.CANCELLED)


@dataclass(frozen=True)
class Standing:
    cohort: Cohort
    roles: frozenset[str] = frozenset()
    enrolment: Enrolment | None = None
    holds_office: bool = False

    @property
    def is_inside(self) -> bool:
        """Reads the inner pages, as `Cohort.objects.entered_by` says."""
        has_seat = self.enrolment is not None and self.enrolment.state in SEATED
        return bool(self.roles or has_seat) and self.cohort.state != Cohort.State.DRAFT

    @property
    def knows_team(self) -> bool:
        """As `CohortRole.objects.visible_to` says."""
        return bool(self.roles) or self.is_inside or self.holds_office

    @property
    def is_manager(self) -> bool:
        return MANAGER in self.roles

    @property
    def teaches(self) -> bool:
        """As `Cohort.objects.taught_by` says."""
        return bool(self.roles & {MANAGER, TRAINER}) and self.cohort.state not in CLOSED

    @property
    def sees_seats(self) -> bool:
        """As `Enrolment.objects.visible_to` says of those who wait."""
        return bool(self.roles & {MANAGER, OBSERVER})

    @property
    def sees_certificates(self) -> bool:
        """As `Certificate.objects.visible_to` says of all that were issued in it."""
        return (self.is_manager or self.holds_office) and self.cohort.state != Cohort.State.DRAFT

    @property
    def may_change(self) -> bool:
        """As `Cohort.objects.editable_by` says."""
        return (self.is_manager or self.holds_office) and self.cohort.state not in CLOSED


def standing_of(user, cohort: Cohort) -> Standing:
    if not user.is_authenticated:
        return Standing(cohort)
    roles = CohortRole.objects.of(user).current().filter(cohort=cohort).values_list("name", flat=True)
    enrolment = Enrolment.objects.of(user).live().filter(cohort=cohort).first()
    return Standing(cohort, frozenset(roles), enrolment, user.is_administrator)
