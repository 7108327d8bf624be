"""Roles, and who may sign in, with what and where."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import search
from ..models import Role, User
from ..notices import tell
from ..refs import Ref
from .acts import record

# What may stand before the colon of a role's scope
SCOPES = {Role.Name.ADMINISTRATOR: ("",), Role.Name.REVIEWER: ("", "language", "region"), Role.Name.COORDINATOR: ("school",)}


@transaction.atomic
def give_role(actor: User | None, user: User, *, name: str, scope: str = "") -> Role:
    """Administrators give roles; the command line, without an actor, gives the first ones."""
    permit_administrator(actor)
    if scope.partition(":")[0] not in SCOPES[name]:
        raise ValidationError(
            _("A coordinator needs a school; a reviewer may have a language or a region; an administrator has the whole portal.")
        )
    role, given = Role.objects.get_or_create(user=user, name=name, scope=scope, until=None, defaults={"given_by": actor})
    if given:
        follow_role(role)
        record(actor, "give role", Ref("people", user.pk), after={"role": name, "scope": scope})
    return role


@transaction.atomic
def end_role(actor: User | None, role: Role) -> None:
    # Locked, so that of two administrators who end each other's role the second one finds who is left.
    administrators = list(Role.objects.select_for_update().current().filter(name=Role.Name.ADMINISTRATOR).order_by("pk"))
    role.refresh_from_db()
    permit_administrator(actor and User.objects.get(pk=actor.pk))
    if role.until:
        return
    others = {held.user_id for held in administrators} - {role.user_id}
    if role.name == Role.Name.ADMINISTRATOR and not User.objects.filter(pk__in=others, is_active=True).exists():
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
    if not is_active:
        end_sessions(user)
    search.index_person(user)
    after = access(user)
    if after != before:
        record(actor, "change access", Ref("people", user.pk), before=before, after=after)


@transaction.atomic
def reset_second_factor(actor: User, user: User, *, reason: str) -> None:
    """For somebody who has lost her phone and her codes. Whoever is in with them is put out, and she herself is told."""
    permit_administrator(actor)
    if actor == user:
        raise PermissionDenied
    removed = list(Authenticator.objects.filter(user=user).order_by("pk").values_list("type", flat=True))
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    if removed:
        record(actor, "reset second factor", Ref("people", user.pk), before={"types": removed}, reason=reason)
        tell([user], "second-factor-reset", Ref("people", user.pk), actor=actor, data={"reason": reason})


def end_sessions(user: User) -> None:
    """On every device at once."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def forget_ended_sessions() -> None:
    """What a browser said of itself is kept no longer than its session."""
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def access(user: User) -> dict:
    stored = User.objects.get(pk=user.pk)
    return {"active": stored.is_active, "groups": sorted(stored.groups.values_list("name", flat=True))}


def permit_administrator(actor: User | None) -> None:
    if actor and not actor.is_administrator:
        raise PermissionDenied
