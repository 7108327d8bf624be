"""Builders of assignments and of what is handed in."""

from datetime import timedelta

from django.utils import timezone

from portal.models import User

from .. import actions
from ..models import Assessment, Assignment, Cohort, Enrolment, Submission

TEXT = "Мектебіңізде нені өзгертпек екеніңізді бір бетте жазыңыз."
WORK = "Оқушыларым тапсырманы талқылап, өз шешімін өзі түсіндіре бастады."


def make_assignment(cohort: Cohort, code: str = "report", *, state: str = "published", **fields) -> Assignment:
    """For the requirement of that code, where the version has one."""
    requirement = cohort.version.requirements.filter(code=code).first()
    asked = {"title": "Рефлексиялық есеп", "text": TEXT, "due_at": timezone.now() + timedelta(days=14), "max_points": 10, "pass_points": 6}
    assignment = actions.put_assignment(None, cohort, requirement=requirement, **(asked | fields))
    if state != Assignment.State.DRAFT:
        actions.move_assignment(None, assignment, Assignment.State.PUBLISHED)
    if state == Assignment.State.CLOSED:
        actions.move_assignment(None, assignment, state)
    return assignment


def make_submission(enrolment: Enrolment, assignment: Assignment, *, text: str = WORK, state: str = "handed-in") -> Submission:
    submission = actions.save_submission(enrolment.user, assignment, text=text)
    if state == Submission.State.HANDED_IN:
        actions.hand_in(enrolment.user, submission)
    return submission


def make_assessment(actor: User, submission: Submission, *, points: int = 8, feedback: str = "Жақсы!", released: bool = True) -> Assessment:
    assessment = actions.save_assessment(actor, submission, points=points, feedback=feedback)
    if released:
        actions.release(actor, assessment)
        submission.refresh_from_db()
    return assessment
