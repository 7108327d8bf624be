"""Keeping a person from changing anything for a time."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ..models import Role, Suspension, User
from ..notices import tell
from ..refs import Ref
from .acts import record
from .complaints import take_down
from .people import stand_in_line


@transaction.atomic
def suspend(actor: User, user: User, *, decision: str, reason: str, until: datetime | None = None) -> Suspension:
    """Until a moment, or until it is lifted. Whoever looks after the portal first gives up that role. A second press adds nothing."""
    if not may_suspend(actor, user):
        raise PermissionDenied
    stand_in_line(user)
    held = user.suspensions.current().first()
    if held:
        return held
    ref = Ref("people", user.pk)
    case = take_down(actor, ref, decision=decision, note=reason)
    held = Suspension.objects.create(user=user, case=case, until=until)
    record(actor, "suspend", ref, after={"until": until.isoformat() if until else ""}, reason=reason)
    tell([user], "suspended", Ref("cases", case.pk), actor=actor, data={"until": until.isoformat() if until else ""})
    return held


def may_suspend(actor: User, user: User) -> bool:
    return actor.is_authenticated and actor.has_role(Role.Name.ADMINISTRATOR) and actor != user and not user.is_caretaker


@transaction.atomic
def lift_suspension(actor: User, user_id: int) -> None:
    """What follows from a granted appeal, or from second thoughts: the case says that it is lifted."""
    record(actor, "lift suspension", Ref("people", user_id))
