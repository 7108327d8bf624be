from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Permission, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..alphabet import sort_key
from ..querysets import HeldQuerySet, PositionQuerySet, UserManager
from ..querysets.people import circles_of
from .curriculum import Grade, Subject
from .schools import School

# What is computed from a field is saved with it.
KEYS = {"email": "email_key", "family_name": "sort_key", "given_name": "sort_key", "patronymic": "sort_key"}
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]


class Circle(models.TextChoices):
    """Before whom a person shows something of herself."""

    EVERYONE = "everyone", _("everyone, guests too")
    MEMBERS = "members", _("those who are signed in")
    NOBODY = "nobody", _("nobody")


class ProfilePart(models.TextChoices):
    """What stands in a profile beside the name and the published materials."""

    SCHOOL = "school", _("school and post")
    TEACHING = "teaching", _("subjects, grades and languages of teaching")
    BIO = "bio", _("about me")


def short_name(given_name: str, family_name: str) -> str:
    """As a person is called where she is named in passing."""
    return f"{given_name} {family_name}".strip()


def every_part() -> list[str]:
    return list(ProfilePart.values)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail"))
    email_key = models.EmailField(unique=True, editable=False)
    family_name = models.CharField(_("family name"), max_length=80)
    given_name = models.CharField(_("given name"), max_length=80)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    latin_name = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    bio = models.TextField(_("about me"), max_length=1000, blank=True)
    bio_html = models.TextField(editable=False, blank=True)
    subjects = models.ManyToManyField(Subject, blank=True, related_name="teachers", verbose_name=_("subjects"))
    grades = models.ManyToManyField(Grade, blank=True, related_name="teachers", verbose_name=_("grades"))
    languages = models.JSONField(_("languages of teaching"), default=list, blank=True)
    interface_language = models.CharField(max_length=2, choices=LANGUAGES, default="kk")
    shown_to = models.CharField(_("who sees your profile"), max_length=10, choices=Circle, default=Circle.EVERYONE)
    shown_parts = models.JSONField(_("what your profile shows"), default=every_part, blank=True)
    listed_to = models.CharField(_("who finds you in the list of colleagues"), max_length=10, choices=Circle, default=Circle.MEMBERS)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["family_name", "given_name"]

    objects = UserManager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args, update_fields=None, **kwargs):
        self.email_key = self.email.lower()
        self.sort_key = sort_key(f"{self.family_name} {self.given_name} {self.patronymic}")
        if update_fields is not None:
            # allauth saves a changed address alone and knows nothing of its key.
            update_fields = {*update_fields, *(KEYS[name] for name in update_fields if name in KEYS)}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_full_name(self) -> str:
        return short_name(self.given_name, self.family_name)

    def get_short_name(self) -> str:
        return self.given_name

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.family_name, self.given_name, self.patronymic) if part)

    @cached_property
    def current_positions(self) -> list["Position"]:
        return list(self.positions.current().select_related("school__region"))

    @property
    def main_position(self) -> "Position | None":
        return next(iter(self.current_positions), None)

    @property
    def is_verified(self) -> bool:
        """A teacher whose place at a school somebody responsible has confirmed."""
        return any(position.confirmed_at for position in self.current_positions)

    def parts_shown_to(self, viewer) -> list[str]:
        """She herself sees her page as her colleagues do."""
        return self.shown_parts if self.shown_to in circles_of(viewer) else []

    @cached_property
    def current_roles(self) -> list["Role"]:
        return list(self.roles.current())

    def has_role(self, *names: str, scope: str = "") -> bool:
        return any(role.name in names and role.scope in ("", scope) for role in self.current_roles)

    @property
    def is_administrator(self) -> bool:
        return self.is_superuser or self.has_role(Role.Name.ADMINISTRATOR)

    @property
    def is_caretaker(self) -> bool:
        """May hide what breaks the rules and read what is hidden."""
        return bool(self.care_scopes)

    @property
    def care_scopes(self) -> list[str]:
        """Where she decides on complaints: an empty scope is the whole portal."""
        return [role.scope for role in self.current_roles if role.name in (Role.Name.ADMINISTRATOR, Role.Name.REVIEWER)]

    @property
    def confirms_positions(self) -> bool:
        return any(role.name in (Role.Name.ADMINISTRATOR, Role.Name.COORDINATOR) for role in self.current_roles)

    @property
    def coordinated_schools(self) -> list[int]:
        scopes = [role.scope for role in self.current_roles if role.name == Role.Name.COORDINATOR]
        return [int(scope.removeprefix("school:")) for scope in scopes if scope.startswith("school:")]

    def confirms_at(self, school: int) -> bool:
        return self.has_role(Role.Name.ADMINISTRATOR) or school in self.coordinated_schools

    @cached_property
    def edits_pages(self) -> bool:
        """May enter the CMS. The start page has asked it together with everything else."""
        return self.is_superuser or self.cms_permissions.exists()

    @property
    def cms_permissions(self) -> models.QuerySet:
        held = Q(user=self) | Q(group__user=self)
        return Permission.objects.filter(held, content_type__app_label="wagtailadmin", codename="access_admin")

    @property
    def needs_second_factor(self) -> bool:
        return self.is_superuser or self.is_caretaker


class Position(models.Model):
    """A person's place at a school. History stays when she moves; confirmation makes her a verified teacher."""

    class Post(models.TextChoices):
        TEACHER = "teacher", _("teacher")
        DEPUTY = "deputy", _("deputy head")
        HEAD = "head", _("head of school")
        METHODOLOGIST = "methodologist", _("methodologist")
        PSYCHOLOGIST = "psychologist", _("school psychologist")
        OTHER = "other", _("other")

    user = models.ForeignKey(User, models.CASCADE, related_name="positions")
    school = models.ForeignKey(School, models.PROTECT, related_name="positions", verbose_name=_("school"))
    role = models.CharField(_("post"), max_length=20, choices=Post, default=Post.TEACHER)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    main = models.BooleanField(default=True)
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["-main", "-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "school", "role"], condition=Q(until=None), name="position_held_once")]
        verbose_name = _("position at a school")
        verbose_name_plural = _("positions at schools")

    def __str__(self) -> str:
        return f"{self.user} · {self.school}"


class Role(models.Model):
    """What a person may do for the whole portal, or within `scope` (`school:7`, `language:kk`, `region:31`).

    Roles in groups and cohorts stand on their memberships.
    """

    class Name(models.TextChoices):
        ADMINISTRATOR = "administrator", _("administrator")
        REVIEWER = "reviewer", _("reviewer of materials")
        COORDINATOR = "coordinator", _("coordinator of a school")

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    name = models.CharField(_("role"), max_length=20, choices=Name)
    scope = models.CharField(_("scope"), max_length=40, blank=True)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = HeldQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name", "scope"], condition=Q(until=None), name="role_held_once")]
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_name_display()} {self.scope}".strip()


class Consent(models.Model):
    """Which version of the terms a person agreed to, when, and in which language she read it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "version"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.version}"
