"""Groups, who belongs to them, and how one comes in."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.models import File, Grade, Network, Region, School, Subject
from portal.models.people import LANGUAGES
from portal.refs import Ref

from ..querysets import GroupInvitationQuerySet, GroupQuerySet, MembershipQuerySet

INVITATION_LASTS = timedelta(days=14)


def in_two_weeks():
    return timezone.now() + INVITATION_LASTS


class Level(models.TextChoices):
    """How closely a person follows a group or a topic."""

    WATCH = "watch", _("everything new")
    NORMAL = "normal", _("answers to me")
    MUTE = "mute", _("nothing")


class Group(models.Model):
    """A place where colleagues talk. It has a name and a purpose in each language it speaks."""

    class Access(models.TextChoices):
        OPEN = "open", _("open: everyone reads, whoever is signed in may join")
        REQUEST = "request", _("by request: members read, whoever asks is let in by a steward")
        HIDDEN = "hidden", _("hidden: only its members know of it")

    # What stands in a line beside its name
    ACCESS_WORDS = {
        Access.OPEN: pgettext_lazy("a group", "open"),
        Access.REQUEST: pgettext_lazy("a group", "by request"),
        Access.HIDDEN: pgettext_lazy("a group", "hidden"),
    }

    class Origin(models.TextChoices):
        PEOPLE = "people", _("founded by a teacher")
        SCHOOL = "school", _("the group of a school")
        SUBJECT = "subject", _("a subject in one language")
        COHORT = "cohort", _("the group of a cohort")

    name_kk = models.CharField(_("name in Kazakh"), max_length=120, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    purpose_kk = models.TextField(_("purpose in Kazakh"), max_length=1000, blank=True)
    purpose_ru = models.TextField(_("purpose in Russian"), max_length=1000, blank=True)
    purpose_en = models.TextField(_("purpose in English"), max_length=1000, blank=True)
    access = models.CharField(_("who comes in"), max_length=10, choices=Access, default=Access.OPEN)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PEOPLE, editable=False)
    # Of a group for a subject: the one language that it speaks from the start
    language = models.CharField(max_length=2, choices=LANGUAGES, blank=True, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("subject"))
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("region"))
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("school"))
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("network"))
    grades = models.ManyToManyField(Grade, blank=True, related_name="groups", verbose_name=_("grades"))
    question = models.CharField(_("question to those who ask to join"), max_length=300, blank=True)
    rules = models.TextField(_("rules"), max_length=5000, blank=True)
    rules_html = models.TextField(editable=False, blank=True)
    picture = models.OneToOneField(File, models.SET_NULL, null=True, blank=True, related_name="group_picture", editable=False)
    # What is asked of the search for the shelf of materials: {"text": …, "facets": {…}}; empty: its subject and grades
    shelf = models.JSONField(default=dict, blank=True, editable=False)
    slow_minutes = models.PositiveSmallIntegerField(_("minutes between two posts of one person"), default=0)
    founder = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_reason = models.TextField(blank=True, editable=False)
    members_count = models.PositiveIntegerField(default=0, editable=False)
    topics_count = models.PositiveIntegerField(default=0, editable=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["-members_count", "pk"]
        indexes = [models.Index(fields=["-members_count", "id"], name="group_largest")]
        constraints = [
            models.UniqueConstraint(fields=["school"], condition=Q(origin="school"), name="group_of_school_once"),
            models.UniqueConstraint(fields=["subject", "language"], condition=Q(origin="subject"), name="group_of_subject_once"),
            models.CheckConstraint(condition=~Q(name_kk="", name_ru="", name_en=""), name="group_has_a_name"),
        ]
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        return Ref("groups", self.pk)

    @property
    def token(self) -> str:
        """Held by its members, see search.audiences; also the container of what is said in it."""
        return f"group:{self.pk}"

    @property
    def address(self) -> str:
        return f"/groups/{self.pk}/"

    @property
    def languages(self) -> list[str]:
        return [code for code, _label in LANGUAGES if getattr(self, f"name_{code}")]

    @property
    def names(self) -> dict[str, str]:
        return {code: getattr(self, f"name_{code}") for code in self.languages}

    @property
    def shown_language(self) -> str:
        """The reader's, where the group speaks it; else the first that it speaks."""
        active = (get_language() or "kk")[:2]
        return active if active in self.languages else next(iter(self.languages), "kk")

    @property
    def name(self) -> str:
        return getattr(self, f"name_{self.shown_language}")

    @property
    def purpose(self) -> str:
        return getattr(self, f"purpose_{self.shown_language}")

    @property
    def access_word(self):
        return self.ACCESS_WORDS[self.access]

    @property
    def is_of_cohort(self) -> bool:
        """Its members come and go with the cohort, not by their own choice or a steward's."""
        return self.origin == self.Origin.COHORT

    @property
    def is_open(self) -> bool:
        return self.access == self.Access.OPEN

    @property
    def is_hidden(self) -> bool:
        return self.access == self.Access.HIDDEN


class Membership(models.Model):
    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        STEWARD = "steward", _("steward")
        MEMBER = "member", _("member")

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    level = models.CharField(max_length=10, choices=Level, default=Level.NORMAL)
    # Whatever was said before is read, whether it was opened or not
    read_until = models.DateTimeField(default=timezone.now)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["-joined_at", "-pk"]
        indexes = [
            models.Index(fields=["group", "-joined_at", "-id"], name="membership_newest"),
            models.Index(fields=["group", "level"], condition=Q(level="watch"), name="membership_watching"),
        ]
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.group}"

    @property
    def is_steward(self) -> bool:
        return self.role in (self.Role.OWNER, self.Role.STEWARD)


class JoinRequest(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("let in")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken-back", _("taken back")

    group = models.ForeignKey(Group, models.CASCADE, related_name="requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_requests")
    answer = models.TextField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    word = models.TextField(max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "user"], condition=Q(state="waiting"), name="group_asked_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.group}"


class GroupInvitation(models.Model):
    """A link by which whoever holds it comes in. The link is signed, not stored."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_invitations")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_two_weeks)
    withdrawn_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)

    objects = GroupInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by} · {self.group}"
