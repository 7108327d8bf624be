"""What leaders keeps of a person: what she applied for, how she studied, what she has changed, what she was certified."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q

from portal.files import remove_file
from portal.models import File, Notice, User
from portal.my_data import PersonData

from .actions.applications import end_application
from .actions.certificates import erase_certificate
from .actions.reviews import give_to_another
from .actions.seats import withdraw
from .models import (
    Agreement,
    Answer,
    Application,
    ApplicationFile,
    Assessment,
    AttendanceMark,
    Certificate,
    ChangeProject,
    CohortRole,
    Endorsement,
    Enrolment,
    Evidence,
    Extension,
    ExternalResult,
    Indicator,
    Measurement,
    MentorLink,
    MentorMeeting,
    Milestone,
    MilestoneDecision,
    Review,
    Story,
    Submission,
    SubmissionFile,
)
from .moves import may_move, move, move_all

COHORT = "cohort__name_kk"
# Every path from a row to the person whose it is
OWN_FILES = (
    (ApplicationFile, "application__user", "applications"),
    (SubmissionFile, "submission__enrolment__user", "submissions"),
    (Evidence, "milestone__project__enrolment__user", "evidence"),
)


def kept(user: User) -> dict[str, Any]:
    hers = {"enrolment__user": user}
    return {
        "cohort-roles": rows(CohortRole.objects.filter(user=user), COHORT, "name", "since", "until"),
        "applications": rows(Application.objects.filter(user=user), COHORT, "state", "language", "started_at", "submitted_at", "reason"),
        "answers": rows(Answer.objects.filter(application__user=user), "application", "question__name_kk", "text"),
        "endorsements": rows(Endorsement.objects.filter(application__user=user), "application", "head_name", "state", "word", "asked_at"),
        "enrolments": rows(Enrolment.objects.filter(user=user), COHORT, "state", "place", "changed_at", "reason"),
        "attendance": rows(AttendanceMark.objects.filter(**hers), "meeting__title", "meeting__starts_at", "mark", "source", "at"),
        "submissions": rows(Submission.objects.filter(**hers), "assignment__title", "version", "text", "state", "handed_in_at"),
        "feedback": rows(
            Assessment.objects.filter(submission__enrolment__user=user, state=Assessment.State.RELEASED), "submission", "points", "feedback"
        ),
        "external-results": rows(ExternalResult.objects.filter(**hers), "requirement__name_kk", "points", "passed", "assessor"),
        "mentor-meetings": rows(MentorMeeting.objects.filter(**hers), "held_on", "minutes", "notes"),
        "agreements": rows(Agreement.objects.filter(meeting__enrolment__user=user), "meeting", "text", "whose", "due_on", "done_at"),
        "projects": rows(ChangeProject.objects.filter(**hers), "title", "problem", "language", "state", "created_at"),
        "measurements": rows(
            Measurement.objects.filter(indicator__project__enrolment__user=user), "indicator__name", "kind", "value", "source", "on"
        ),
        "milestones": rows(Milestone.objects.filter(project__enrolment__user=user), "title", "text", "due_on", "state"),
        "stories": rows(Story.objects.filter(project__enrolment__user=user), "title", "text", "language", "state"),
        "reviews": rows(Review.objects.filter(reviewer=user), "stage__name_kk", "state", "total", "note", "handed_in_at"),
        "certificates": rows(
            Certificate.objects.filter(user=user), "number", "code", "snapshot", "facts", "state", "issued_at", "ground", "reason"
        ),
    }


def rows(found, *columns: str) -> list[dict]:
    return list(found.order_by("pk").values("pk", *columns))


def files(user: User) -> Iterator[tuple[str, File]]:
    for model, path, folder in OWN_FILES:
        for row in model.objects.filter(**{path: user}).select_related("file").order_by("pk").iterator():
            yield folder, row.file


@transaction.atomic
def forget(user: User, keep: bool) -> None:
    """That somebody applied, studied and was certified stays as a number. What she wrote goes; of her works what she leaves to others:
    a change in a school with its story, and certificates that are in somebody's hands."""
    erase_notices(user)
    leave_cohorts(user)
    erase_application(user)
    erase_course(user)
    if not keep:
        erase_project(user)
        for certificate in Certificate.objects.filter(user=user):
            erase_certificate(certificate)
    Application.objects.filter(user=user).update(user=None)
    Enrolment.objects.filter(user=user).update(user=None)


def erase_notices(user: User) -> None:
    """Those that name her to whom she accompanied, or who accompanied her."""
    links = MentorLink.objects.filter(Q(mentor=user) | Q(enrolment__user=user))
    Notice.objects.filter(kind="mentor-given", source="enrolments", object_id__in=links.values("enrolment")).delete()


def leave_cohorts(user: User) -> None:
    """Whatever is still under way ends; a seat that frees is passed on like any other."""
    for enrolment in Enrolment.objects.live().filter(user=user):
        if may_move(enrolment, Enrolment.State.WITHDRAWN):
            withdraw(user, enrolment)
    for application in Application.objects.live().filter(user=user):
        if may_move(application, Application.State.WITHDRAWN):
            end_application(None, application)
    MentorLink.objects.filter(mentor=user, until=None).delete()
    CohortRole.objects.filter(user=user).delete()
    pass_reviews_on(user)


def pass_reviews_on(user: User) -> None:
    """What she was to read is read by others."""
    unread = list(Review.objects.filter(reviewer=user, state=Review.State.ASSIGNED).select_related("application", "stage__cohort"))
    move_all(unread, Review.State.WITHDRAWN, actor=None)
    give_to_another(None, unread)


def erase_application(user: User) -> None:
    erase_files(ApplicationFile.objects.filter(application__user=user))
    Answer.objects.filter(application__user=user).delete()
    Endorsement.objects.filter(application__user=user).delete()
    Review.objects.filter(application__user=user).update(note="")
    Application.objects.filter(user=user).update(reason="")


def erase_course(user: User) -> None:
    hers = {"enrolment__user": user}
    erase_files(SubmissionFile.objects.filter(submission__enrolment__user=user))
    Submission.objects.filter(**hers).update(text="", html="")
    Assessment.objects.filter(submission__enrolment__user=user).update(feedback="", html="")
    MentorMeeting.objects.filter(**hers).update(notes="", html="")
    Agreement.objects.filter(meeting__enrolment__user=user).delete()
    Extension.objects.filter(**hers).update(reason="")
    Enrolment.objects.filter(user=user).update(reason="")


def erase_project(user: User) -> None:
    milestones = Milestone.objects.filter(project__enrolment__user=user)
    erase_files(Evidence.objects.filter(milestone__in=milestones))
    MilestoneDecision.objects.filter(milestone__in=milestones).exclude(reason="").update(reason="…")
    milestones.update(title="", text="")
    Indicator.objects.filter(project__enrolment__user=user).delete()
    for story in Story.objects.filter(project__enrolment__user=user):
        if may_move(story, Story.State.WITHDRAWN):
            move(story, Story.State.WITHDRAWN, actor=None)
    Story.objects.filter(project__enrolment__user=user).update(title="", text="", html="")
    ChangeProject.objects.filter(enrolment__user=user).update(title="", problem="", html="")


def erase_files(owners) -> None:
    for row in owners.select_related("file"):
        file = row.file
        row.delete()
        remove_file(file)


PERSON_DATA = PersonData("leaders", export=kept, files=files, forget=forget)
