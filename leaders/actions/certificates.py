"""Certificates and the register in which each of them is a line.

Every deed begins with `hold_register`: whoever issues or revokes at the same moment waits, and then sees what was written meanwhile.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from portal.actions import record
from portal.models import User
from portal.tasks import enqueue

from .. import printing
from ..chain import digest_of, hash_of
from ..codes import new_code
from ..evaluate import Outcome, evaluate, left, lost
from ..facts import facts_of
from ..models import Certificate, Cohort, Enrolment, Register, RegisterLine
from ..moves import move
from ..notices.certificates import tell_issued, tell_revoked
from ..requirements import rule_of
from ..snapshots import facts_on, names_on, snapshot_of
from .holding import hold

REGISTER = "certificates"
# Once the course is over: until then everything may be met, and still there is more to come
ISSUING = (Cohort.State.ASSESSMENT, Cohort.State.CLOSED)
STUDIED = (Enrolment.State.ACTIVE, Enrolment.State.COMPLETED)
State, Kind = Certificate.State, RegisterLine.Kind
# What is left of a reason whose words were erased
ERASED = "…"


class NotCompleted(Exception):
    """Something is missing: `codes` of the requirements that are not met."""

    def __init__(self, codes: list[str]):
        super().__init__(codes)
        self.codes = codes


class NotStudying(Exception):
    """She does not study there, or the course of the cohort is not over."""


def hold_register() -> Register:
    """The first statement of whatever writes into it."""
    rows = Register.objects.filter(code=REGISTER)
    if not rows.update(last_line=F("last_line")):
        Register.objects.get_or_create(code=REGISTER)
        rows.update(last_line=F("last_line"))
    return rows.get()


# Issuing


@transaction.atomic
def issue_certificate(actor: User | None, enrolment: Enrolment, now: datetime | None = None) -> Certificate:
    """The one of this person and version, however often it is asked for; it is written only if everything is met at this moment."""
    register, enrolment = hold_register(), with_cohort(enrolment)
    if actor and not Cohort.objects.managed_by(actor).filter(pk=enrolment.cohort_id).exists():
        raise PermissionDenied
    certificate, is_new = issue_held(actor, register, enrolment, now or timezone.now())
    if is_new:
        enqueue(print_later, certificate.pk)
    return certificate


def issue_held(actor: User | None, register: Register, enrolment: Enrolment, now: datetime) -> tuple[Certificate, bool]:
    """The certificate, and whether it was written just now."""
    live = Certificate.objects.valid().filter(user=enrolment.user, version=enrolment.cohort.version_id, user__isnull=False).first()
    if live:
        return live, False
    if not enrolment.user or enrolment.state not in STUDIED or enrolment.cohort.state not in ISSUING:
        raise NotStudying
    outcome = met_now(enrolment, now)
    if enrolment.state == Enrolment.State.ACTIVE:
        hold(enrolment.cohort)
        move(enrolment, Enrolment.State.COMPLETED, actor=actor, changed_at=now)
    return write_certificate(actor, register, enrolment, outcome, names_on(enrolment.user), now), True


def with_cohort(enrolment: Enrolment) -> Enrolment:
    return Enrolment.objects.select_related("user", "cohort__version__programme").get(pk=enrolment.pk)


def met_now(enrolment: Enrolment, now: datetime) -> Outcome:
    rule = rule_of(enrolment.cohort)
    if not rule:
        raise NotCompleted([])
    outcome = evaluate(rule, facts_of([enrolment])[enrolment.pk], now)
    if not outcome.met:
        raise NotCompleted([node.rule.code for node in (*lost(outcome), *left(outcome))])
    return outcome


def write_certificate(
    actor: User | None,
    register: Register,
    enrolment: Enrolment,
    outcome: Outcome,
    names: dict[str, str],
    now: datetime,
    replaces: Certificate | None = None,
) -> Certificate:
    snapshot, facts = snapshot_of(enrolment.cohort, outcome, names), facts_on(enrolment.cohort, outcome, now)
    certificate = Certificate.objects.create(
        version=enrolment.cohort.version,
        user=enrolment.user,
        enrolment=enrolment,
        number=register.last_line + 1,
        code=new_code(),
        snapshot=snapshot,
        facts=facts,
        digest=digest_of(snapshot, facts),
        issued_at=now,
        issued_by=actor,
        replaces=replaces,
    )
    add_line(register, Kind.ISSUED, certificate, now)
    record(actor, "issue certificate", certificate.ref, after={"number": certificate.number, "enrolment": enrolment.pk})
    tell_issued(certificate, actor)
    return certificate


def add_line(register: Register, kind: str, certificate: Certificate, at: datetime) -> RegisterLine:
    number, previous = register.last_line + 1, register.last_hash
    line = RegisterLine.objects.create(
        register=register,
        number=number,
        kind=kind,
        certificate=certificate,
        digest=certificate.digest,
        previous_hash=previous,
        hash=hash_of(previous, number, kind, certificate.code, certificate.digest, at),
        at=at,
    )
    register.last_line, register.last_hash = line.number, line.hash
    register.save(update_fields=["last_line", "last_hash"])
    return line


# What becomes of it


@transaction.atomic
def revoke_certificate(
    actor: User | None, certificate: Certificate, *, ground: str, reason: str, now: datetime | None = None
) -> Certificate:
    """Everybody reads the ground; the reason is for its holder and the issuer."""
    now = now or timezone.now()
    register, certificate = hold_register(), known(certificate)
    permit_ending(actor, certificate)
    if certificate.state == State.REVOKED:
        return certificate
    certificate.ground, certificate.reason = ground, reason
    certificate.save(update_fields=["ground", "reason"])
    move(certificate, State.REVOKED, actor=actor, reason=reason, ended_at=now)
    add_line(register, Kind.REVOKED, certificate, now)
    tell_revoked(certificate, actor)
    return certificate


@transaction.atomic
def replace_certificate(actor: User | None, certificate: Certificate, *, names: dict[str, str], now: datetime | None = None) -> Certificate:
    """By one with another spelling of the name, where everything is still met. Somebody was faster: by the one that she has written."""
    now = now or timezone.now()
    register, certificate = hold_register(), known(certificate)
    permit_ending(actor, certificate)
    if certificate.state == State.REPLACED:
        return certificate.replaced_by
    if not certificate.enrolment or not certificate.user:
        raise NotStudying
    enrolment = with_cohort(certificate.enrolment)
    outcome = met_now(enrolment, now)
    move(certificate, State.REPLACED, actor=actor, ended_at=now)
    add_line(register, Kind.REPLACED, certificate, now)
    made = write_certificate(actor, register, enrolment, outcome, names, now, replaces=certificate)
    enqueue(print_later, made.pk)
    return made


def known(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_related("user", "enrolment", "version__programme").get(pk=certificate.pk)


def permit_ending(actor: User | None, certificate: Certificate) -> None:
    if actor and not Certificate.objects.editable_by(actor).filter(pk=certificate.pk).exists():
        raise PermissionDenied


@transaction.atomic
def erase_certificate(certificate: Certificate) -> None:
    """What it said is forgotten. Its number, its digest and the chain of the register stay: nothing else can be put in its place."""
    same = Certificate.objects.filter(pk=certificate.pk)
    same.exclude(reason="").update(reason=ERASED)
    same.update(snapshot={}, facts={}, pdf="", erased_at=timezone.now())
    if certificate.pdf:
        storage, name = certificate.pdf.storage, certificate.pdf.name
        transaction.on_commit(lambda: storage.delete(name))


# On paper


@task()
def print_later(pk: int) -> None:
    print_certificate(Certificate.objects.get(pk=pk))


def print_certificate(certificate: Certificate) -> None:
    """Once: what was handed out stays as it was, however the sheet may be drawn later."""
    if certificate.pdf or certificate.erased_at:
        return
    certificate.pdf.save("", printing.as_file(certificate), save=False)
    if not Certificate.objects.filter(pk=certificate.pk, pdf="", erased_at=None).update(pdf=certificate.pdf.name):
        certificate.pdf.delete(save=False)
