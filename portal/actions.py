"""What people do with accounts, schools and complaints. Permission, transaction, act, entry: all here."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from . import search
from .models import Act, Complaint, Consent, Position, School, User
from .refs import Ref
from .text import render


def record(actor, verb: str, ref: Ref, *, before: dict | None = None, after: dict | None = None, reason: str = "") -> Act:
    return Act.objects.create(
        actor=actor, verb=verb, source=ref.source, object_id=ref.id, before=before or {}, after=after or {}, reason=reason
    )


@transaction.atomic
def join(user: User, *, given_name: str, family_name: str, language: str) -> None:
    """A new person gives her name and agrees to the terms in force."""
    user.given_name, user.family_name, user.interface_language = given_name, family_name, language
    user.save()
    agree_to_terms(user, language=language)
    record(user, "join", Ref("people", user.pk))


def agree_to_terms(user: User, *, language: str) -> Consent:
    return Consent.objects.get_or_create(user=user, version=settings.TERMS_VERSION, defaults={"language": language})[0]


@transaction.atomic
def change_profile(user: User, *, subjects=None, grades=None, **fields) -> None:
    for name, value in fields.items():
        setattr(user, name, value)
    user.bio_html = render(user.bio)
    user.save()
    if subjects is not None:
        user.subjects.set(subjects)
    if grades is not None:
        user.grades.set(grades)


@transaction.atomic
def propose_school(user: User, *, name: str, region, locality: str = "") -> School:
    """A school that is missing from the list; only its proposer and administrators see it until it is accepted."""
    school = School.objects.create(
        code=f"proposed-{get_random_string(12)}",
        name_kk=name,
        region=region,
        locality=locality,
        state=School.State.PROPOSED,
        proposed_by=user,
    )
    record(user, "propose", Ref("schools", school.pk))
    return school


@transaction.atomic
def take_position(user: User, *, school: School, post: str) -> Position:
    """She says where she works now. What was her main position ends; the new one waits for confirmation."""
    held = user.positions.current().filter(school=school, role=post).first()
    if held:
        return held
    user.positions.current().filter(main=True).update(until=timezone.localdate())
    position = Position.objects.create(user=user, school=school, role=post)
    record(user, "take position", Ref("people", user.pk), after={"school": school.pk, "post": post})
    forget_positions(user)
    return position


@transaction.atomic
def confirm_position(actor: User, position: Position) -> Position:
    if not Position.objects.confirmable_by(actor).filter(pk=position.pk).exists():
        raise PermissionDenied
    if not position.confirmed_at:
        position.confirmed_by, position.confirmed_at = actor, timezone.now()
        position.save(update_fields=["confirmed_by", "confirmed_at"])
        record(actor, "confirm position", Ref("people", position.user_id), after={"position": position.pk})
    return position


@transaction.atomic
def withdraw_confirmation(actor: User, position: Position, *, reason: str) -> Position:
    if not Position.objects.confirmable_by(actor).filter(pk=position.pk).exists():
        raise PermissionDenied
    position.confirmed_by = position.confirmed_at = None
    position.save(update_fields=["confirmed_by", "confirmed_at"])
    record(actor, "withdraw confirmation", Ref("people", position.user_id), before={"position": position.pk}, reason=reason)
    return position


def forget_positions(user: User) -> None:
    user.__dict__.pop("current_positions", None)


@transaction.atomic
def complain(user: User, ref: Ref, *, reason: str, text: str = "") -> Complaint:
    """One open complaint a person and thing: a second press adds nothing."""
    complaint, made = Complaint.objects.get_or_create(
        by=user,
        source=ref.source,
        object_id=ref.id,
        state=Complaint.State.OPEN,
        defaults={"reason": reason, "text": text},
    )
    if made:
        record(user, "complain", ref, after={"complaint": complaint.pk, "reason": reason})
    return complaint


@transaction.atomic
def decide_complaints(actor: User, ref: Ref, *, upheld: bool, note: str = "") -> int:
    """Close every open complaint about one thing at once; returns how many there were."""
    if not actor.is_caretaker:
        raise PermissionDenied
    state = Complaint.State.UPHELD if upheld else Complaint.State.DISMISSED
    closed = Complaint.objects.open().filter(source=ref.source, object_id=ref.id)
    number = closed.update(state=state, decided_by=actor, decided_at=timezone.now(), note=note)
    if number:
        record(actor, "decide complaints", ref, after={"upheld": upheld, "number": number}, reason=note)
    return number


@transaction.atomic
def put_school(school: School) -> None:
    """Save a school and make it findable while typing."""
    school.save()
    search.index_school(school)
