"""The word of the head of school: asked for by the applicant, given by a link."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.models import User
from portal.notices import tell

from ..letters import post_endorsement
from ..models import Application, Endorsement, Review
from ..moves import MovedMeanwhile, NotAllowed, move, move_all
from ..notices.named import named
from .holding import hold
from .reviews import give_to_another

HOLDS_FOR = timedelta(days=14)
LETTERS_AT_MOST = 5


class OwnAddress(Exception):
    """Nobody endorses herself."""


class TooManyLetters(Exception):
    """So many people have been written to that something is wrong."""


class Expired(Exception):
    """Its days are over."""


@transaction.atomic
def ask_for_endorsement(user: User, application: Application, *, head_name: str, head_email: str, language: str) -> Endorsement:
    """One live request at a time: to ask somebody else, the first is withdrawn."""
    hold(application.cohort)
    if not Endorsement.objects.askable(user).filter(pk=application.pk).exists():
        raise PermissionDenied
    if head_email.lower() == user.email_key:
        raise OwnAddress
    if live := Endorsement.objects.live().filter(application=application).first():
        return live
    if application.endorsements.count() >= LETTERS_AT_MOST:
        raise TooManyLetters
    asked = Endorsement.objects.create(
        application=application, head_name=head_name, head_email=head_email, language=language, expires_at=timezone.now() + HOLDS_FOR
    )
    take_from_head(asked)
    post_endorsement(asked)
    return asked


def take_from_head(asked: Endorsement) -> None:
    """Whoever is asked to endorse an application does not read it, though it had been given to her before."""
    unread = Review.objects.filter(
        application=asked.application_id, state=Review.State.ASSIGNED, reviewer__email_key=asked.head_email.lower()
    )
    reviews = list(unread.select_related("application", "stage__cohort"))
    move_all(reviews, Review.State.WITHDRAWN, actor=None)
    give_to_another(None, reviews)


@transaction.atomic
def withdraw_endorsement(user: User, endorsement: Endorsement) -> None:
    if not Endorsement.objects.editable_by(user).filter(pk=endorsement.pk).exists():
        raise PermissionDenied
    if endorsement.state != Endorsement.State.ASKED:
        raise NotAllowed(str(endorsement.ref))
    move(endorsement, Endorsement.State.WITHDRAWN, actor=user)


@transaction.atomic
def answer_endorsement(endorsement: Endorsement, *, given: bool, word: str, by: User | None = None) -> None:
    """Whoever holds the link answers, once. `by` is who happens to be signed in: never the applicant herself."""
    if by and by.pk == endorsement.application.user_id:
        raise OwnAddress
    if endorsement.state != Endorsement.State.ASKED:
        raise MovedMeanwhile(str(endorsement.ref))
    now = timezone.now()
    if endorsement.expires_at <= now:
        raise Expired
    move(endorsement, Endorsement.State.GIVEN if given else Endorsement.State.REFUSED, actor=None, answered_at=now, word=word)
    tell_applicant(endorsement)


@transaction.atomic
def expire_endorsements() -> None:
    """By the clock: what nobody has answered in time, so that she can ask again."""
    for endorsement in Endorsement.objects.outdated().select_related("application__cohort", "application__user"):
        move(endorsement, Endorsement.State.EXPIRED, actor=None)
        tell_applicant(endorsement)


def tell_applicant(endorsement: Endorsement) -> None:
    application = endorsement.application
    data = named(application.cohort) | {"state": endorsement.state, "head": endorsement.head_name}
    tell([application.user], "endorsement-answered", application.ref, data=data)
