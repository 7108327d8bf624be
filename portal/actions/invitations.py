"""A coordinator invites colleagues; whoever follows the link is confirmed at once."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..invitations import post_invitation
from ..models import Invitation, Position, School, User
from ..refs import Ref
from .acts import record
from .people import stand_in_line
from .positions import take_position, vouch_for

PLACES_OF_A_LINK = 50
LETTERS_A_DAY = 60


@transaction.atomic
def make_invitation_link(actor: User, school: School) -> Invitation:
    """One open link for each school: a second press gives the same."""
    permit_inviting(actor, school)
    stand_in_line(actor)
    link = Invitation.objects.editable_by(actor).filter(school=school).to_everyone().open().first()
    return link or invite(actor, school, places=PLACES_OF_A_LINK)


@transaction.atomic
def send_invitations(actor: User, school: School, addresses: Iterable[str]) -> list[Invitation]:
    """A letter for each address, with a link for one person. Whoever has a letter that still holds gets no second one."""
    permit_inviting(actor, school)
    stand_in_line(actor)
    personal = Invitation.objects.editable_by(actor).personal()
    invited = set(personal.filter(school=school).open().values_list("email", flat=True))
    new = [address for address in dict.fromkeys(addresses) if address not in invited]
    today = personal.filter(created_at__gt=timezone.now() - timedelta(days=1)).count()
    if today + len(new) > LETTERS_A_DAY:
        raise ValidationError(
            _("At most %(number)s letters a day can be sent. Try again tomorrow, or pass on the link."), params={"number": LETTERS_A_DAY}
        )
    made = [invite(actor, school, places=1, email=address) for address in new]
    for invitation in made:
        post_invitation(invitation)
    return made


def permit_inviting(actor: User, school: School) -> None:
    if school.state != School.State.LISTED or not actor.confirms_at(school.pk):
        raise PermissionDenied


def invite(actor: User, school: School, **fields) -> Invitation:
    invitation = Invitation.objects.create(school=school, by=actor, **fields)
    record(actor, "invite", Ref("schools", school.pk), after={"invitation": invitation.pk, "places": invitation.places})
    return invitation


@transaction.atomic
def withdraw_invitation(actor: User, invitation: Invitation) -> None:
    if invitation.by != actor:
        raise PermissionDenied
    if Invitation.objects.filter(pk=invitation.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        record(actor, "withdraw invitation", Ref("schools", invitation.school_id), after={"invitation": invitation.pk})


@transaction.atomic
def accept_invitation(user: User, invitation: Invitation) -> Position | None:
    """Her place at the school, confirmed by who invited her; None when the link holds no longer."""
    if user == invitation.by:
        raise PermissionDenied
    stand_in_line(user)
    held = user.positions.current().filter(school=invitation.school)
    if confirmed := held.confirmed().first():
        return confirmed
    if not invitation.is_vouched_for or not take_a_place(invitation):
        return None
    position = held.first() or take_position(user, school=invitation.school, post=invitation.post)
    vouch_for(invitation.by, position)
    record(user, "accept invitation", Ref("schools", invitation.school_id), after={"invitation": invitation.pk, "position": position.pk})
    return position


def take_a_place(invitation: Invitation) -> bool:
    """Counted where it is stored: of two who come for the last place one finds it taken."""
    return bool(Invitation.objects.filter(pk=invitation.pk).open().update(taken=F("taken") + 1))
