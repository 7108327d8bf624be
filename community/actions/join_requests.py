"""Asking to be let into a group, and the answer."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.actions import record
from portal.models import User
from portal.notices import take_back, tell

from ..models import Group, JoinRequest, Membership
from ..notices import named
from .membership import admit, hold_members, permit_entering

STEWARDS_TOLD = 20


@transaction.atomic
def ask_to_join(user: User, group: Group, *, answer: str = "") -> JoinRequest | None:
    """None where she is a member by now. A second press finds the request that waits."""
    group = hold_members(group)
    if group.access != Group.Access.REQUEST:
        raise PermissionDenied
    permit_entering(user, group)
    if group.memberships.filter(user=user).exists():
        return None
    waiting, made = JoinRequest.objects.get_or_create(group=group, user=user, state=JoinRequest.State.WAITING, defaults={"answer": answer})
    if made:
        record(user, "ask to join", group.ref, after={"request": waiting.pk})
        tell(stewards_of(group), "group-request", group.ref, actor=user, data=named(group))
    return waiting


@transaction.atomic
def take_back_request(user: User, group: Group) -> None:
    for waiting in group.requests.filter(user=user, state=JoinRequest.State.WAITING):
        JoinRequest.objects.filter(pk=waiting.pk).update(state=JoinRequest.State.TAKEN_BACK, decided_at=timezone.now())
        take_back(user, "group-request", group.ref, since=waiting.asked_at)


@transaction.atomic
def decide_request(actor: User, request: JoinRequest, *, approve: bool, word: str = "") -> bool:
    """False where somebody has decided before, or it was taken back."""
    group = hold_members(request.group)
    if not Group.objects.stewarded_by(actor).filter(pk=group.pk).exists():
        raise PermissionDenied
    return answer(actor, group, request, approve=approve, word=word)


def answer(actor: User, group: Group, request: JoinRequest, *, approve: bool, word: str = "") -> bool:
    """The caller holds the group, and knows by which right it is answered."""
    state = JoinRequest.State.APPROVED if approve else JoinRequest.State.DECLINED
    decided = {"state": state, "word": word, "decided_by": actor, "decided_at": timezone.now()}
    if not JoinRequest.objects.filter(pk=request.pk, state=JoinRequest.State.WAITING).update(**decided):
        return False
    if approve:
        admit(request.user, group, after={"request": request.pk, "let in by": actor.pk})
    else:
        record(actor, "decline request", group.ref, after={"request": request.pk}, reason=word)
    tell([request.user], "group-request-decided", group.ref, actor=actor, data=named(group) | {"approved": approve, "word": word})
    return True


def let_everybody_in(actor: User, group: Group) -> None:
    """An open group keeps nobody waiting at its door, and whoever asked before it was open need not ask again."""
    if not group.is_open or group.archived_at or group.hidden_at:
        return
    waiting = group.requests.filter(state=JoinRequest.State.WAITING).exclude(user__in=group.exclusions.values("user"))
    for request in waiting.select_related("user"):
        answer(actor, group, request, approve=True)


def stewards_of(group: Group) -> list[User]:
    """Where a group has none of its own, those who hold it by their office see the queue on its page."""
    rows = Membership.objects.filter(group=group).stewards().select_related("user").order_by("joined_at")
    return [row.user for row in rows[:STEWARDS_TOLD]]
