"""Where people work, and who confirms it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import seams, search
from ..models import Position, School, User
from ..models.vocabulary import names_of
from ..notices import tell
from ..refs import Ref
from .acts import record
from .people import stand_in_line


@transaction.atomic
def take_position(user: User, *, school: School, post: str) -> Position:
    """She says where she works now. What was her main position ends; the new one waits for confirmation."""
    stand_in_line(user)
    held = user.positions.current().filter(school=school, role=post).first()
    if held:
        return held
    user.positions.current().filter(main=True).update(until=timezone.localdate())
    position = Position.objects.create(user=user, school=school, role=post)
    record(user, "take position", Ref("people", user.pk), after={"school": school.pk, "post": post})
    follow_positions(user)
    return position


@transaction.atomic
def confirm_position(actor: User, position: Position) -> Position:
    if vouch_for(actor, position):
        tell_of_position(actor, position, "position-confirmed")
    return position


def vouch_for(actor: User, position: Position) -> bool:
    """False when somebody has confirmed it before."""
    if not Position.objects.confirmable_by(actor).filter(pk=position.pk).exists():
        raise PermissionDenied
    if position.school.state == School.State.PROPOSED:
        raise ValidationError(_("This school is only proposed: first it is taken into the list, or joined to a school of the list."))
    if position.confirmed_at:
        return False
    position.confirmed_by, position.confirmed_at = actor, timezone.now()
    position.save(update_fields=["confirmed_by", "confirmed_at"])
    record(actor, "confirm position", Ref("people", position.user_id), after={"position": position.pk})
    follow_positions(position.user)
    return True


@transaction.atomic
def withdraw_confirmation(actor: User, position: Position, *, reason: str) -> Position:
    if not Position.objects.confirmable_by(actor).filter(pk=position.pk).exists():
        raise PermissionDenied
    if position.confirmed_at:
        position.confirmed_by = position.confirmed_at = None
        position.save(update_fields=["confirmed_by", "confirmed_at"])
        record(actor, "withdraw confirmation", Ref("people", position.user_id), before={"position": position.pk}, reason=reason)
        follow_positions(position.user)
        tell_of_position(actor, position, "position-unconfirmed", reason=reason)
    return position


def tell_of_position(actor: User, position: Position, kind: str, **more) -> None:
    data = {"school": names_of(position.school), **more}
    tell([position.user], kind, Ref("people", position.user_id), actor=actor, data=data)


def follow_positions(user: User) -> None:
    """What was read of her places is out of date; her entry is written anew."""
    user.__dict__.pop("current_positions", None)
    search.index_person(user)
    for changed in seams.positions_changed:
        changed(user)
