"""What the people of a cohort do in the demo: they meet, hand in work, talk with mentors, change something in their schools."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.models import User

from .. import actions
from ..models import Assessment, Assignment, ChangeProject, Cohort, Enrolment, Indicator, Meeting, Milestone, Requirement, Submission
from .change import make_mentor_meeting
from .told import Voices, read

EARLIEST, LATEST = 9, 17
A_WEEK = 7


def moment(day: int, hour: int) -> datetime:
    """Days from today, as a clock on the wall shows it."""
    today = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    return (today + timedelta(days=day)).replace(hour=hour)


def put_meeting(manager: User, cohort: Cohort, line: dict, led_by: User, *, shift: int = 0) -> Meeting:
    """Without an hour it is under way, as long as anybody teaches at this hour."""
    hour = line.get("at") or min(max(timezone.localtime().hour, EARLIEST), LATEST)
    begins = moment(line["day"] + shift, hour)
    told = {name: line[name] for name in ("title", "language", "place", "join_url") if name in line}
    ends = begins + timedelta(hours=line["hours"])
    meeting = actions.plan_meeting(manager, cohort, starts_at=begins, ends_at=ends, trainer=led_by, **told)

    if reason := line.get("cancelled"):
        meeting = actions.cancel_meeting(manager, meeting, reason=reason)
    return meeting


def mark(meeting: Meeting, seats: list[Enrolment], missing: dict[int, str]) -> None:
    """Everybody was there but those who are named."""
    marks = {seat.pk: missing.get(number, "present") for number, seat in enumerate(seats)}
    actions.mark_roster(meeting.trainer, meeting, marks, source="paper" if meeting.place else "roster")
    meeting.marks.update(at=meeting.ends_at)


def put_assignment(manager: User, cohort: Cohort, line: dict, *, shift: int = 0) -> Assignment:
    told = {name: line[name] for name in ("title", "text", "max_points", "pass_points")}
    rubric = cohort.version.rubrics.filter(code=line.get("rubric")).first()
    requirement = cohort.version.requirements.get(code=line["code"])
    due_at = moment(line["day"] + shift, 18)
    assignment = actions.put_assignment(manager, cohort, requirement=requirement, rubric=rubric, due_at=due_at, **told)
    if not line.get("draft"):
        actions.move_assignment(manager, assignment, Assignment.State.PUBLISHED)
    return assignment


class Writing:
    """What participants hand in, and what is said to it."""

    def __init__(self):
        told = read("course")
        self.works, self.feedback = Voices(told["works"]), Voices(told["feedback"])

    def work(self, user: User, idea: dict) -> str:
        return self.works.next(user).format(**idea)

    def plan(self, user: User, idea: dict) -> str:
        return read("course")["plans"][user.interface_language].format(**idea)

    def hand_in(self, seat: Enrolment, assignment: Assignment, text: str) -> Submission:
        """In time, some later than others."""
        submission = actions.save_submission(seat.user, assignment, text=text)
        actions.hand_in(seat.user, submission)
        at = min(assignment.due_at, timezone.now()) - timedelta(hours=3 + seat.pk % 5 * 17)
        Submission.objects.filter(pk=submission.pk).update(handed_in_at=at)
        return submission

    def assess(self, reader: User, submission: Submission, *, share: float = 0.8, feedback: str = "") -> None:
        """Released; by criterion where there are any."""
        assignment = submission.assignment
        criteria = assignment.rubric.criteria.all() if assignment.rubric else ()
        scores = {criterion.pk: round(criterion.max_points * share) for criterion in criteria}
        points = {"scores": scores} if scores else {"points": round(assignment.max_points * share)}
        said = feedback or self.feedback.next(submission.enrolment.user)
        assessment = actions.save_assessment(reader, submission, feedback=said, **points)
        actions.release(reader, assessment)
        Assessment.objects.filter(pk=assessment.pk).update(released_at=min(assignment.due_at, timezone.now()) - timedelta(hours=1))


def meet_mentor(mentor: User, seat: Enrolment, days: list[int], *, is_over: bool = False) -> None:
    """Half of the agreements stand with the first time they met, half with the second; what had to be done by now is done."""
    told, today = read("course")["mentoring"], timezone.localdate()
    agreed = told["agreements"]
    halves = [agreed[: len(agreed) // 2], agreed[len(agreed) // 2 :]]
    for number, day in enumerate(days):
        meeting = make_mentor_meeting(mentor, seat, on=today + timedelta(days=day), notes=told["notes"][number % len(told["notes"])])
        for text, whose, until, is_done in halves[number] if number < len(halves) else []:
            due = day + A_WEEK if is_over else until
            agreement = meeting.agreements.create(text=text, whose=whose, due_on=today + timedelta(days=due))
            if is_done or is_over:
                actions.settle_agreement(seat.user, agreement, done=True)
                meeting.agreements.filter(pk=agreement.pk).update(done_at=moment(due, 19))


def begin_project(seat: Enrolment, idea: dict, *, measured: list[int] | None = None, running: bool = True) -> ChangeProject:
    """`measured`: on which days, counted from today, the results of the idea were measured."""
    user = seat.user
    project = actions.start_project(user, seat, title=idea["title"], problem=idea["problem"], language=idea["language"])
    if not running:
        return project
    days = measured or [0]
    indicator = put_indicator(user, project, idea, timezone.localdate() + timedelta(days=days[0] - 14))
    for day, value in zip(measured or (), idea["results"], strict=False):
        actions.put_result(user, indicator, value=Decimal(value), source=idea["source"], on=timezone.localdate() + timedelta(days=day))
    actions.move_project(user, project, ChangeProject.State.RUNNING)
    return project


def put_indicator(user: User, project: ChangeProject, idea: dict, began: date) -> Indicator:
    begins, aims = Decimal(idea["from"]), Decimal(idea["aim"])
    return actions.put_indicator(
        user,
        project,
        name=idea["indicator"],
        unit=idea["unit"],
        better=Indicator.Better.MORE if aims > begins else Indicator.Better.LESS,
        baseline={"value": begins, "on": began, "source": idea["source"]},
        target={"value": aims, "on": project.enrolment.cohort.ends_on, "source": ""},
    )


def tell_milestone(project: ChangeProject, code: str, text: str, day: int, *, mentor: User | None = None, reason: str = "") -> Milestone:
    """Sent on that day; decided on the next by a mentor, returned where there is a reason."""
    user = project.enrolment.user
    milestone = put_day(project, code, day, text)
    actions.submit_milestone(user, milestone)
    milestone.refresh_from_db()
    sent = moment(day, 12)
    if mentor:
        actions.decide_milestone(mentor, milestone, accepted=not reason, reason=reason)
        milestone.decisions.update(at=sent + timedelta(days=1))
    Milestone.objects.filter(pk=milestone.pk).update(changed_at=sent)
    return milestone


def put_day(project: ChangeProject, code: str, day: int, text: str = "") -> Milestone:
    milestone = project.milestones.get(requirement__code=code)
    due_on = timezone.localdate() + timedelta(days=day + 2)
    return actions.put_milestone(project.enrolment.user, project, milestone, title=milestone.title, text=text, due_on=due_on)


def pass_outside(manager: User, seat: Enrolment, code: str, *, assessor: str, on: date, points: int) -> None:
    requirement = Requirement.objects.get(version=seat.cohort.version_id, code=code)
    actions.put_external_result(manager, seat, requirement, passed=True, points=points, assessor=assessor, assessed_on=on)
