"""Who knows of a group, who reads in it, who looks after it: the rules, once. Topics and posts ask them by their path to the group."""

from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone

STEWARDS = ("owner", "steward")
NOTHING = Q(pk__in=[])
# The name of a person's own membership where a query has joined it: the rules then ask no subquery.
MINE = "mine"


def either(*rules: Q | None) -> Q:
    """Any of the rules that apply to her."""
    applying = [rule for rule in rules if rule is not None]
    return reduce(or_, applying) if applying else NOTHING


def membership_of(user, path: str = "") -> FilteredRelation:
    return FilteredRelation(f"{path}memberships", condition=Q(**{f"{path}memberships__user": user.pk}))


def hers(user, path: str, joined: str, roles: tuple[str, ...] = ()) -> Q:
    """Groups to which she belongs, in one of the roles: by the membership that was joined, or by asking for it."""
    if joined:
        return Q(**{f"{joined}__role__in": roles}) if roles else Q(**{f"{joined}__pk__isnull": False})
    with_role = {"role__in": roles} if roles else {}
    memberships = apps.get_model("community", "Membership").objects.filter(user=user, **with_role)
    return Q(**{f"{path}pk__in": memberships.order_by().values("group")})


def visited(user, path: str) -> Q | None:
    """For an hour those that she looks into for the portal with a reason."""
    if not user.is_caretaker:
        return None
    visits = apps.get_model("community", "StaffVisit").objects.current().filter(user=user)
    return Q(**{f"{path}pk__in": visits.order_by().values("group")})


def not_hidden(path: str) -> Q:
    return ~Q(**{f"{path}access": "hidden"})


def kept_from_sight(user, path: str, joined: str) -> Q:
    """What was taken down after a complaint is there for its owners and for those who decide; a hidden group as long as they visit it."""
    shown = Q(**{f"{path}hidden_at": None})
    if not user.is_authenticated:
        return shown
    return either(shown, owned(user, path, joined), not_hidden(path) if user.is_caretaker else None, visited(user, path))


def known(user, path: str = "", joined: str = "") -> Q:
    """Whose name, purpose and rules she may read."""
    return kept_from_sight(user, path, joined) & either(not_hidden(path), *inside(user, path, joined))


def readable(user, path: str = "", joined: str = "") -> Q:
    """In which she may read what is said."""
    return kept_from_sight(user, path, joined) & either(Q(**{f"{path}access": "open"}), *inside(user, path, joined))


def inside(user, path: str, joined: str) -> tuple[Q | None, ...]:
    return (hers(user, path, joined), visited(user, path)) if user.is_authenticated else ()


def reads_in(group) -> Q:
    """The same rule seen from the other side, of people: who reads in this group."""
    if group.hidden_at:
        return NOTHING
    members = apps.get_model("community", "Membership").objects.filter(group=group).order_by().values("user")
    return Q() if group.access == "open" else Q(pk__in=members)


def owned(user, path: str = "", joined: str = "") -> Q:
    """Besides its owners, a school's group is in the hands of the school's coordinator, an open one in those of administrators."""
    return looked_after(user, path, joined, ("owner",))


def stewarded(user, path: str = "", joined: str = "") -> Q:
    return looked_after(user, path, joined, STEWARDS)


def looked_after(user, path: str, joined: str, roles: tuple[str, ...]) -> Q:
    if not user.is_authenticated:
        return NOTHING
    return either(hers(user, path, joined, roles), *by_office(user, path))


def by_office(user, path: str = "") -> list[Q]:
    rules = []
    if schools := user.coordinated_schools:
        rules.append(Q(**{f"{path}origin": "school", f"{path}school__in": schools}))
    if user.is_administrator:
        rules.append(Q(**{f"{path}access": "open"}))
    return rules


class GroupQuerySet(models.QuerySet):
    def with_mine(self, user):
        """Her own membership beside each group."""
        return self.annotate(**{MINE: membership_of(user)})

    def visible_to(self, user):
        return self.with_mine(user).filter(known(user, joined=MINE))

    def readable_by(self, user):
        return self.with_mine(user).filter(readable(user, joined=MINE))

    def stewarded_by(self, user):
        return self.with_mine(user).filter(stewarded(user, joined=MINE))

    def editable_by(self, user):
        return self.with_mine(user).filter(owned(user, joined=MINE))

    def of_member(self, user):
        return self.filter(memberships__user=user)

    def alive(self):
        return self.filter(archived_at=None, hidden_at=None)

    def with_place(self, user):
        """`my_role`, `my_level` and `my_read_until` of her membership, None where she has none."""
        return self.with_mine(user).annotate(**{f"my_{name}": F(f"{MINE}__{name}") for name in ("role", "level", "read_until")})


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members are known to those who read in the group; never to guests."""
        if not user.is_authenticated:
            return self.none()
        people = apps.get_model("portal", "User").objects.visible_to(user)
        return self.filter(readable(user, "group__"), user__in=people)

    def stewards(self):
        return self.filter(role__in=STEWARDS)


class GroupInvitationQuerySet(models.QuerySet):
    def editable_by(self, user):
        return self.filter(stewarded(user, "group__"))

    def open(self):
        """Whoever invited must still be able to."""
        members = apps.get_model("community", "Membership").objects.filter(group=OuterRef("group"), user=OuterRef("by"), role__in=STEWARDS)
        return self.filter(
            Exists(members), withdrawn_at=None, expires_at__gt=timezone.now(), group__archived_at=None, group__hidden_at=None
        )


class StaffVisitQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until__gt=timezone.now())
