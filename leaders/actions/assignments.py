"""What participants are asked to do, what they hand in, and what is said to it."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.actions import record
from portal.files import remove_file, store
from portal.models import File, User
from portal.notices import tell
from portal.text import render

from ..models import (
    Assessment,
    Assignment,
    Cohort,
    Criterion,
    Enrolment,
    Extension,
    ExternalResult,
    Requirement,
    Submission,
    SubmissionFile,
)
from ..moves import move
from ..querysets.assignments import READERS
from ..querysets.roles import EXAMINER, MANAGER, TRAINER
from .holding import hold

FILES_AT_MOST = 10
STUDYING = (Enrolment.State.ENROLLED, Enrolment.State.ACTIVE)


class NothingToHandIn(Exception):
    """Neither a word nor a file."""


class TooManyFiles(Exception):
    pass


class IsBeingRead(Exception):
    """Somebody has begun to assess it."""


class WorkWasHandedIn(Exception):
    """By what it is measured stays as it was when people worked on it."""


# What is asked


@transaction.atomic
def put_assignment(actor: User | None, cohort: Cohort, assignment: Assignment | None = None, **fields) -> Assignment:
    """A new one, or another wording of one that stands already. A second press finds the one that the first has added."""
    hold(cohort)
    if actor and not Cohort.objects.taught_by(actor).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    alike = {name: fields.get(name) for name in ("requirement", "title", "text", "due_at")}
    if not assignment and (same := cohort.assignments.filter(**alike, state=Assignment.State.DRAFT).first()):
        return same
    assignment = assignment or Assignment(cohort=cohort)
    if assignment.pk and measure_changes(assignment, fields) and assignment.submissions.exclude(state="draft").exists():
        raise WorkWasHandedIn
    for name, value in fields.items():
        setattr(assignment, name, value)
    if assignment.rubric:
        assignment.max_points = sum(assignment.rubric.criteria.values_list("max_points", flat=True))
    assignment.html = render(assignment.text)
    is_new = not assignment.pk
    assignment.save()
    record(actor, "add assignment" if is_new else "change assignment", assignment.ref, after={"due_at": assignment.due_at.isoformat()})
    return assignment


def measure_changes(assignment: Assignment, fields: dict) -> bool:
    return any(getattr(assignment, name) != fields.get(name, getattr(assignment, name)) for name in Assignment.MEASURE)


def permit(actor: User | None, cohort: Cohort, *roles: str) -> None:
    """Without an actor it is the portal itself: the demo, a command."""
    if actor and not Cohort.objects.with_team_role(actor, *roles).filter(pk=cohort.pk).exists():
        raise PermissionDenied


@transaction.atomic
def move_assignment(actor: User | None, assignment: Assignment, to: str) -> None:
    """Who studies in the cohort is told when something new is asked."""
    permit(actor, assignment.cohort, MANAGER, TRAINER)
    is_new = assignment.state == Assignment.State.DRAFT
    if to == Assignment.State.DRAFT and assignment.submissions.exists():
        raise WorkWasHandedIn
    move(assignment, to, actor=actor)
    if is_new and assignment.cohort.state != Cohort.State.CANCELLED:
        people = User.objects.filter(enrolments__cohort=assignment.cohort, enrolments__state__in=STUDYING)
        tell(people, "assignment-published", assignment.ref, actor=actor, data=named(assignment))


def named(assignment: Assignment) -> dict:
    return {"title": assignment.title, "language": assignment.language, "due_at": assignment.due_at.isoformat()}


@transaction.atomic
def extend(actor: User, assignment: Assignment, enrolment: Enrolment, *, due_at: datetime, reason: str = "") -> Extension:
    permit(actor, assignment.cohort, MANAGER, TRAINER)
    if enrolment.cohort_id != assignment.cohort_id:
        raise PermissionDenied
    given = {"due_at": due_at, "reason": reason, "by": actor}
    extension, _is_new = Extension.objects.update_or_create(assignment=assignment, enrolment=enrolment, defaults=given)
    record(actor, "extend assignment", assignment.ref, after={"enrolment": enrolment.pk, "due_at": due_at.isoformat()}, reason=reason)
    tell([enrolment.user], "assignment-extended", assignment.ref, actor=actor, data=named(assignment) | {"due_at": due_at.isoformat()})
    return extension


# What is handed in


@transaction.atomic
def save_submission(user: User, assignment: Assignment, *, text: str, key: uuid.UUID | None = None) -> Submission:
    """Kept for her alone until it is handed in. After a version that was returned comes the next one; a form that was sent
    already finds what it has become."""
    enrolment = hold_own(user, assignment)
    mine = Submission.objects.filter(assignment=assignment, enrolment=enrolment)
    if key and (sent := mine.filter(key=key).exclude(state="draft").first()):
        return sent
    submission = mine.filter(state="draft").first() or next_version(assignment, enrolment, mine, key)
    submission.text, submission.html, submission.changed_at = text, render(text), timezone.now()
    submission.save(update_fields=["text", "html", "changed_at"])
    return submission


def hold_own(user: User, assignment: Assignment) -> Enrolment:
    """Her seat; of two requests for it the second one waits."""
    seats = Enrolment.objects.filter(cohort=assignment.cohort_id, user=user, state=Enrolment.State.ACTIVE)
    if not seats.update(changed_at=F("changed_at")) or not is_open(assignment):
        raise PermissionDenied
    return seats.get()


def is_open(assignment: Assignment) -> bool:
    asked = Assignment.objects.filter(pk=assignment.pk, state=Assignment.State.PUBLISHED).first()
    return bool(asked) and (not asked.opens_at or asked.opens_at <= timezone.now())


def next_version(assignment: Assignment, enrolment: Enrolment, mine, key: uuid.UUID | None) -> Submission:
    """Nothing more is handed in while a version is being read, or once one was accepted."""
    last = mine.order_by("-version").first()
    if last and last.state != Submission.State.RETURNED:
        raise PermissionDenied
    version = last.version + 1 if last else 1
    return Submission.objects.create(assignment=assignment, enrolment=enrolment, version=version, key=key or uuid.uuid4())


@transaction.atomic
def attach_work(user: User, assignment: Assignment, source: BinaryIO, *, name: str) -> SubmissionFile:
    """To the draft, which it begins where there is none. Raise FileRefused."""
    submission = draft_of(user, assignment)
    return put_file(submission, store(source, name=name, user=user))


@transaction.atomic
def take_work(user: User, assignment: Assignment, file: File) -> SubmissionFile:
    """A file that has come in pieces."""
    return put_file(draft_of(user, assignment), file)


def draft_of(user: User, assignment: Assignment) -> Submission:
    enrolment = hold_own(user, assignment)
    mine = Submission.objects.filter(assignment=assignment, enrolment=enrolment)
    return mine.filter(state="draft").first() or next_version(assignment, enrolment, mine, None)


def put_file(submission: Submission, file: File) -> SubmissionFile:
    number = submission.files.count()
    if number >= FILES_AT_MOST:
        raise TooManyFiles
    return SubmissionFile.objects.create(submission=submission, file=file, position=number)


@transaction.atomic
def drop_work_file(user: User, row: SubmissionFile) -> None:
    if not SubmissionFile.objects.editable_by(user).filter(pk=row.pk).exists():
        raise PermissionDenied
    file = row.file
    row.delete()
    remove_file(file)


@transaction.atomic
def hand_in(user: User, submission: Submission) -> None:
    """After the day it was due too, as long as the assignment is not closed; that it came late is seen by its date."""
    hold_own(user, submission.assignment)
    if not Submission.objects.editable_by(user).filter(pk=submission.pk).exists():
        raise PermissionDenied
    if not submission.text.strip() and not submission.files.exists():
        raise NothingToHandIn
    move(submission, Submission.State.HANDED_IN, actor=user, handed_in_at=timezone.now())


@transaction.atomic
def take_back_submission(user: User, submission: Submission) -> None:
    """As long as nobody has begun to assess it."""
    hold_own(user, submission.assignment)
    hold_submission(submission)
    if submission.enrolment.user_id != user.pk:
        raise PermissionDenied
    if Assessment.objects.filter(submission=submission).exists():
        raise IsBeingRead
    move(submission, Submission.State.DRAFT, actor=user)


# What is said to it


@transaction.atomic
def save_assessment(
    actor: User, submission: Submission, *, feedback: str, points: int | None = None, scores: Mapping[int, int] | None = None
) -> Assessment:
    """Seen by nobody but its writer and the managers until it is released. `scores` are points by criterion; their sum is the result.
    A manager may go on with what another has begun."""
    permit(actor, submission.assignment.cohort, *READERS)
    hold_submission(submission)
    if not Submission.objects.assessable_by(actor).filter(pk=submission.pk).exists():
        raise PermissionDenied
    assessment, is_new = Assessment.objects.get_or_create(submission=submission, defaults={"by": actor})
    if not is_new and assessment.by_id not in (actor.pk, None):
        permit(actor, submission.assignment.cohort, MANAGER)
    if scores is not None:
        points = put_scores(assessment, scores)
    changed = {"by": actor, "points": points, "feedback": feedback, "html": render(feedback), "changed_at": timezone.now()}
    for name, value in changed.items():
        setattr(assessment, name, value)
    assessment.save(update_fields=changed)
    return assessment


def hold_submission(submission: Submission) -> None:
    """Whoever takes it back and whoever begins to assess it at the same moment wait for each other."""
    Submission.objects.filter(pk=submission.pk).update(changed_at=F("changed_at"))


def put_scores(assessment: Assessment, scores: Mapping[int, int]) -> int | None:
    """The sum, once every criterion has its points."""
    assessment.scores.all().delete()
    criteria = Criterion.objects.filter(rubric=assessment.submission.assignment.rubric_id).in_bulk()
    for pk, points in scores.items():
        assessment.scores.create(criterion=criteria[pk], points=points)
    return sum(scores.values()) if set(scores) == set(criteria) else None


@transaction.atomic
def release(actor: User, assessment: Assessment) -> None:
    """The participant reads it from now on. Enough points accept the work; fewer return it for another version."""
    submission = Submission.objects.select_related("assignment__cohort", "enrolment__user").get(pk=assessment.submission_id)
    assignment = submission.assignment
    permit(actor, assignment.cohort, *READERS)
    if assessment.by_id != actor.pk or assessment.points is None:
        raise PermissionDenied
    move(assessment, Assessment.State.RELEASED, actor=actor, released_at=timezone.now())
    is_enough = assessment.points >= assignment.pass_points
    move(submission, Submission.State.ACCEPTED if is_enough else Submission.State.RETURNED, actor=actor)
    told = {"title": assignment.title, "language": assignment.language, "accepted": is_enough, "address": submission.address}
    tell([submission.enrolment.user], "feedback-released", submission.ref, actor=actor, data=told)


@transaction.atomic
def put_external_result(
    actor: User, enrolment: Enrolment, requirement: Requirement, *, passed: bool, points: int, assessor: str, assessed_on: date
) -> ExternalResult:
    """A later one takes the place of an earlier one; the act keeps what stood before."""
    permit(actor, enrolment.cohort, MANAGER, EXAMINER)
    before = ExternalResult.objects.filter(enrolment=enrolment, requirement=requirement).values("passed", "points", "assessor").first()
    said = {"passed": passed, "points": points, "assessor": assessor}
    result, _is_new = ExternalResult.objects.update_or_create(
        enrolment=enrolment, requirement=requirement, defaults={**said, "assessed_on": assessed_on, "by": actor, "at": timezone.now()}
    )
    record(actor, "put external result", enrolment.ref, before=before or {}, after={**said, "requirement": requirement.code})
    return result
