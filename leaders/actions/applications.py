"""Applying to a cohort."""

from collections.abc import Iterable
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from portal.files import remove_file, store
from portal.models import File, User
from portal.notices import tell

from ..models import Answer, Application, ApplicationFile, Cohort, CohortRole, Endorsement, Question, Review
from ..moves import NotAllowed, may_move, move, move_all
from ..notices.named import named
from .holding import hold
from .team import ConflictOfInterest

FILES_AT_MOST = 5
TOO_MANY = ngettext_lazy("At most %(number)s file belongs to this question.", "At most %(number)s files belong to this question.", "number")


class NotOpen(Exception):
    """Applications are not taken now."""


class Unfinished(Exception):
    """What she has to do before she can send it: questions without an answer, and whether the head has not been asked."""

    def __init__(self, questions: list[Question], *, unasked: bool) -> None:
        super().__init__(len(questions), unasked)
        self.questions, self.unasked = questions, unasked


@transaction.atomic
def start_application(user: User, cohort: Cohort) -> Application:
    """A second press finds the draft that is there."""
    cohort = hold(cohort)
    permit_open(cohort)
    if CohortRole.objects.current().filter(cohort=cohort, user=user).exists():
        raise ConflictOfInterest
    live = Application.objects.live().filter(cohort=cohort, user=user).first()
    return live or Application.objects.create(cohort=cohort, user=user, language=user.interface_language)


@transaction.atomic
def save_answers(user: User, application: Application, answers: dict[int, str], *, language: str = "") -> None:
    """What she has written so far, by question; those that are not among them stay."""
    touch_draft(user, application)
    rows = [Answer(application=application, question_id=question, text=text) for question, text in answers.items()]
    Answer.objects.bulk_create(rows, update_conflicts=True, unique_fields=["application", "question"], update_fields=["text"])
    if language:
        Application.objects.filter(pk=application.pk).update(language=language)


@transaction.atomic
def attach_file(user: User, application: Application, question: Question, source: BinaryIO, *, name: str) -> ApplicationFile:
    """Raise ValidationError for a file that is not taken, or one too many."""
    permit_another_file(user, application, question)
    return ApplicationFile.objects.create(application=application, question=question, file=store(source, name=name, user=user))


@transaction.atomic
def take_file(user: User, application: Application, question: Question, file: File) -> ApplicationFile:
    """One that has come in pieces."""
    permit_another_file(user, application, question)
    return ApplicationFile.objects.create(application=application, question=question, file=file)


def permit_another_file(user: User, application: Application, question: Question) -> None:
    touch_draft(user, application)
    if application.files.filter(question=question).count() >= FILES_AT_MOST:
        raise ValidationError(TOO_MANY % {"number": FILES_AT_MOST})


@transaction.atomic
def drop_file(user: User, row: ApplicationFile) -> None:
    touch_draft(user, row.application)
    file = row.file
    row.delete()
    remove_file(file)


def touch_draft(user: User, application: Application) -> None:
    """The first statement: who sends it at the same moment waits, and what comes after that changes nothing any more."""
    permit_open(application.cohort)
    if not Application.objects.editable_by(user).filter(pk=application.pk).update(changed_at=timezone.now()):
        raise PermissionDenied


@transaction.atomic
def submit_application(user: User, application: Application) -> Application:
    """With the place she works at today; pressing it says that she agrees."""
    cohort = hold(application.cohort)
    permit_open(cohort)
    application = Application.objects.get(pk=application.pk)
    if not Application.objects.editable_by(user).filter(pk=application.pk).exists():
        raise PermissionDenied
    permit_whole(application)
    now, position = timezone.now(), user.main_position
    school = position and position.school
    move(
        application,
        Application.State.SUBMITTED,
        actor=user,
        submitted_at=now,
        changed_at=now,
        consent_at=now,
        consent_version=settings.TERMS_VERSION,
        school=school,
        region=school and school.region,
        post=position.role if position else "",
    )
    tell(cohort.managers(), "application-submitted", cohort.ref, actor=user, data=named(cohort))
    return application


def permit_whole(application: Application) -> None:
    missing = missing_from(application)
    if any(missing.values()):
        raise Unfinished(missing["questions"], unasked=missing["unasked"])


def missing_from(application: Application) -> dict:
    """Required questions without an answer, and whether a head has still to be asked."""
    asked = Endorsement.objects.live().filter(application=application).exists()
    return {"questions": unanswered(application), "unasked": application.cohort.needs_endorsement and not asked}


def unanswered(application: Application) -> list[Question]:
    answered = set(application.answers.exclude(text="").values_list("question", flat=True))
    answered |= set(application.files.values_list("question", flat=True))
    return [question for question in application.cohort.questions.filter(required=True) if question.pk not in answered]


@transaction.atomic
def reopen_application(user: User, application: Application) -> None:
    """Hers alone again, as long as applications are taken; it counts as sent when she sends it anew."""
    permit_open(hold(application.cohort))
    application = own(user, application)
    move(
        application, Application.State.DRAFT, actor=user, submitted_at=None, consent_at=None, consent_version="", changed_at=timezone.now()
    )


@transaction.atomic
def withdraw_application(user: User, application: Application) -> None:
    hold(application.cohort)
    application = own(user, application)
    if not application.is_withdrawable:
        raise NotAllowed(f"{application.ref}: {application.state}")
    end_application(user, application)


def own(user: User, application: Application) -> Application:
    found = Application.objects.filter(pk=application.pk, user=user).select_related("cohort").first()
    if not found:
        raise PermissionDenied
    return found


def end_application(actor: User | None, application: Application) -> None:
    """Nobody is asked to endorse or to read it any more."""
    move(application, Application.State.WITHDRAWN, actor=actor, changed_at=timezone.now())
    move_all(moving(Endorsement.objects.live().filter(application=application), "withdrawn"), "withdrawn", actor=actor)
    move_all(moving(Review.objects.filter(application=application), "withdrawn"), "withdrawn", actor=actor)


def moving(rows: Iterable, to: str) -> list:
    return [row for row in rows if may_move(row, to)]


def permit_open(cohort: Cohort) -> None:
    if not cohort.takes_applications:
        raise NotOpen
