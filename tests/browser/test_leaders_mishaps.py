"""What goes wrong on the road of a change leader ends with a clear word in the reader's language, and nothing typed is lost."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from leaders import actions
from leaders.checkin import token_of
from leaders.demo import make_application, make_cohort, make_cohort_role, make_enrolment
from leaders.demo.course import make_meeting
from leaders.demo.selection import make_endorsement, make_question, make_stage
from leaders.letters import token_of as token_of_letter
from leaders.models import Application, AttendanceMark, Cohort, Endorsement, Meeting, Review, StageResult
from portal.demo import make_person, make_school
from portal.models import User

from .test_care import enter
from .test_leaders import SEND
from .walker import Walker


@pytest.fixture
def people(transactional_db) -> dict[str, User]:
    other = make_school("test-2", name="№ 2 мектеп")
    people = {name: make_person(f"{name}@example.org", school=other) for name in ("manager", "head", "third", "fourth")}
    return people | {name: make_person(f"{name}@example.org", school=make_school()) for name in ("applicant", "stranger")}


def refused_with(walker: Walker, title: str, status: int, step: str) -> None:
    walker.refused(status)
    walker.see(".notice-title", walker.word(title))
    walker.check(step)


def test_a_letter_to_the_head_is_answered_once_and_in_time(walk, live_server, people):
    """And a second press on «apply» begins no second application."""
    cohort = make_cohort(manager=people["manager"], needs_endorsement=True)
    make_question(cohort, required=False)
    applicant = enter(walk("kk", 360), people["applicant"], live_server.url)
    applicant.open(f"leaders/{cohort.pk}/apply/")
    applicant.at(SEND).dblclick()
    applicant.arrive(r"leaders/applications/\d+/")
    application = Application.objects.get()
    applicant.open(f"leaders/applications/{application.pk}/endorsement/")
    applicant.write('input[name="head_name"]', "Қасымов Нұрлыбек")
    applicant.write('input[name="head_email"]', people["applicant"].email)
    applicant.press('input[name="language"][value="ru"]')
    applicant.press(SEND)
    applicant.refused()
    expect(applicant.at('input[name="head_name"]')).to_have_value("Қасымов Нұрлыбек")
    applicant.check("nobody endorses herself")

    late, head = make_endorsement(application, state="asked", expires_at=timezone.now()), walk("ru", 1280)
    head.open(f"leaders/endorse/{token_of_letter(late)}/")
    head.refused(410)
    head.check("too late")
    actions.expire_endorsements()
    asked = make_endorsement(application, state="asked")
    link = f"leaders/endorse/{token_of_letter(asked)}/"
    second = Walker(head.context, "ru")
    for window in (head, second):
        window.open(link)
        window.press('input[name="answer"][value="given"]')
    head.press(SEND)
    head.at(SEND).wait_for(state="detached")
    second.press('input[name="answer"][value="refused"]')
    second.write('textarea[name="word"]', "Передумал")
    second.press(SEND)
    second.at(SEND).wait_for(state="detached")
    second.check("answered already")
    assert Endorsement.objects.get(pk=asked.pk).state == "given"


def test_a_code_works_for_its_own_cohort_and_its_own_minute(walk, live_server, people):
    """What was noted stays when the meeting is moved afterwards."""
    cohort, now = make_cohort(state="running", manager=people["manager"]), timezone.now()
    other = make_cohort(cohort.version, state="running")
    seat = make_enrolment(people["applicant"], cohort)
    make_enrolment(people["stranger"], other)
    meeting = make_meeting(cohort, starts_at=now - timedelta(minutes=5))
    old, good = (f"leaders/check-in/{token_of(meeting, now - ago)}/" for ago in (timedelta(hours=1), timedelta()))
    walker, stranger = (enter(walk("en", 360), people[name], live_server.url) for name in ("applicant", "stranger"))
    walker.open(old)
    refused_with(walker, "This code is old", 422, "an old picture of the code")
    stranger.open(good)
    refused_with(stranger, "This meeting is of another cohort", 422, "of another cohort")
    walker.open(good)
    walker.at(SEND).dblclick()
    walker.see(".notice-ok")

    manager = enter(walk("ru", 1280), people["manager"], live_server.url)
    manager.open(f"leaders/meetings/{meeting.pk}/edit/")
    manager.write('input[name="place"]', "Актовый зал")
    manager.press(SEND)
    manager.arrive(f"leaders/meetings/{meeting.pk}/")
    assert Meeting.objects.get(pk=meeting.pk).sequence == 1
    assert AttendanceMark.objects.get(superseded_at=None).enrolment == seat
    manager.open(f"leaders/meetings/{meeting.pk}/roster/")
    expect(manager.at(f'input[name="mark-{seat.pk}"][value="present"]')).to_be_checked()
    manager.check("the list after the meeting was moved")
    walker.open(f"leaders/meetings/{meeting.pk}/")
    walker.see("main .chip-ok")


def test_the_head_does_not_read_what_she_endorses(walk, live_server, people):
    """She had been given the application before she was asked: the page that she has open says so when she presses."""
    cohort = make_cohort(manager=people["manager"])
    for name in ("head", "third", "fourth"):
        make_cohort_role(cohort, people[name], "examiner")
    stage = make_stage(cohort)
    application = make_application(people["applicant"], cohort, state="selection", stage=stage)
    actions.move_cohort(None, cohort, "selection")
    review = Review.objects.create(application=application, stage=stage, reviewer=people["head"])
    reader = enter(walk("kk", 360), people["head"], live_server.url)
    reader.open(f"leaders/reviews/{review.pk}/")
    actions.ask_for_endorsement(people["applicant"], application, head_name="Head", head_email="head@example.org", language="kk")
    reader.write('textarea[name="note"]', "Жақсы")
    reader.press('main form[data-keep] button[type="submit"]:not([name])')
    reader.arrive("leaders/reviews/")
    reader.see(".toast, .notice", reader.word("This review was taken away or handed in meanwhile."))
    reader.check("taken away")
    assert Review.objects.exclude(reviewer=people["head"]).get().state == "assigned"


def test_a_list_with_broken_lines_writes_nothing(walk, live_server, people, tmp_path: Path):
    cohort = make_cohort(manager=people["manager"])
    stage = make_stage(cohort, "test")
    applications = [make_application(people[name], cohort, state="selection", stage=stage) for name in ("applicant", "stranger")]
    actions.move_cohort(None, Cohort.objects.get(pk=cohort.pk), "selection")
    first, second = (application.pk for application in applications)
    manager = enter(walk("ru", 1280), people["manager"], live_server.url)
    for lines in ([f"{first},70", f"{second},семьдесят", f"{first},71", "999999,5"], [f"{first},70", f"{second},55"]):
        path = tmp_path / f"тест-{len(lines)}.csv"
        path.write_text("\n".join(["application,score", *lines]), "utf-8")
        manager.open(f"leaders/stages/{stage.pk}/scores/")
        manager.choose_file('input[type="file"]', path)
        manager.press(SEND)
        manager.arrive(r"leaders/scores/\d+/")
        manager.check(path.name)
        if len(lines) > 2:
            assert manager.at("main tbody th").all_inner_texts() == ["3", "4", "5"]
            assert not manager.at('button[name="write"]').count() and not StageResult.objects.exists()
    manager.at('button[name="write"]').dblclick()
    manager.at('button[name="write"]').wait_for(state="detached")
    manager.check("written")
    assert StageResult.objects.count() == 2
