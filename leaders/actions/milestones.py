"""Steps of a change project: what was done, the evidence, and the mentor's word."""

from datetime import date
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.actions import record
from portal.files import remove_file, store
from portal.models import File, User
from portal.notices import tell

from ..models import ChangeProject, Evidence, Milestone, MilestoneDecision
from ..moves import move
from .projects import NotReady, hold_project

EVIDENCE_AT_MOST = 10
OPEN = (Milestone.State.PLANNED, Milestone.State.RETURNED)


class NothingToShow(Exception):
    """Neither words nor evidence."""


class FacesUnsaid(Exception):
    """Of some evidence it is not said whether pupils can be recognised in it."""


class TooMuchEvidence(Exception):
    pass


class ReasonWanted(Exception):
    """Who returns something says why."""


def hold_open(user: User, milestone: Milestone) -> Milestone:
    """Hers, and neither with the mentor nor accepted."""
    hold_project(user, milestone.project)
    milestone = Milestone.objects.select_related("project__enrolment__user").get(pk=milestone.pk)
    if milestone.state not in OPEN:
        raise PermissionDenied
    return milestone


@transaction.atomic
def put_milestone(
    user: User, project: ChangeProject, milestone: Milestone | None = None, *, title: str, text: str = "", due_on: date | None = None
) -> Milestone:
    """A second press finds the one that the first has added."""
    if milestone:
        milestone = hold_open(user, milestone)
    else:
        added = hold_project(user, project).milestones.order_by("-position")
        if same := added.filter(requirement=None, title=title, text=text, due_on=due_on).first():
            return same
        last = added.first()
        milestone = Milestone(project=project, position=last.position + 1 if last else 0)
    milestone.title, milestone.text, milestone.due_on, milestone.changed_at = title, text, due_on, timezone.now()
    milestone.save()
    return milestone


@transaction.atomic
def drop_milestone(user: User, milestone: Milestone) -> None:
    """One of her own that was never sent; what the programme asks for stays."""
    milestone = hold_open(user, milestone)
    if milestone.requirement_id or milestone.decisions.exists():
        raise PermissionDenied
    for row in milestone.evidence.select_related("file"):
        erase(row)
    record(user, "drop milestone", milestone.project.ref, before={"title": milestone.title})
    milestone.delete()


@transaction.atomic
def submit_milestone(user: User, milestone: Milestone) -> None:
    milestone = hold_open(user, milestone)
    if milestone.project.state != ChangeProject.State.RUNNING:
        raise NotReady(["begin"])
    if not milestone.text.strip() and not milestone.evidence.exists():
        raise NothingToShow
    if milestone.evidence.filter(faces="").exists():
        raise FacesUnsaid
    move(milestone, Milestone.State.SUBMITTED, actor=user, changed_at=timezone.now())
    mentors = User.objects.filter(mentees__enrolment=milestone.project.enrolment_id, mentees__until=None)
    tell(mentors, "milestone-submitted", milestone.ref, actor=user, data=named(milestone))


@transaction.atomic
def take_milestone_back(user: User, milestone: Milestone) -> None:
    hold_project(user, milestone.project)
    move(milestone, Milestone.State.PLANNED, actor=user, changed_at=timezone.now())


@transaction.atomic
def decide_milestone(actor: User, milestone: Milestone, *, accepted: bool, reason: str = "") -> None:
    """What was accepted by mistake may still be returned, with a reason like everything that is returned."""
    if not Milestone.objects.decidable_by(actor).filter(pk=milestone.pk).exists():
        raise PermissionDenied
    if not accepted and not reason.strip():
        raise ReasonWanted
    to = Milestone.State.ACCEPTED if accepted else Milestone.State.RETURNED
    move(milestone, to, actor=actor, reason=reason, changed_at=timezone.now())
    MilestoneDecision.objects.create(milestone=milestone, by=actor, accepted=accepted, reason=reason)
    told = named(milestone) | {"accepted": accepted}
    tell([milestone.project.enrolment.user], "milestone-decided", milestone.ref, actor=actor, data=told)


def named(milestone: Milestone) -> dict:
    return {"title": milestone.title, "language": milestone.project.language}


# Evidence


@transaction.atomic
def add_evidence(user: User, milestone: Milestone, source: BinaryIO, *, name: str, faces: str, caption: str = "") -> Evidence:
    """Who adds a file says whether pupils can be recognised in it; a second press finds what the first has added.

    Raise FileRefused.
    """
    milestone = hold_for_more(user, milestone)
    file = store(source, name=name, user=user)
    if known := milestone.evidence.filter(file__hash=file.hash).first():
        remove_file(file)
        return known
    return milestone.evidence.create(file=file, caption=caption, faces=faces)


@transaction.atomic
def take_evidence(user: User, milestone: Milestone, file: File) -> Evidence:
    """One that has come in pieces: hers alone until she has said what is seen in it."""
    return hold_for_more(user, milestone).evidence.create(file=file)


def hold_for_more(user: User, milestone: Milestone) -> Milestone:
    milestone = hold_open(user, milestone)
    if milestone.evidence.count() >= EVIDENCE_AT_MOST:
        raise TooMuchEvidence
    return milestone


@transaction.atomic
def describe_evidence(user: User, evidence: Evidence, *, faces: str, caption: str = "") -> None:
    hold_open(user, evidence.milestone)
    Evidence.objects.filter(pk=evidence.pk).update(faces=faces, caption=caption)


@transaction.atomic
def drop_evidence(user: User, evidence: Evidence) -> None:
    hold_open(user, evidence.milestone)
    erase(evidence)


def erase(evidence: Evidence) -> None:
    file = evidence.file
    evidence.delete()
    remove_file(file)
