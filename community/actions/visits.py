"""Those responsible for the portal look into a group that is not open, with a reason that whoever answers for it reads."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from portal.actions import record
from portal.actions.people import stand_in_line
from portal.models import Role, User
from portal.notices import tell

from ..models import Group, Membership, StaffVisit
from ..notices import named
from ..querysets.groups import NOTHING


@transaction.atomic
def visit_group(user: User, group: Group, *, reason: str) -> StaffVisit:
    """For an hour; a second press finds the visit that lasts."""
    if not user.is_caretaker:
        raise PermissionDenied
    stand_in_line(user)
    if lasting := StaffVisit.objects.current().filter(group=group, user=user).first():
        return lasting
    visit = StaffVisit.objects.create(group=group, user=user, reason=reason)
    record(user, "visit group", group.ref, reason=reason)
    tell(answering_for(group, besides=user), "group-visited", group.ref, actor=user, data=named(group) | {"reason": reason})
    return visit


def answering_for(group: Group, *, besides: User) -> list[User]:
    """Its owners, where there are none its stewards, and the coordinators of its school; where nobody looks after it, administrators."""
    others = User.objects.exclude(pk=besides.pk)
    owners = group.memberships.filter(role=Membership.Role.OWNER)
    members = owners if owners.exists() else group.memberships.stewards()
    by_membership = Q(memberships__in=members)
    # A hidden group is there for nobody who does not belong to it.
    if group.is_hidden:
        return list(others.filter(by_membership))
    by_office = holding(Role.Name.COORDINATOR, f"school:{group.school_id}") if group.origin == Group.Origin.SCHOOL else NOTHING
    return list(others.filter(by_membership | by_office).distinct()) or list(others.filter(holding(Role.Name.ADMINISTRATOR)))


def holding(name: str, scope: str = "") -> Q:
    return Q(roles__in=Role.objects.current().filter(name=name, scope=scope))
