"""What readers report, what is decided, and what the owner answers."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from .. import seams
from ..models import Case, Complaint, Region, Role, User
from ..notices import tell
from ..querysets.complaints import in_scopes
from ..refs import Ref
from ..reporting import Thing, find_thing
from .acts import record

# (is it an appeal, is it upheld)
VERBS = {
    (False, True): "uphold complaints",
    (False, False): "dismiss complaints",
    (True, True): "uphold appeal",
    (True, False): "dismiss appeal",
}
CARETAKERS = (Role.Name.ADMINISTRATOR, Role.Name.REVIEWER)


@transaction.atomic
def complain(user: User, ref: Ref, *, reason: str, text: str = "") -> Complaint:
    """What several people say of one thing is decided at once; a second press adds nothing."""
    case = hold_open_case(thing_before(user, ref))
    complaint, made = Complaint.objects.get_or_create(case=case, by=user, defaults={"reason": reason, "text": text})
    if made:
        record(user, "complain", ref, after={"complaint": complaint.pk, "reason": reason})
    return complaint


def thing_before(user: User, ref: Ref) -> Thing:
    thing = find_thing(user, ref)
    if not thing:
        raise PermissionDenied
    return thing


def open_case(thing: Thing) -> Case:
    told = {
        "title": (thing.case_title or thing.title)[:250],
        "language": thing.language,
        "owner": thing.owner,
        "region": region_of(thing.owner),
    }
    unique = {"source": thing.ref.source, "object_id": thing.ref.id, "state": Case.State.OPEN, "appeal_of": None}
    return Case.objects.get_or_create(**unique, defaults=told)[0]


def hold_open_case(thing: Thing) -> Case:
    """Nobody decides it before this transaction ends; one that was decided at this very moment is not it any more."""
    case = open_case(thing)
    return case if Case.objects.open().filter(pk=case.pk).update(title=case.title) else hold_open_case(thing)


def region_of(owner: User | None) -> Region | None:
    return owner.main_position.school.region if owner and owner.main_position else None


@transaction.atomic
def decide_case(actor: User, case: Case, *, decision: str, note: str = "") -> bool:
    """Once for all who complained, or for the owner who appealed. False when somebody else was faster."""
    upheld = decision in case.upholding()
    if not Case.objects.visible_to(actor).filter(pk=case.pk).exists() or (not upheld and belongs_to_others(actor, case)):
        raise PermissionDenied
    # Held before it is dated: a report that came first belongs to it, and is the older one.
    held = Case.objects.open().select_for_update().filter(pk=case.pk).first()
    if not held:
        return False
    state = Case.State.UPHELD if upheld else Case.State.DISMISSED
    decided = {"decided_by": actor, "decided_at": timezone.now(), "decision": decision, "note": note}
    Case.objects.filter(pk=held.pk).update(state=state, **decided)
    case.refresh_from_db()
    if upheld:
        carry_out(actor, case)
    record(actor, VERBS[case.is_appeal, upheld], case.ref, after={"case": case.pk, "decision": decision}, reason=note)
    tell_both_sides(actor, case)
    return True


def belongs_to_others(actor: User, case: Case) -> bool:
    """Nobody confirms her own decision against an appeal, as long as there is anybody else to look at it."""
    if not case.is_appeal or case.appeal_of.decided_by_id != actor.pk:
        return False
    roles = Role.objects.current().filter(name__in=CARETAKERS, user__is_active=True)
    others = roles.exclude(user__in=[actor.pk, case.owner_id or 0]).values_list("scope", flat=True)
    return Case.objects.filter(in_scopes(list(others)), pk=case.pk).exists()


def carry_out(actor: User, case: Case) -> None:
    known = seams.reportables.get(case.source)
    if not known:
        return
    if case.is_appeal and known.put_back:
        lift(actor, case.appeal_of)
    elif not case.is_appeal and known.take_down:
        known.take_down(actor, case.object_id, case.note)


def tell_both_sides(actor: User, case: Case) -> None:
    data = {"source": case.source, "title": case.title, "decision": case.decision, "state": case.state}
    if case.is_appeal:
        tell([case.owner], "appeal-decided", Ref("cases", case.appeal_of_id), actor=actor, data=data)
        return
    complainants = User.objects.filter(complaints__case=case)
    tell(complainants, "complaint-decided", Ref("cases", case.pk), actor=actor, data=data)
    known = seams.reportables.get(case.source)
    if case.state == Case.State.UPHELD and known and known.take_down:
        tell([case.owner], "taken-down", Ref("cases", case.pk), actor=actor, data=data)


@transaction.atomic
def take_down(actor: User, ref: Ref, *, decision: str = Case.Decision.RULES, note: str) -> Case:
    """What those responsible find by themselves takes the same way as what was reported. What is down already stays so, once."""
    if taken := standing_decision(ref):
        return taken
    case = open_case(thing_before(actor, ref))
    decide_case(actor, case, decision=decision, note=note)
    return case


def standing_decision(ref: Ref) -> Case | None:
    return Case.objects.standing().about(ref).last()


@transaction.atomic
def put_back(actor: User, ref: Ref) -> None:
    """Those responsible have thought better of it; the appeal that waits is granted by it."""
    taken = standing_decision(ref)
    if not taken:
        return
    asked = Case.objects.open().filter(appeal_of=taken).first()
    if asked:
        decide_case(actor, asked, decision=Case.Decision.OUR_MISTAKE)
    elif not Case.objects.visible_to(actor).filter(pk=taken.pk).exists():
        raise PermissionDenied
    else:
        lift(actor, taken)
        tell([taken.owner], "put-back", Ref("cases", taken.pk), actor=actor, data={"source": taken.source, "title": taken.title})


def lift(actor: User, case: Case) -> None:
    case.lifted_at = timezone.now()
    case.save(update_fields=["lifted_at"])
    seams.reportables[case.source].put_back(actor, case.object_id)


@transaction.atomic
def appeal(user: User, case: Case, *, text: str) -> Case:
    """The owner answers once, within the time that the decision names."""
    if not Case.objects.told_to(user).filter(pk=case.pk).exists() or not case.can_be_appealed:
        raise PermissionDenied
    asked, made = Case.objects.get_or_create(appeal_of=case, defaults=copied(case) | {"appeal_text": text})
    if made:
        record(user, "appeal", case.ref, after={"case": asked.pk}, reason=text)
    return asked


def copied(case: Case) -> dict:
    return {name: getattr(case, name) for name in ("source", "object_id", "title", "language", "region", "owner")}
