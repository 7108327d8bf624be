"""Builders of programmes, cohorts and what happens in them, for the demo and for tests. They call actions."""

from collections import deque
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from tqdm import tqdm

from portal.models import User
from portal.preparation import linked, publish

from .. import actions, preparation
from ..actions.seats import put_on_list
from ..models import Application, CataloguePage, Cohort, CohortRole, Enrolment, MentorLink, Programme, ProgrammePage, ProgrammeVersion
from ..moves import TABLES, move

NAME = {"name_kk": "Өзгерістер көшбасшысы", "name_ru": "Лидер изменений", "name_en": "Change leader"}
LEADS = {
    "kk": "Мектебінде нақты өзгеріс бастағысы келетін мұғалімдер мен басшыларға.",
    "ru": "Для учителей и руководителей, которые хотят начать в своей школе настоящее изменение.",
    "en": "For teachers and heads who want to begin a real change in their school.",
}
RULES = {
    "code": "whole",
    "kind": "all",
    "name_kk": "Бағдарламаны аяқтау",
    "name_ru": "Завершение программы",
    "name_en": "Completing the programme",
    "children": [
        {
            "code": "attendance",
            "kind": "attendance",
            "amount": 80,
            "name_kk": "Кездесулерге қатысу",
            "name_ru": "Посещаемость",
            "name_en": "Attendance",
        },
        {
            "code": "report",
            "kind": "assignment",
            "name_kk": "Рефлексиялық есеп",
            "name_ru": "Рефлексивный отчёт",
            "name_en": "Reflective report",
        },
        {
            "code": "change",
            "kind": "milestone",
            "name_kk": "Мектептегі өзгеріс",
            "name_ru": "Изменение в школе",
            "name_en": "A change in school",
        },
    ],
}
CRITERIA = [{"name_kk": "Мақсаты айқын", "name_ru": "Цель ясна", "name_en": "The aim is clear", "max_points": 10}]


def make_programme(code: str = "leaders", **fields) -> Programme:
    known = Programme.objects.filter(code=code).first()
    return known or actions.found_programme(None, code=code, **(NAME | fields))


def make_programme_page(
    programme: Programme, language: str = "kk", *, translation_of: ProgrammePage | None = None, **fields
) -> ProgrammePage:
    """Published under the catalogue of its language."""
    preparation.put_catalogue()
    catalogue = CataloguePage.objects.get(locale__language_code=language)
    words = {"title": getattr(programme, f"name_{language}"), "lead": LEADS[language]} | fields
    return publish(ProgrammePage(programme=programme, locale=catalogue.locale, **linked(translation_of), **words), catalogue)


def make_version(
    programme: Programme | None = None, *, hours: int = 240, rules: dict | None = None, frozen: bool = True
) -> ProgrammeVersion:
    """With a small tree of rules and one rubric, `motivation`, unless it is told otherwise."""
    version = actions.start_version(None, programme or make_programme(), hours=hours)
    actions.put_requirements(None, version, rules or RULES)
    names = {"name_kk": "Мотивациялық хат", "name_ru": "Мотивационное письмо", "name_en": "Letter of motivation"}
    actions.put_rubric(None, version, code="motivation", criteria=CRITERIA, **names)
    if frozen:
        actions.freeze_version(None, version)
    return version


def make_cohort(version: ProgrammeVersion | None = None, *, state: str = "open", manager: User | None = None, **fields) -> Cohort:
    """Led to its state by the way that the table allows; it begins in a month, lasts two, and asks no head of school."""
    today = timezone.localdate()
    dates = {"starts_on": today + timedelta(days=30), "ends_on": today + timedelta(days=90)}
    names = {"name_kk": "Күзгі лек", "name_ru": "Осенний поток", "name_en": "Autumn cohort"}
    given = {"capacity": 25, "languages": ["kk", "ru"], "needs_endorsement": False, **names, **dates} | fields
    cohort = actions.found_cohort(None, version or make_version(), **given)
    for step in way(Cohort, state):
        cohort = actions.move_cohort(None, cohort, step)
    if manager:
        make_cohort_role(cohort, manager)
    return cohort


def make_cohort_role(cohort: Cohort, user: User, name: str = CohortRole.Name.MANAGER) -> CohortRole:
    return actions.give_cohort_role(None, cohort, user, name)


def make_application(user: User, cohort: Cohort, *, state: str = "submitted", **fields) -> Application:
    """To a cohort that is open. `fields` are what a decision or a stage has written."""
    application = actions.start_application(user, cohort)
    for step in way(Application, state):
        if step == Application.State.SUBMITTED:
            application = actions.submit_application(user, application)
        else:
            move(application, step, actor=None)
    return with_fields(application, fields)


def make_enrolment(user: User, cohort: Cohort, *, state: str = "active", application: Application | None = None, **fields) -> Enrolment:
    """Also where the rules would offer her a seat by now, or have closed the list."""
    enrolment = put_on_list(None, cohort, user, application)
    for step in way(Enrolment, state):
        until = timezone.now() + timedelta(hours=cohort.offer_hours) if step == Enrolment.State.OFFERED else None
        move(enrolment, step, actor=None, offered_until=until)
    actions.sync_group(cohort)
    return with_fields(enrolment, fields)


def make_mentor(enrolment: Enrolment, mentor: User) -> MentorLink:
    """She becomes a mentor of the cohort, where she is none yet."""
    make_cohort_role(enrolment.cohort, mentor, CohortRole.Name.MENTOR)
    return MentorLink.objects.create(enrolment=enrolment, mentor=mentor)


def with_fields(row: models.Model, fields: dict) -> models.Model:
    for name, value in fields.items():
        setattr(row, name, value)
    if fields:
        row.save(update_fields=fields)
    return row


def way(model: type[models.Model], state: str) -> list[str]:
    """The shortest from the start of its table; offers are passed by where a seat is given at once."""
    table = TABLES[model]
    ways, seen = deque([[table.start]]), {table.start}
    while ways:
        steps = ways.popleft()
        if steps[-1] == state:
            return steps[1:]
        for target in table.moves.get(steps[-1], ()):
            if target not in seen:
                seen.add(target)
                ways.append([*steps, target])
    raise ValueError(f"{table.source} have no state {state}")


@transaction.atomic
def demo() -> None:
    """A programme, and a cohort at each place of its road; where it stands already, all of it is left alone."""
    from . import finished, opening, programme, running, selecting
    from .told import known_people, read_news

    version = programme.put_programme()
    if version:
        cast, begun_at = known_people(), timezone.now()
        for step in tqdm([finished, selecting, running, opening], desc="cohorts"):
            step.put(version, cast)
        read_news(begun_at)
