"""A cohort of the demo in the middle of its course: people do well, wait for a word, fall behind."""

from datetime import timedelta
from itertools import cycle

from django.utils import timezone

from community.demo import make_demo_topic
from portal.models import Region, User
from resources.models import Material

from .. import actions, search
from ..models import Application, ChangeProject, Cohort, Enrolment, Meeting, ProgrammeVersion, Story
from . import make_application, make_cohort, make_cohort_role, make_enrolment
from .applying import Applying, put_questions, spread
from .selecting import NAMES as SELECTING
from .studying import (
    Writing,
    begin_project,
    mark,
    meet_mentor,
    put_assignment,
    put_day,
    put_meeting,
    tell_milestone,
)
from .told import Voices, idea_of_story, ideas, invent_people, read

NAMES = {"name_kk": "№ 2 лек, Жамбыл облысы", "name_ru": "Поток № 2, Жамбылская область", "name_en": "Cohort 2, Zhambyl Region"}
KNOWN = ("zhanar", "irina", "natalya", "nurlan", "gulnara", "aliya", "zarina", "olga")
TEAM = {"manager": ["manager"], "trainer": ["viktor", "elena"], "mentor": ["mentor", "bauyrzhan", "daulet"], "examiner": ["marat"]}
STARTED, ENDS = -35, 56
WRITER = "nurlan"
# Of the twenty-five, by their place on the list; the first is the sign-in
ANALYSED, READ, PLANNED, PLANS_READ, IN_DIARY = 22, 20, 17, 10, (3, 8)
RETURNED, BEHIND = 22, 24
TALKED, RUNNING, BEGUN, MEASURED = 16, 18, 21, 16
ABSENT = {
    0: {5: "absent", 9: "late", 24: "absent"},
    1: {24: "absent", 23: "absent", 11: "excused"},
    2: {24: "absent", 2: "late", 17: "late"},
    3: {23: "absent", 14: "excused", 6: "late"},
    4: {24: "absent", 23: "late", 0: "late", 19: "absent"},
}


def put(version: ProgrammeVersion, cast: dict[str, User]) -> None:
    manager, now = cast["manager"], timezone.now()
    cohort = found(version, NAMES, STARTED, ENDS, region=Region.objects.get(code="31"), place="Тараз қаласы", capacity=25)
    for name, keys in TEAM.items():
        for key in keys:
            make_cohort_role(cohort, cast[key], name)
    people = [cast["participant"], *(cast[key] for key in KNOWN), *invent_people("running")]
    others = User.objects.filter(applications__cohort__name_kk=SELECTING["name_kk"]).order_by("pk")[5:17]
    seats = admit(cohort, manager, people, others)
    actions.move_cohort(manager, cohort, Cohort.State.RUNNING)
    seats = list(Enrolment.objects.filter(pk__in=[seat.pk for seat in seats]).select_related("user", "cohort__version"))
    come_together(cohort, manager, cast, seats)
    chosen = choose_ideas(seats, cast[WRITER])
    hand_in_works(cohort, cast, seats, chosen)
    change_schools(cast, seats, chosen)
    cohort.refresh_from_db()
    for line in read("course")["talk"]:
        make_demo_topic(cohort.group, line, cast, timezone.localtime())
    cohort.roles.update(since=now + timedelta(days=STARTED - 7))
    cohort.group.memberships.update(joined_at=now + timedelta(days=STARTED), read_until=now - timedelta(days=5))


def found(version: ProgrammeVersion, names: dict, starts: int, ends: int, **fields) -> Cohort:
    today = timezone.localdate()
    dates = {"starts_on": today + timedelta(days=starts), "ends_on": today + timedelta(days=ends)}
    cohort = make_cohort(version, state="published", languages=["kk", "ru"], format=Cohort.Format.BOTH, **names, **dates, **fields)
    put_questions(cohort)
    return actions.move_cohort(None, cohort, Cohort.State.OPEN)


def admit(cohort: Cohort, manager: User, people: list[User], others: list[User] = ()) -> list[Enrolment]:
    """Those who were chosen some weeks before the course, and some who were not."""
    applying, now = Applying(cohort), timezone.now()
    for user in (*people, *others):
        applying.draft(user)
    decided = {"decided_at": now + (cohort.starts_on - timezone.localdate()) - timedelta(days=20), "decided_by": manager}
    chosen = [make_application(user, cohort, state="accepted", **decided) for user in people]
    reason = read("selection")["reasons"]["letter"]
    left = [make_application(user, cohort, state="declined", reason=reason, **decided) for user in others]
    spread([*chosen, *left], decided["decided_at"] - timedelta(days=30), decided["decided_at"] - timedelta(days=12))
    actions.move_cohort(manager, cohort, Cohort.State.SELECTION)
    actions.move_cohort(manager, cohort, Cohort.State.CONFIRMED)
    opened = decided["decided_at"] - timedelta(days=31)
    Cohort.objects.filter(pk=cohort.pk).update(opens_at=opened, closes_at=opened + timedelta(days=20))
    search.index_cohorts([cohort.pk])
    rows = Application.objects.filter(pk__in=[row.pk for row in chosen]).order_by("pk").select_related("user", "school")
    return [make_enrolment(row.user, cohort, state="enrolled", application=row) for row in rows]


def come_together(cohort: Cohort, manager: User, cast: dict[str, User], seats: list[Enrolment]) -> None:
    lines = read("course")["meeting"]
    meetings = [put_meeting(manager, cohort, line, cast[line["led"]]) for line in lines]
    for number, missing in ABSENT.items():
        mark(meetings[number], seats, missing)
    coming = Meeting.objects.planned().filter(cohort=cohort, starts_at__gt=timezone.now()).first()
    for title in read("course")["library"]["cohort"]:
        read_together(manager, cohort, title)
    for title in read("course")["library"]["coming"]:
        read_together(manager, cohort, title, meeting=coming)


def read_together(manager: User, cohort: Cohort, title: str, **where) -> None:
    material = Material.objects.shown().filter(title=title).first()
    if material:
        actions.put_material(manager, cohort, material, **where)


def choose_ideas(seats: list[Enrolment], writer: User) -> dict[int, dict]:
    voices = Voices(ideas())
    return {seat.pk: idea_of_story() if seat.user == writer else voices.next(seat.user) for seat in seats}


def hand_in_works(cohort: Cohort, cast: dict[str, User], seats: list[Enrolment], chosen: dict[int, dict]) -> None:
    manager, writing, readers = cast["manager"], Writing(), cycle([cast["viktor"], cast["elena"], cast["marat"]])
    analysis, plan, diary, _reflection = (put_assignment(manager, cohort, line) for line in read("course")["assignment"])
    for number, seat in enumerate(seats):
        idea = chosen[seat.pk]
        if number < ANALYSED or number == RETURNED:
            work = writing.hand_in(seat, analysis, writing.work(seat.user, idea) if number != RETURNED else idea["problem"])
            if number < READ:
                writing.assess(next(readers), work, share=0.7 + number % 4 * 0.1)
            elif number == RETURNED:
                writing.assess(next(readers), work, share=0.4, feedback=read("course")["returned"]["work"])
        if number == 0:
            actions.save_submission(seat.user, plan, text=writing.plan(seat.user, idea).partition("\n\n")[0])
        elif number <= PLANNED:
            work = writing.hand_in(seat, plan, writing.plan(seat.user, idea))
            if number <= PLANS_READ:
                writing.assess(next(readers), work, share=0.75 + number % 3 * 0.1)
        if number in IN_DIARY:
            writing.hand_in(seat, diary, idea["tried"])


def change_schools(cast: dict[str, User], seats: list[Enrolment], chosen: dict[int, dict]) -> None:
    mentors = [cast[key] for key in TEAM["mentor"]]
    for number, seat in enumerate(seats):
        if number == BEHIND:
            continue
        mentor = mentors[number % len(mentors)]
        actions.give_mentor(cast["manager"], seat, mentor)
        if number < TALKED:
            meet_mentor(mentor, seat, [-20, -8][: 2 - number % 2])
        if number < BEGUN:
            project = begin_project(seat, chosen[seat.pk], measured=[-12, -3][: 2 - number % 2], running=number < RUNNING)
            if number < RUNNING:
                lead_project(project, number, mentor, chosen[seat.pk])
    first = ChangeProject.objects.get(enrolment=seats[0])
    actions.add_member(seats[0].user, first, cast["saule"])
    tell_story(ChangeProject.objects.get(enrolment__in=seats, enrolment__user=cast[WRITER]))


def lead_project(project: ChangeProject, number: int, mentor: User, idea: dict) -> None:
    """Accepted, returned, waiting for a word, still to come."""
    tell_milestone(project, "baseline", idea["done"], -14, mentor=mentor if number < MEASURED else None)
    if number == 0:
        tell_milestone(project, "trial", idea["tried"], -4, mentor=mentor, reason=read("course")["returned"]["trial"])
    elif number % 3 == 0:
        tell_milestone(project, "trial", idea["tried"], -2)
    elif number % 3 == 1:
        tell_milestone(project, "trial", idea["tried"], -6, mentor=mentor)
    else:
        put_day(project, "trial", 5)
    put_day(project, "result", 30)
    put_day(project, "talk", 44)


def tell_story(project: ChangeProject) -> None:
    told = read("course")["story"]
    user = project.enrolment.user
    story = actions.write_story(user, project, title=told["title"], text=told["text"].strip(), language="kk")
    actions.publish_story(user, story)
    Story.objects.filter(pk=story.pk).update(published_at=timezone.now() - timedelta(days=3))
