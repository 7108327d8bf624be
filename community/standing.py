"""What one person may do in one group, asked once for a page."""

from dataclasses import dataclass

from .models import Exclusion, Group, Membership, Topic
from .querysets.groups import STEWARDS, by_office, either


@dataclass(frozen=True)
class Standing:
    """`role` and `level` of her membership; both empty where she does not belong."""

    group: Group
    role: str = ""
    level: str = ""
    in_charge: bool = False

    @property
    def is_member(self) -> bool:
        return bool(self.role)

    @property
    def is_owner(self) -> bool:
        return self.in_charge or self.role == Membership.Role.OWNER

    @property
    def is_steward(self) -> bool:
        return self.in_charge or self.role in STEWARDS

    @property
    def writes(self) -> bool:
        """A member of a group that is still alive."""
        return self.is_member and not self.group.archived_at and not self.group.hidden_at

    def answers(self, topic: Topic) -> bool:
        return self.writes and (not topic.locked_at or self.is_steward) and topic.state == Topic.State.SHOWN

    @property
    def announces(self) -> bool:
        return self.writes and self.is_steward


def standing_of(user, group: Group) -> Standing:
    if not user.is_authenticated:
        return Standing(group)
    membership = Membership.objects.filter(group=group, user=user).values_list("role", "level").first()
    return standing_with(user, group, *(membership or ()))


def standing_with(user, group: Group, role: str | None = "", level: str | None = "") -> Standing:
    """Where her membership has been looked up already."""
    holds_office = user.is_authenticated and (user.is_administrator or group.school_id in user.coordinated_schools)
    in_charge = holds_office and Group.objects.filter(either(*by_office(user)), pk=group.pk).exists()
    return Standing(group, role or "", level or "", in_charge)


def joins_by_writing(user, standing: Standing) -> bool:
    """Whoever is signed in comes into an open group with her first words, unless a steward has removed her."""
    group = standing.group
    if not user.is_authenticated or standing.is_member or not group.is_open or group.archived_at or group.hidden_at:
        return False
    return not Exclusion.objects.filter(group=group, user=user).exists()
