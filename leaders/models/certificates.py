"""What a person has completed, as everybody can verify it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.refs import Ref

from ..querysets import CertificateQuerySet, IssueRunQuerySet, RegisterLineQuerySet
from .catalogue import ProgrammeVersion
from .cohorts import Cohort
from .seats import Enrolment


def pdf_path(certificate: "Certificate", name: str) -> str:
    return f"certificates/{certificate.issued_at:%Y/%m}/{uuid.uuid4().hex}.pdf"


class Register(models.Model):
    """The list of the issuer. Its row is what whoever issues or revokes waits for."""

    code = models.SlugField(max_length=40, unique=True)
    last_line = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.code


class Certificate(models.Model):
    """What is written on it never changes: a correction is another certificate that replaces this one.

    Who leaves the portal may have its words erased; its number, its digest and the chain stay.
    """

    class State(models.TextChoices):
        VALID = "valid", pgettext_lazy("a certificate", "valid")
        REVOKED = "revoked", pgettext_lazy("a certificate", "revoked")
        REPLACED = "replaced", pgettext_lazy("a certificate", "replaced by a newer one")

    class Ground(models.TextChoices):
        """Why it was revoked, as everybody may know; what else there is to say stays between its holder and the issuer."""

        MISTAKE = "mistake", _("it was issued by mistake")
        NOT_MET = "not-met", _("a requirement turned out not to be met")
        HOLDER = "holder", _("its holder asked for it")
        OTHER = "other", pgettext_lazy("why a certificate was revoked", "another reason")

    version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="certificates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="certificates")
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="certificates")
    # That of its line in the register
    number = models.PositiveIntegerField(unique=True)
    # Random: who knows it has the certificate before her
    code = models.CharField(max_length=12, unique=True)
    # {"kk": {"name": …, "programme": …, …}, "ru": …, "en": …}; empty once it is erased
    snapshot = models.JSONField()
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.VALID, editable=False)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=10, choices=Ground, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    pdf = models.FileField(upload_to=pdf_path, blank=True)
    erased_at = models.DateTimeField(null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["user", "version"], condition=Q(state="valid"), name="certificate_live_once"),
            models.CheckConstraint(
                condition=~Q(state="revoked") | (~Q(reason="") & ~Q(ground="")), name="certificate_revoked_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("certificates", self.pk)

    @property
    def address(self) -> str:
        """The public one, without a language: whoever scans it reads her own."""
        return f"/certificates/{self.code}/"


class RegisterLine(models.Model):
    """One deed of the issuer, chained to the one before: `manage.py check_leaders` walks the chain."""

    class Kind(models.TextChoices):
        ISSUED = "issued", pgettext_lazy("a certificate", "issued")
        REVOKED = "revoked", pgettext_lazy("a certificate", "revoked")
        REPLACED = "replaced", pgettext_lazy("a certificate", "replaced")

    register = models.ForeignKey(Register, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="lines")
    digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = RegisterLineQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="register_line_once"),
            models.UniqueConstraint(fields=["certificate", "kind"], name="register_deed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}"


class IssueRun(models.Model):
    """Certificates for a whole cohort, one after another; whoever was killed is followed by another worker."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a task", "waiting")
        RUNNING = "running", pgettext_lazy("a task", "under way")
        DONE = "done", pgettext_lazy("a task", "done")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="issue_runs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, editable=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    # The enrolment up to which it has come
    reached = models.PositiveBigIntegerField(default=0, editable=False)
    # Of those who were given none: {"enrolment": …, "why": "missing", "missing": [codes of requirements]}; or why "revoked", "state"
    refused = models.JSONField(default=list)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects = IssueRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["cohort"], condition=~Q(state="done"), name="issue_run_once")]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.done}/{self.total}"

    @property
    def ref(self) -> Ref:
        return Ref("issue_runs", self.pk)
