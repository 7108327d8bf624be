"""Who sees whom, and who holds what."""

from django.contrib.auth.base_user import BaseUserManager
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q


def circles_of(viewer) -> list[str]:
    """The values of `Circle` that include this reader."""
    return ["everyone", "members"] if viewer.is_authenticated else ["everyone"]


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """People are seen by everyone once they have a name and a proved address and are not shut out; oneself always."""
        # Asked of each person, so that no database lists all proved addresses to show one.
        proved = self.model.objects.filter(pk=OuterRef("pk"), emailaddress__verified=True)
        rule = Q(is_active=True) & ~Q(family_name="") & Q(Exists(proved))
        return self.filter(rule | Q(pk=user.pk) if user.is_authenticated else rule)

    def findable_by(self, user):
        """Whom this reader may find among colleagues; a profile that she does not see is not found either."""
        circles = circles_of(user)
        return self.visible_to(user).filter(shown_to__in=circles, listed_to__in=circles)

    def listed(self):
        """Who is found among colleagues by anybody at all."""
        return self.exclude(shown_to="nobody").exclude(listed_to="nobody")

    def written_to(self):
        """Whom ordinary letters reach: neither shut out, nor suspended, nor about to leave."""
        held = self.model.suspensions.rel.related_model.objects.current()
        return self.filter(~Exists(held.filter(user=OuterRef("pk"))), is_active=True, departure=None)

    def not_blocked_by(self, user):
        """Whom this person has not blocked: for suggestions, lists of members, whatever offers her people."""
        return self.exclude(blocked_by__user=user) if user.is_authenticated else self


class UserManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def get_by_natural_key(self, email: str):
        return self.get(email_key=email.lower())

    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        """The first administrator, from the command line."""
        from ..actions import give_role

        with transaction.atomic():
            user = self.create_user(email, password, **fields)
            give_role(None, user, name="administrator")
        return user


class HeldQuerySet(models.QuerySet):
    """What a person holds from one day to another: positions, roles."""

    def current(self):
        return self.filter(until=None)


class PositionQuerySet(HeldQuerySet):
    def confirmed(self):
        return self.exclude(confirmed_at=None)

    def awaiting(self):
        """A place at a school that is only proposed waits for the school first."""
        return self.current().filter(confirmed_at=None).exclude(school__state="proposed")

    def in_care_of(self, user):
        """Every position for an administrator, those of her schools for a coordinator, of today and of earlier; never one's own."""
        others = self.exclude(user=user)
        return others if user.has_role("administrator") else others.filter(school__in=user.coordinated_schools)

    def confirmable_by(self, user):
        return self.in_care_of(user).current()

    def ended(self):
        return self.exclude(until=None)

    def left(self):
        """Of those who were confirmed, who works at the school in no other post now."""
        stayed = self.model.objects.current().filter(user=OuterRef("user"), school=OuterRef("school"))
        return self.ended().confirmed().exclude(Exists(stayed))

    def history_seen_by(self, user):
        """Where a person worked before is known to herself and to administrators."""
        if not user.is_authenticated:
            return self.none()
        return self.ended() if user.has_role("administrator") else self.ended().filter(user=user)
