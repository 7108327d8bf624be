"""A cohort of the demo that has completed its course."""

from datetime import timedelta

from django.utils import timezone

from portal.models import Region, User

from .. import actions
from ..models import ChangeProject, Cohort, Enrolment, ProgrammeVersion
from . import make_cohort_role
from .running import ENDS, STARTED, WRITER, admit, choose_ideas, found
from .studying import Writing, begin_project, mark, meet_mentor, moment, pass_outside, put_assignment, put_meeting, tell_milestone
from .told import invent_people, read

NAMES = {"name_kk": "№ 1 лек, Шымкент қаласы", "name_ru": "Поток № 1, город Шымкент", "name_en": "Cohort 1, Shymkent"}
LONG_AGO = -165
GRADUATES = ("bauyrzhan", "daulet")
NOT_COMPLETED = 9
MISSPELT = 2


def put(version: ProgrammeVersion, cast: dict[str, User]) -> None:
    manager = cast["manager"]
    where = {"region": Region.objects.get(code="79"), "capacity": 12}
    cohort = found(version, NAMES, LONG_AGO + STARTED, LONG_AGO + ENDS, **where)
    for key, name in (("manager", "manager"), ("viktor", "trainer"), ("mentor", "mentor"), ("steward", "mentor"), ("marat", "examiner")):
        make_cohort_role(cohort, cast[key], name)
    people = [*(cast[key] for key in GRADUATES), *invent_people("finished")]
    seats = admit(cohort, manager, people)
    actions.move_cohort(manager, cohort, Cohort.State.RUNNING)
    seats = list(Enrolment.objects.filter(pk__in=[seat.pk for seat in seats]).select_related("user", "cohort__version"))
    for number, line in enumerate(line for line in read("course")["meeting"] if "cancelled" not in line):
        meeting = put_meeting(manager, cohort, line | {"at": line.get("at", 15)}, cast["viktor"], shift=LONG_AGO)
        mark(meeting, seats, {number % len(seats): "absent", NOT_COMPLETED: "absent" if number % 2 else "present"})
    study(cohort, cast, seats)
    actions.move_cohort(manager, cohort, Cohort.State.ASSESSMENT)
    for number, seat in enumerate(seats):
        if number == NOT_COMPLETED:
            actions.manage_seat(manager, seat, "not-completed")
        else:
            certify(manager, seat, number)
    actions.move_cohort(manager, cohort, Cohort.State.CLOSED)
    cohort.roles.update(since=timezone.now() + timedelta(days=LONG_AGO + STARTED - 7))


def certify(manager: User, seat: Enrolment, number: int) -> None:
    on = timezone.localdate() + timedelta(days=LONG_AGO + ENDS)
    pass_outside(manager, seat, "assessment", assessor="Марат Әлімжанов", on=on, points=70 + number * 3)
    pass_outside(manager, seat, "interview", assessor="Комиссия", on=on + timedelta(days=2), points=0)
    certificate = actions.issue_certificate(manager, seat, moment(LONG_AGO + ENDS + 4, 11 + number % 3))
    if number == MISSPELT:
        names = {"kk": "Рустам Абдуллаев", "ru": "Рустам Абдуллаев", "en": "Rustam Abdullayev"}
        actions.replace_certificate(manager, certificate, names=names, now=moment(LONG_AGO + ENDS + 9, 15))


def study(cohort: Cohort, cast: dict[str, User], seats: list[Enrolment]) -> None:
    asked = [line | {"draft": False} for line in read("course")["assignment"]]
    assignments = [put_assignment(cast["manager"], cohort, line, shift=LONG_AGO) for line in asked]

    writing, chosen = Writing(), choose_ideas(seats, cast[WRITER])
    for number, seat in enumerate(seats):
        idea, mentor = chosen[seat.pk], cast["mentor"] if number % 2 else cast["steward"]
        texts = [writing.work(seat.user, idea), writing.plan(seat.user, idea), idea["tried"], idea["problem"]]
        for assignment, text in list(zip(assignments, texts, strict=True))[: 2 if number == NOT_COMPLETED else None]:
            writing.assess(cast["viktor"], writing.hand_in(seat, assignment, text), share=0.7 + number % 4 * 0.1)
        actions.give_mentor(cast["manager"], seat, mentor)
        meet_mentor(mentor, seat, [LONG_AGO - 20, LONG_AGO + 5, LONG_AGO + 40], is_over=True)
        project = begin_project(seat, idea, measured=[LONG_AGO + 10, LONG_AGO + 40])
        for day, (code, text) in enumerate((("baseline", "done"), ("trial", "tried"), ("result", "done"), ("talk", "tried"))):
            if number != NOT_COMPLETED or day < 2:
                tell_milestone(project, code, idea[text], LONG_AGO - 14 + 18 * day, mentor=mentor)
        if number != NOT_COMPLETED:
            actions.move_project(seat.user, project, ChangeProject.State.FINISHED)
