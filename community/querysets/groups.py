"""Who knows of a group, who reads in it, who looks after it: the rules, once. Topics and posts ask them by their path to the group."""

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Case, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, When
from django.utils import timezone

STEWARDS = ("owner", "steward")


def memberships_of(user, **roles) -> QuerySet:
    return apps.get_model("community", "Membership").objects.filter(user=user, **roles).order_by().values("group")


def visits_of(user) -> QuerySet:
    return apps.get_model("community", "StaffVisit").objects.current().filter(user=user).order_by().values("group")


def inside(user, group: str) -> Q:
    """Her own groups, and for an hour those that she looks into for the portal with a reason."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    rule = Q(**{f"{group}__in": memberships_of(user)})
    return rule | Q(**{f"{group}__in": visits_of(user)}) if user.is_caretaker else rule


def kept_from_sight(user, path: str) -> Q:
    """What was taken down after a complaint is there for its owners and for those who decide."""
    shown = Q(**{f"{path}hidden_at": None})
    if not user.is_authenticated:
        return shown
    return shown | owned(user, path) | (~Q(**{f"{path}access": "hidden"}) if user.is_caretaker else Q(pk__in=[]))


def known(user, path: str = "") -> Q:
    """Whose name, purpose and rules she may read."""
    return kept_from_sight(user, path) & (~Q(**{f"{path}access": "hidden"}) | inside(user, f"{path}pk"))


def readable(user, path: str = "") -> Q:
    """In which she may read what is said."""
    return kept_from_sight(user, path) & (Q(**{f"{path}access": "open"}) | inside(user, f"{path}pk"))


def reads_in(group) -> Q:
    """The same rule seen from the other side, of people: who reads in this group."""
    if group.hidden_at:
        return Q(pk__in=[])
    members = apps.get_model("community", "Membership").objects.filter(group=group).order_by().values("user")
    return Q() if group.access == "open" else Q(pk__in=members)


def owned(user, path: str = "") -> Q:
    """Besides its owners, a school's group is in the hands of the school's coordinator, an open one in those of administrators."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    return Q(**{f"{path}pk__in": memberships_of(user, role="owner")}) | owned_by_office(user, path)


def stewarded(user, path: str = "") -> Q:
    if not user.is_authenticated:
        return Q(pk__in=[])
    return Q(**{f"{path}pk__in": memberships_of(user, role__in=STEWARDS)}) | owned_by_office(user, path)


def owned_by_office(user, path: str) -> Q:
    rule = Q(pk__in=[])
    if schools := user.coordinated_schools:
        rule |= Q(**{f"{path}origin": "school", f"{path}school__in": schools})
    if user.is_administrator:
        rule |= Q(**{f"{path}access": "open"})
    return rule


class GroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(known(user))

    def readable_by(self, user):
        return self.filter(readable(user))

    def stewarded_by(self, user):
        return self.filter(stewarded(user))

    def editable_by(self, user):
        return self.filter(owned(user))

    def of_member(self, user):
        return self.filter(memberships__user=user)

    def alive(self):
        return self.filter(archived_at=None, hidden_at=None)

    def with_reading(self, user):
        """`is_read`: whether she may read what is said in it."""
        return self.annotate(is_read=Case(When(readable(user), then=True), default=False, output_field=BooleanField()))

    def with_mine(self, user):
        """`my_role`, `my_level` and `my_read_until` of her membership, None where she has none."""
        mine = FilteredRelation("memberships", condition=Q(memberships__user=user.pk))
        columns = {f"my_{name}": F(f"mine__{name}") for name in ("role", "level", "read_until")}
        return self.annotate(mine=mine, **columns)


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
