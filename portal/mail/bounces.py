"""What comes back: refusals of a mail server, at once or as a delivery report (RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from django.db import transaction

from ..models import Bounce, Letter

# The class, the subject and the detail of what happened: 5.1.1
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
PERMANENT, UNKNOWN = "5", "5.0.0"
FAILED = "failed"


@dataclass(frozen=True)
class Failure:
    address: str
    status: str

    @property
    def permanent(self) -> bool:
        return self.status.startswith(PERMANENT)


def refused(letter: Letter, answer: bytes | str) -> None:
    """The server of the reader said so while the letter was being sent."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    found = STATUS.search(text)
    put_bounce(letter, Failure(letter.address, found[0] if found and found[1] == PERMANENT else UNKNOWN))


def take_report(raw: bytes) -> list[Bounce]:
    """A report counts when it names one of our letters, by an identity that only its receiver knows, and the address it went to."""
    report = message_from_bytes(raw, policy=policy.default)
    if report.get_content_type() != "multipart/report" or report.get_param("report-type") != "delivery-status":
        return []
    letter = Letter.objects.filter(message_id=returned_id(report)).first()
    if not letter:
        return []
    return [put_bounce(letter, failure) for failure in failures(report) if same_address(failure.address, letter.address)]


def returned_id(report: EmailMessage) -> str:
    """The letter itself comes back, or its head alone."""
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            return str(part.get_content().get("Message-ID", "")).strip()
        if part.get_content_type() == "text/rfc822-headers":
            return str(message_from_bytes(part.get_payload(decode=True), policy=policy.default).get("Message-ID", "")).strip()
    return ""


def failures(report: EmailMessage) -> Iterator[Failure]:
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            for group in part.get_payload():
                if failure := failure_of(group):
                    yield failure


def failure_of(group) -> Failure | None:
    """One group of fields a recipient; the first speaks of the report as a whole. A delayed letter is still on its way: it only counts."""
    action, found = str(group.get("Action", "")).strip().lower(), STATUS.search(str(group.get("Status", "")))
    address = str(group.get("Original-Recipient") or group.get("Final-Recipient") or "")
    if action not in (FAILED, "delayed") or not found or not address:
        return None
    status = found[0] if action == FAILED or found[1] != PERMANENT else f"4{found[0][1:]}"
    return Failure(address.rpartition(";")[2].strip(), status)


def same_address(one: str, other: str) -> bool:
    return plain_address(one) == plain_address(other)


def plain_address(text: str) -> str:
    """Lower case, the domain as mail servers write it."""
    name, _at, domain = parseaddr(text)[1].lower().rpartition("@")
    try:
        return f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return f"{name}@{domain}"


@transaction.atomic
def put_bounce(letter: Letter, failure: Failure) -> Bounce:
    """The same report twice counts once."""
    told = {"address_key": letter.address.lower(), "permanent": failure.permanent}
    return Bounce.objects.get_or_create(letter=letter, status=failure.status, defaults=told)[0]
