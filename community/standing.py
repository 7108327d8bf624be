"""What one person may do in one group, asked once for a page."""

from dataclasses import dataclass

from .models import Group, Membership, Topic
from .querysets.groups import by_office, either


@dataclass(frozen=True)
class Standing:
    group: Group
    membership: Membership | None
    is_owner: bool
    is_steward: bool

    @property
    def is_member(self) -> bool:
        return self.membership is not None

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
        return Standing(group, None, False, False)
    return standing_with(user, group, Membership.objects.filter(group=group, user=user).first())


def standing_with(user, group: Group, membership: Membership | None) -> Standing:
    """Of a signed-in person whose membership has been fetched already."""
    role = membership.role if membership else ""
    holds_office = user.is_administrator or group.school_id in user.coordinated_schools
    in_charge = holds_office and Group.objects.filter(either(*by_office(user)), pk=group.pk).exists()
    return Standing(
        group,
        membership,
        is_owner=in_charge or role == Membership.Role.OWNER,
        is_steward=in_charge or role in (Membership.Role.OWNER, Membership.Role.STEWARD),
    )
