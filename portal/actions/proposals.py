"""What becomes of the schools that people have missed in the list. Of two administrators at once the first one decides."""

from django.db import transaction
from django.utils import timezone

from ..models import School, User
from ..refs import Ref
from .access import permit_administrator
from .acts import record
from .merges import merge_rows
from .positions import follow_positions
from .schools import put_school, tell_proposer


@transaction.atomic
def accept_proposal(actor: User, proposal: School, **fields) -> bool:
    """It stands in the list under the names and at the place that the administrator has checked."""
    permit_administrator(actor)
    if not (school := hold_proposal(proposal.pk)):
        return False
    for name, value in fields.items():
        setattr(school, name, value)
    school.state = School.State.LISTED
    put_school(school, actor=actor)
    record(actor, "accept proposal", Ref("schools", school.pk))
    return True


@transaction.atomic
def join_proposal(actor: User, proposal: School, school: School) -> bool:
    """It was in the list under another name; whoever works there goes along."""
    permit_administrator(actor)
    if not (held := hold_proposal(proposal.pk, school.pk)):
        return False
    merge_rows(actor, held, school)
    tell_proposer(held, "school-joined", actor=actor, school=school)
    return True


@transaction.atomic
def refuse_proposal(actor: User, proposal: School, *, reason: str) -> bool:
    """There is no such school: nobody works there any more, and the proposer is told why."""
    permit_administrator(actor)
    if not (school := hold_proposal(proposal.pk)):
        return False
    school.state = School.State.REFUSED
    school.save(update_fields=["state"])
    people = list(User.objects.filter(positions__in=school.positions.current()))
    school.positions.current().update(until=timezone.localdate())
    for person in people:
        follow_positions(person)
    record(actor, "refuse proposal", Ref("schools", school.pk), reason=reason)
    tell_proposer(school, "school-refused", actor=actor, reason=reason)
    return True


def hold_proposal(pk: int, *others: int) -> School | None:
    """Until the end of the transaction nobody else decides. Rows are locked in one order, so that two mergers never wait for each other."""
    held = School.objects.select_for_update().order_by("pk").in_bulk([pk, *others])
    return held[pk] if pk in held and held[pk].state == School.State.PROPOSED else None
