"""A change in the participant's own school: the problem, the numbers by which it is seen, the team."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.actions import record
from portal.models import User
from portal.models.vocabulary import name_in
from portal.notices import tell
from portal.text import render

from ..models import ChangeProject, Enrolment, Indicator, Measurement, Milestone, ProjectMember, Requirement, Story
from ..moves import move

STUDYING = (Enrolment.State.ENROLLED, Enrolment.State.ACTIVE)


class NoSchool(Exception):
    """She has not said where she works: there is nothing to change yet."""


class NotReady(Exception):
    """`missing`: what the project lacks for its next step."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class TargetIsWhereItBegan(Exception):
    """Nothing would change."""


@transaction.atomic
def start_project(user: User, enrolment: Enrolment, *, title: str, problem: str = "", language: str = "kk") -> ChangeProject:
    """In the school she works at today, with the milestones that her programme asks for. A second press finds the one that is there."""
    seats = Enrolment.objects.filter(pk=enrolment.pk, user=user, state__in=STUDYING)
    if not seats.update(changed_at=F("changed_at")):
        raise PermissionDenied
    if there := ChangeProject.objects.filter(enrolment=enrolment).first():
        return there
    position = user.main_position
    school = position.school if position else enrolment.school
    if not school:
        raise NoSchool
    facts = {"title": title, "problem": problem, "html": render(problem), "language": language}
    project = ChangeProject.objects.create(enrolment=enrolment, school=school, **facts)
    asked = Requirement.objects.filter(version=enrolment.cohort.version_id, kind=Requirement.Kind.MILESTONE)
    for position, requirement in enumerate(asked):
        name = name_in(requirement, language)
        Milestone.objects.create(project=project, requirement=requirement, position=position, title=name)
    record(user, "start project", project.ref, after={"school": school.pk})
    return project


def hold_project(user: User, project: ChangeProject) -> ChangeProject:
    """Of two requests that change it the second one waits; hers alone."""
    if not ChangeProject.objects.editable_by(user).filter(pk=project.pk).exists():
        raise PermissionDenied
    ChangeProject.objects.filter(pk=project.pk).update(changed_at=timezone.now())
    return ChangeProject.objects.get(pk=project.pk)


@transaction.atomic
def change_project(user: User, project: ChangeProject, *, title: str, problem: str, language: str) -> None:
    project = hold_project(user, project)
    project.title, project.problem, project.html, project.language = title, problem, render(problem), language
    project.save(update_fields=["title", "problem", "html", "language"])
    record(user, "change project", project.ref)


@transaction.atomic
def move_project(user: User, project: ChangeProject, to: str) -> None:
    """It begins once it is said what is to change and by which number it will be seen; it is finished once that number was measured."""
    project = hold_project(user, project)
    missing = lacks_to_finish(project) if to == ChangeProject.State.FINISHED else lacks_to_begin(project)
    if missing:
        raise NotReady(missing)
    move(project, to, actor=user)


def lacks_to_begin(project: ChangeProject) -> list[str]:
    aimed = Measurement.objects.filter(indicator__project=project, kind=Measurement.Kind.TARGET)
    return [name for name, has in (("problem", bool(project.problem.strip())), ("indicator", aimed.exists())) if not has]


def lacks_to_finish(project: ChangeProject) -> list[str]:
    """Of what the programme asks for nothing is left open."""
    measured = Measurement.objects.filter(indicator__project=project, kind=Measurement.Kind.RESULT).values("indicator")
    is_measured = not project.indicators.exclude(pk__in=measured).exists()
    is_accepted = not project.milestones.exclude(requirement=None).exclude(state=Milestone.State.ACCEPTED).exists()
    return [name for name, has in (("result", is_measured), ("milestones", is_accepted)) if not has]


# Numbers


@transaction.atomic
def put_indicator(
    user: User,
    project: ChangeProject,
    indicator: Indicator | None = None,
    *,
    name: str,
    unit: str,
    better: str,
    baseline: dict,
    target: dict,
) -> Indicator:
    """`baseline` and `target` are value, source and day. Which way is better has to agree with where it is to go."""
    project = hold_project(user, project)
    begins, aims = baseline["value"], target["value"]
    if begins == aims or (aims > begins) != (better == Indicator.Better.MORE):
        raise TargetIsWhereItBegan
    if indicator:
        if not Indicator.objects.filter(pk=indicator.pk, project=project).update(name=name, unit=unit, better=better):
            raise PermissionDenied
    else:
        indicator = Indicator.objects.create(project=project, name=name, unit=unit, better=better)
    for kind, measured in ((Measurement.Kind.BASELINE, baseline), (Measurement.Kind.TARGET, target)):
        Measurement.objects.update_or_create(indicator=indicator, kind=kind, defaults=measured)
    record(user, "put indicator", project.ref, after={"indicator": indicator.pk, "from": str(begins), "to": str(aims)})
    return indicator


@transaction.atomic
def drop_indicator(user: User, indicator: Indicator) -> None:
    """With its numbers. The project that is under way keeps the last one: without it nothing could be seen."""
    project = hold_project(user, indicator.project)
    if project.state != ChangeProject.State.DRAFT and project.indicators.count() == 1:
        raise NotReady(["indicator"])
    record(user, "drop indicator", project.ref, before={"name": indicator.name})
    indicator.delete()


@transaction.atomic
def put_result(user: User, indicator: Indicator, *, value: Decimal, source: str, on: date) -> Measurement:
    """One for each day: what is measured again on the same day takes the place of what stood there."""
    project = hold_project(user, indicator.project)
    result, _is_new = Measurement.objects.update_or_create(
        indicator=indicator, kind=Measurement.Kind.RESULT, on=on, defaults={"value": value, "source": source}
    )
    record(user, "put result", project.ref, after={"indicator": indicator.pk, "value": str(value), "on": on.isoformat()})
    return result


@transaction.atomic
def drop_result(user: User, result: Measurement) -> None:
    project = hold_project(user, result.indicator.project)
    if Measurement.objects.filter(pk=result.pk, kind=Measurement.Kind.RESULT).delete()[0]:
        record(user, "drop result", project.ref, before={"value": str(result.value), "on": result.on.isoformat()})


# The team


@transaction.atomic
def add_member(user: User, project: ChangeProject, colleague: User) -> None:
    """She reads the project and has a word in its story; she may leave whenever she likes."""
    project = hold_project(user, project)
    if colleague == user or not may_join(project).filter(pk=colleague.pk).exists():
        raise PermissionDenied
    _row, is_new = ProjectMember.objects.get_or_create(project=project, user=colleague)
    if is_new:
        record(user, "add project member", project.ref, after={"person": colleague.pk})
        tell([colleague], "project-joined", project.ref, actor=user, data=named(project))
        ask_for_agreement(user, project, [colleague])


def ask_for_agreement(user: User, project: ChangeProject, members: Iterable[User]) -> None:
    """To the words that stand now, where there are any."""
    if story := Story.objects.filter(project=project).first():
        tell(members, "story-to-agree", story.ref, actor=user, data={"title": story.title, "language": story.language})


def may_join(project: ChangeProject):
    """Colleagues of the school that is to change, as the coordinator has confirmed them."""
    works = {"positions__school": project.school_id, "positions__until": None, "positions__confirmed_at__isnull": False}
    return User.objects.filter(is_active=True, **works).exclude(pk=project.enrolment.user_id).distinct()


@transaction.atomic
def remove_member(actor: User, project: ChangeProject, user: User) -> None:
    """By whose project it is, or by herself."""
    if actor != user:
        hold_project(actor, project)
    if ProjectMember.objects.filter(project=project, user=user).delete()[0]:
        record(actor, "remove project member", project.ref, before={"person": user.pk})


def named(project: ChangeProject) -> dict:
    return {"title": project.title, "language": project.language}
