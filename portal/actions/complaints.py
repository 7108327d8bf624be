"""What readers report, and what is decided."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ..models import Complaint, User
from ..refs import Ref
from .acts import record


@transaction.atomic
def complain(user: User, ref: Ref, *, reason: str, text: str = "") -> Complaint:
    """One open complaint a person and thing: a second press adds nothing."""
    complaint, made = Complaint.objects.get_or_create(
        by=user,
        source=ref.source,
        object_id=ref.id,
        state=Complaint.State.OPEN,
        defaults={"reason": reason, "text": text},
    )
    if made:
        record(user, "complain", ref, after={"complaint": complaint.pk, "reason": reason})
    return complaint


@transaction.atomic
def decide_complaints(actor: User, ref: Ref, *, upheld: bool, note: str = "") -> int:
    """Close every open complaint about one thing at once; returns how many there were."""
    if not actor.is_caretaker:
        raise PermissionDenied
    state = Complaint.State.UPHELD if upheld else Complaint.State.DISMISSED
    closed = Complaint.objects.open().filter(source=ref.source, object_id=ref.id)
    number = closed.update(state=state, decided_by=actor, decided_at=timezone.now(), note=note)
    if number:
        record(actor, "decide complaints", ref, after={"upheld": upheld, "number": number}, reason=note)
    return number
