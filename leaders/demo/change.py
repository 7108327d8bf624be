"""Builders of change projects, their milestones and meetings with mentors."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.models import User

from .. import actions
from ..models import ChangeProject, Enrolment, Indicator, MentorMeeting, Milestone, Story

PROBLEM = "Оқушылардың көбі шешімін түсіндірмейді: жауапты ғана айтады."
DONE = "Үш сабақ бақыланды, түсіндірген оқушылар саналды."


def make_project(enrolment: Enrolment, *, running: bool = True, title: str = "Оқушы шешімін түсіндіреді", **fields) -> ChangeProject:
    project = actions.start_project(enrolment.user, enrolment, **({"title": title, "problem": PROBLEM} | fields))
    if running:
        make_indicator(project)
        actions.move_project(enrolment.user, project, ChangeProject.State.RUNNING)
        project.refresh_from_db()
    return project


def make_indicator(project: ChangeProject, *, begins: int = 20, aims: int = 60, results: tuple[int, ...] = ()) -> Indicator:
    """Measured a week apart, the last result today."""
    user, today = project.enrolment.user, timezone.localdate()
    began = today - timedelta(weeks=len(results) + 1)
    indicator = actions.put_indicator(
        user,
        project,
        name="Шешімін түсіндірген оқушылар",
        unit="%",
        better=Indicator.Better.MORE if aims > begins else Indicator.Better.LESS,
        baseline={"value": Decimal(begins), "on": began, "source": "Сабақты бақылау"},
        target={"value": Decimal(aims), "on": today + timedelta(weeks=4)},
    )
    for number, value in enumerate(results, 1):
        on = today - timedelta(weeks=len(results) - number)
        actions.put_result(user, indicator, value=Decimal(value), source="Сабақты бақылау", on=on)
    return indicator


def make_milestone(
    project: ChangeProject, *, state: str = "submitted", mentor: User | None = None, reason: str = "", **fields
) -> Milestone:
    """The first of those that are open, with words in it; a new one where `fields` say so."""
    user = project.enrolment.user
    known = None if fields else project.milestones.filter(state="planned").first()
    facts = {"title": known.title if known else "Бастапқы өлшем", "text": DONE} | fields
    milestone = actions.put_milestone(user, project, known, **facts)
    if state != Milestone.State.PLANNED:
        actions.submit_milestone(user, milestone)
        milestone.refresh_from_db()
    if mentor:
        actions.decide_milestone(mentor, milestone, accepted=not reason, reason=reason)
    return milestone


def make_mentor_meeting(mentor: User, enrolment: Enrolment, *agreements: str, on: date | None = None, notes: str = "") -> MentorMeeting:
    agreed = [{"text": text} for text in agreements]
    return actions.record_meeting(mentor, enrolment, held_on=on or timezone.localdate(), minutes=60, notes=notes, agreements=agreed)


def make_story(project: ChangeProject, *, published: bool = True, text: str = "Алдымен сұрақ қою тәсілін өзгерттік.") -> Story:
    user = project.enrolment.user
    story = actions.write_story(user, project, title=project.title, text=text, language="kk")
    if published:
        actions.publish_story(user, story)
        story.refresh_from_db()
    return story
