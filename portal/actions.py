"""What people do with accounts, schools, vocabularies and complaints. Permission, transaction, act, entry: all here."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from . import seams, search, vocabularies
from .models import Act, Complaint, Consent, Objective, Position, Region, Role, School, SchoolNetwork, User
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
    user.save(update_fields=["given_name", "family_name", "interface_language"])
    agree_to_terms(user, language=language)
    record(user, "join", Ref("people", user.pk))


def stand_in_line(user: User) -> None:
    """The first statement of a transaction that must not run beside itself for one person. SQLite has one writer anyway."""
    User.objects.select_for_update().get(pk=user.pk)


def agree_to_terms(user: User, *, language: str) -> Consent:
    return Consent.objects.get_or_create(user=user, version=settings.TERMS_VERSION, defaults={"language": language})[0]


@transaction.atomic
def change_profile(user: User, *, subjects=None, grades=None, **fields) -> None:
    before = user.get_full_name()
    if "bio" in fields:
        fields["bio_html"] = render(fields["bio"])
    for name, value in fields.items():
        setattr(user, name, value)
    # These alone: an administrator may be shutting her out, or she changes her password, at the same moment.
    user.save(update_fields=fields)
    if subjects is not None:
        user.subjects.set(subjects)
    if grades is not None:
        user.grades.set(grades)
    if user.get_full_name() != before:
        for renamed in seams.person_renamed:
            renamed(user)


@transaction.atomic
def propose_school(user: User, *, name: str, region, locality: str = "") -> School:
    """A school that is missing from the list; only its proposer and administrators see it until it is accepted. Proposed once."""
    stand_in_line(user)
    school, proposed = School.objects.get_or_create(
        name_kk=name,
        region=region,
        locality=locality,
        state=School.State.PROPOSED,
        proposed_by=user,
        defaults={"code": f"proposed-{get_random_string(12)}"},
    )
    if proposed:
        record(user, "propose", Ref("schools", school.pk))
    return school


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
    if position.confirmed_at:
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
def give_role(actor: User | None, user: User, *, name: str, scope: str = "") -> Role:
    """Administrators give roles; the command line, without an actor, gives the first ones."""
    permit_administrator(actor)
    if (name == Role.Name.COORDINATOR) != scope.startswith("school:"):
        raise ValidationError(_("A coordinator needs a school; the other roles are for the whole portal."))
    role, given = Role.objects.get_or_create(user=user, name=name, scope=scope, until=None, defaults={"given_by": actor})
    if given:
        follow_role(role)
        record(actor, "give role", Ref("people", user.pk), after={"role": name, "scope": scope})
    return role


@transaction.atomic
def end_role(actor: User | None, role: Role) -> None:
    permit_administrator(actor)
    if role.until:
        return
    administrators = Role.objects.current().filter(name=Role.Name.ADMINISTRATOR, user__is_active=True)
    if role.name == Role.Name.ADMINISTRATOR and not administrators.exclude(user=role.user_id).exists():
        raise ValidationError(_("This is the last administrator: give the role to somebody else first."))
    role.until = timezone.localdate()
    role.save(update_fields=["until"])
    follow_role(role)
    record(actor, "end role", Ref("people", role.user_id), before={"role": role.name, "scope": role.scope})


def follow_role(role: Role) -> None:
    """Administrators have every right in the CMS, others what their groups give."""
    user = role.user
    user.__dict__.pop("current_roles", None)
    if role.name == Role.Name.ADMINISTRATOR:
        user.is_staff = user.is_superuser = user.has_role(role.name)
        user.save(update_fields=["is_staff", "is_superuser"])


@transaction.atomic
def change_access(actor: User, user: User, *, is_active: bool, groups: Iterable) -> None:
    """Whether she may sign in, and which groups of editors she belongs to."""
    permit_administrator(actor)
    if actor == user and not is_active:
        raise ValidationError(_("You cannot shut yourself out."))
    before = access(user)
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    user.groups.set(groups)
    after = access(user)
    if after != before:
        record(actor, "change access", Ref("people", user.pk), before=before, after=after)


def access(user: User) -> dict:
    stored = User.objects.get(pk=user.pk)
    return {"active": stored.is_active, "groups": sorted(stored.groups.values_list("name", flat=True))}


def permit_administrator(actor: User | None) -> None:
    if actor and not (actor.is_superuser or actor.has_role(Role.Name.ADMINISTRATOR)):
        raise PermissionDenied


@transaction.atomic
def put_school(school: School, *, networks: Iterable | None = None, actor: User | None = None) -> None:
    """Save a school and make it findable while typing. `networks`, when given, are all that it belongs to now."""
    before = stored_fields(school)
    school.save()
    if networks is not None:
        set_networks({school.pk: {network.pk for network in networks}})
    search.index_schools([school])
    record_change(actor, Ref("schools", school.pk), before, school)


def current_networks(schools: Iterable[int]) -> dict[int, frozenset[int]]:
    """The networks each of these schools belongs to now, by their ids."""
    networks = {school: set() for school in schools}
    for school, network in SchoolNetwork.objects.filter(school__in=networks, until=None).values_list("school", "network"):
        networks[school].add(network)
    return {school: frozenset(members) for school, members in networks.items()}


def set_networks(wanted: Mapping[int, Iterable[int]]) -> None:
    """What a school has left ends today, what it has joined begins; history stays."""
    joined = []
    for school, networks in current_networks(wanted).items():
        if left := networks - set(wanted[school]):
            SchoolNetwork.objects.filter(school=school, network__in=left, until=None).update(until=timezone.localdate())
        joined += [SchoolNetwork(school_id=school, network_id=network) for network in set(wanted[school]) - networks]
    SchoolNetwork.objects.bulk_create(joined)


@transaction.atomic
def put_vocabulary(row, *, actor: User | None = None) -> None:
    """Save a row of a vocabulary: its new names are shown at once, and found where entries repeat them."""
    before = stored_fields(row)
    row.save()
    forget_labels(row)
    if isinstance(row, Region) and before:
        search.index_schools(row.schools.select_related("region"))
    record_change(actor, Ref(row._meta.model_name, row.pk), before, row)


@transaction.atomic
def remove_vocabulary(row, *, actor: User | None = None) -> None:
    refuse_if_used(row)
    record(actor, "remove", Ref(row._meta.model_name, row.pk), before=stored_fields(row))
    forget_labels(row)
    row.delete()


@transaction.atomic
def put_objective(objective: Objective, *, actor: User | None = None) -> None:
    before = stored_fields(objective)
    objective.save()
    search.index_objective(objective)
    record_change(actor, Ref("objectives", objective.pk), before, objective)


@transaction.atomic
def remove_objective(objective: Objective, *, actor: User | None = None) -> None:
    refuse_if_used(objective)
    record(actor, "remove", Ref("objectives", objective.pk), before=stored_fields(objective))
    search.forget_objective(objective)
    objective.delete()


def forget_labels(row) -> None:
    """After the commit: a reader in between would put the old names back."""
    transaction.on_commit(partial(vocabularies.forget, type(row)))


def refuse_if_used(row) -> None:
    """Taking away what others refer to would change them unseen."""
    for relation in row._meta.related_objects:
        if relation.related_model._default_manager.filter(**{relation.field.name: row}).exists():
            raise ValidationError(_("It is in use and cannot be removed."))


def stored_fields(row) -> dict:
    return type(row)._default_manager.filter(pk=row.pk).values().first() or {}


def record_change(actor: User | None, ref: Ref, before: dict, row) -> None:
    """An act of what a person has changed; imports and demo data have no actor and leave none."""
    after = stored_fields(row)
    changed = [name for name in after if after[name] != before.get(name)]
    if actor and changed:
        old = {name: before[name] for name in changed if before}
        record(actor, "change" if before else "add", ref, before=old, after={name: after[name] for name in changed})
