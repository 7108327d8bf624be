"""What can be derived, derived again and compared."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from portal.models import Act

from .actions.scores import share
from .chain import digest_of, hash_of
from .models import Application, Certificate, Register, RegisterLine, StageResult
from .moves import TABLES


class Difference(NamedTuple):
    kind: str
    pk: int
    field: str
    says: object
    has: object


def unexplained_states() -> Iterator[Difference]:
    """Rows that are in another state than the one in which their last act left them, or in which they began."""
    for model, table in TABLES.items():
        acts = Act.objects.filter(
            source=table.source, object_id=OuterRef("pk"), verb__startswith=f"{table.source} ", after__has_key="state"
        )
        last = Subquery(acts.order_by("-pk").annotate(left=KeyTextTransform("state", "after")).values("left")[:1])
        told = Coalesce(Cast(last, CharField()), Value(table.start))
        for pk, says, has in model._base_manager.annotate(told=told).exclude(state=F("told")).values_list("pk", "state", "told"):
            yield Difference(table.source, pk, "state", says, has)


def unexplained_scores() -> Iterator[Difference]:
    """Applications that are ranked by another score than that of the last stage in which they have a result."""
    results = StageResult.objects.select_related("stage").order_by("application", "stage__position")
    last = {result.application_id: share(result.score, result.stage) for result in results.iterator()}
    for pk, score in Application.objects.order_by("pk").values_list("pk", "score").iterator():
        if score != last.get(pk):
            yield Difference("applications", pk, "score", score, last.get(pk))


def broken_lines() -> Iterator[Difference]:
    """Lines of the register that are not what they were when they were written, and certificates that are not what their lines say."""
    for register in Register.objects.all():
        number, previous = 0, ""
        for line in register.lines.select_related("certificate").order_by("number").iterator():
            yield from faults_of(line, number + 1, previous)
            number, previous = line.number, line.hash
        if (register.last_line, register.last_hash) != (number, previous):
            yield Difference("registers", register.pk, "last line", register.last_line, number)
    lines = RegisterLine.objects.filter(certificate=OuterRef("pk"))
    issued, ended = Exists(lines.filter(kind=RegisterLine.Kind.ISSUED)), Exists(lines.filter(kind=F("certificate__state")))
    unwritten = Certificate.objects.filter(~issued | (~Q(state=Certificate.State.VALID) & ~ended))
    for pk, state in unwritten.values_list("pk", "state"):
        yield Difference("certificates", pk, "state", state, "no line of the register")


def faults_of(line: RegisterLine, number: int, previous: str) -> Iterator[Difference]:
    certificate, is_issue = line.certificate, line.kind == RegisterLine.Kind.ISSUED
    said = certificate.digest if certificate.erased_at else digest_of(certificate.snapshot, certificate.facts)
    made = hash_of(line.previous_hash, line.number, line.kind, certificate.code, line.digest, line.at)
    pairs = [
        ("number", line.number, number),
        ("previous hash", line.previous_hash, previous),
        ("hash", line.hash, made),
        ("digest", line.digest, said),
        ("digest of the certificate", line.digest, certificate.digest),
        ("number of the certificate", certificate.number if is_issue else line.number, line.number),
        ("day of the certificate", certificate.issued_at if is_issue else line.at, line.at),
        ("state of the certificate", is_issue or certificate.state, is_issue or line.kind),
    ]
    for field, says, has in pairs:
        if says != has:
            yield Difference("register lines", line.number, field, says, has)
