"""Those responsible for the portal look into a group that is not open, with a reason that its owners read."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.actions import record
from portal.actions.people import stand_in_line
from portal.models import User
from portal.notices import tell

from ..models import Group, Membership, StaffVisit
from ..notices import named


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
    owners = Membership.objects.filter(group=group, role=Membership.Role.OWNER).select_related("user")
    tell([row.user for row in owners], "group-visited", group.ref, actor=user, data=named(group) | {"reason": reason})
    return visit
