"""The whole road of a change leader: she applies, is read, waits for a seat, studies, changes something, and holds a certificate."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from leaders import actions
from leaders.checkin import token_of
from leaders.demo import make_cohort, make_cohort_role, make_programme_page
from leaders.demo.change import make_project
from leaders.demo.course import make_meeting
from leaders.demo.selection import make_endorsement, make_question, make_stage
from leaders.demo.work import make_assignment
from leaders.letters import token_of as token_of_letter
from leaders.models import Application, AttendanceMark, Certificate, Cohort, Endorsement, Enrolment, Milestone, Review, Submission
from portal.demo import make_person, make_school
from portal.models import User

from .test_care import enter
from .walker import Walker

SEND = 'main form button[type="submit"].button-primary'
WORDS = {
    "kk": ("Оқушы жауапты ғана айтады, ойын айтпайды.", "Қолдаймыз, уақыт бөлеміз.", "Мәселе нақты, бірінші қадам шағын."),
    "ru": ("Ученики называют ответ, а не ход мысли.", "Поддерживаем, время найдём.", "Проблема названа точно, шаг посилен."),
    "en": ("Pupils give answers, not reasons.", "We support her and find the time.", "A precise problem and a small first step."),
}


@dataclass
class Road:
    """One seat; `rival` has applied and been endorsed before the walk begins."""

    cohort: Cohort
    people: dict[str, User]
    walkers: dict[str, Walker]

    def of(self, name: str) -> Walker:
        return self.walkers[name]

    def led(self, step: str) -> None:
        """The manager presses the next step of the cohort."""
        walker = self.of("manager")
        walker.open(f"leaders/{self.cohort.pk}/settings/")
        walker.press(f'button[name="to"][value="{step}"]')
        walker.see(".toast, .notice, .chip")
        self.cohort.refresh_from_db()
        assert self.cohort.state == step


@pytest.fixture
def road(transactional_db) -> Road:
    other, names = make_school("test-2", name="№ 2 мектеп"), ("manager", "first", "second")
    people = {name: make_person(f"{name}@example.org", family_name=name.title(), school=other) for name in names}
    people |= {name: make_person(f"{name}@example.org", family_name=name.title(), school=make_school()) for name in ("rival", "applicant")}
    closes = timezone.now() + timedelta(days=10)
    cohort = make_cohort(state="published", manager=people["manager"], capacity=1, needs_endorsement=True, closes_at=closes)
    make_programme_page(cohort.version.programme)
    for name in ("first", "second"):
        make_cohort_role(cohort, people[name], "examiner")
    for role in ("trainer", "mentor"):
        make_cohort_role(cohort, people["first"], role)
    question = make_question(cohort)
    make_stage(cohort, "review", pass_score=5, closes_on=timezone.localdate() + timedelta(days=20))
    cohort = actions.move_cohort(None, cohort, "open")
    application = actions.start_application(people["rival"], cohort)
    actions.save_answers(people["rival"], application, {question.pk: "Сабақты бірге жоспарлау."}, language="kk")
    make_endorsement(application)
    actions.submit_application(people["rival"], application)
    return Road(cohort, people, {})


@pytest.mark.parametrize(("language", "width", "other"), [("kk", 360, "ru"), ("en", 1280, "kk")])
def test_from_the_catalogue_to_a_certificate_that_is_revoked(walk, live_server, road, language, width, other):
    for name, user in road.people.items():
        walker = walk(other, 1280) if name in ("manager", "second") else walk(language, width)
        road.walkers[name] = enter(walker, user, live_server.url)
    applies(road.of("applicant"), road, walk(other, 360))
    is_read(road)
    waits_and_moves_up(road)
    studies(road)
    changes_something(road)
    is_certified(road, walk(language, width))


def applies(walker: Walker, road: Road, head: Walker) -> None:
    answer, endorsed, _note = WORDS[walker.language]
    walker.open("leaders/")
    walker.check("catalogue")
    walker.press(f'main a[href$="/leaders/{road.cohort.pk}/"]')
    walker.check("cohort")
    walker.press(f'main a[href$="/leaders/{road.cohort.pk}/apply/"]')
    walker.press(SEND)
    walker.arrive(r"leaders/applications/\d+/")
    walker.press('#draft button[name="finish"]')
    walker.arrive(r"leaders/applications/\d+/submit/")
    walker.check("what is missing")
    application = Application.objects.get(user=road.people["applicant"])
    walker.open(f"leaders/applications/{application.pk}/")
    walker.write("#draft textarea", answer)
    walker.press('#draft button[type="submit"]:not([name]):not([form])')
    walker.arrive(f"leaders/applications/{application.pk}/")
    walker.open(f"leaders/applications/{application.pk}/endorsement/")
    walker.write('input[name="head_name"]', "Қасымов Нұрлыбек")
    walker.write('input[name="head_email"]', "head@example.org")
    walker.press(f'input[name="language"][value="{head.language}"]')
    walker.press(SEND)
    walker.arrive(f"leaders/applications/{application.pk}/")
    walker.open(f"leaders/applications/{application.pk}/submit/")
    walker.press('input[name="consent"]')
    walker.press(SEND)
    walker.arrive(f"leaders/applications/{application.pk}/")
    walker.check("sent")

    head.open(f"leaders/endorse/{token_of_letter(Endorsement.objects.get(application=application))}/")
    head.check("the head reads")
    head.press('input[name="answer"][value="given"]')
    head.write('textarea[name="word"]', endorsed)
    head.press(SEND)
    head.glance("endorsed")
    assert Endorsement.objects.get(application=application).state == "given"


def is_read(road: Road) -> None:
    manager, stage = road.of("manager"), road.cohort.stages.get()
    road.led("selection")
    manager.open(f"leaders/{road.cohort.pk}/stages/")
    manager.press(f'form[action$="/stages/{stage.pk}/lead-on/"] button')
    manager.open(f"leaders/stages/{stage.pk}/reviewers/")
    manager.press(SEND)
    assert Review.objects.filter(stage=stage).count() == 4
    manager.check("reviewers")
    for name in ("first", "second"):
        reads(road.of(name), road, stage)
    manager.open(f"leaders/{road.cohort.pk}/applications/?order=score")
    manager.check("applications")
    for box in manager.at('input[name="id"]').all():
        box.check()
    manager.press('input[name="outcome"][value="accepted"]')
    manager.press("#decide button.button-primary")
    manager.check("the letter before it goes")
    manager.press(SEND)
    manager.arrive(r"leaders/(\d+/applications|selection-runs/\d+)/")
    assert set(Application.objects.filter(cohort=road.cohort).values_list("state", flat=True)) == {"accepted"}


def reads(walker: Walker, road: Road, stage) -> None:
    """The rival is thought a little better of."""
    walker.open("leaders/reviews/")
    walker.check("my reviews")
    for review in Review.objects.filter(stage=stage, reviewer__email__startswith=f"{road_name(road, walker)}@"):
        points = 9 if review.application.user == road.people["rival"] else 7
        walker.open(f"leaders/reviews/{review.pk}/")
        for field in walker.at('main input[type="number"], main input[inputmode="numeric"]').all():
            field.fill(str(points))
        walker.write('textarea[name="note"]', WORDS[walker.language][2])
        walker.check("a review")
        walker.press('button[name="hand_in"]')
        walker.arrive("leaders/reviews/")


def road_name(road: Road, walker: Walker) -> str:
    return next(name for name, known in road.walkers.items() if known is walker)


def waits_and_moves_up(road: Road) -> None:
    rival, applicant = road.of("rival"), road.of("applicant")
    seats = {seat.user_id: seat for seat in Enrolment.objects.filter(cohort=road.cohort)}
    hers = seats[road.people["applicant"].pk]
    assert (hers.state, seats[road.people["rival"].pk].state) == ("waiting", "offered")
    applicant.open(f"leaders/enrolments/{hers.pk}/")
    applicant.check("on the waiting list")
    rival.open(f"leaders/enrolments/{seats[road.people['rival'].pk].pk}/")
    rival.press('form[action$="/decline/"] button')
    applicant.page.reload()
    applicant.at('form[action$="/accept/"] button').dblclick()
    applicant.see(f'main a[href$="/leaders/{road.cohort.pk}/course/"]')
    applicant.check("a seat of her own")
    hers.refresh_from_db()
    assert hers.state == "enrolled"


def studies(road: Road) -> None:
    for step in ("confirmed", "running"):
        road.led(step)
    walker, manager, seat = road.of("applicant"), road.of("manager"), Enrolment.objects.get(cohort=road.cohort, state="active")
    meeting = make_meeting(road.cohort, starts_at=timezone.now() - timedelta(minutes=5), hours=1, trainer=road.people["first"])
    manager.open(f"leaders/meetings/{meeting.pk}/qr/")
    manager.see(".qr svg")
    manager.check("the code on the wall")
    walker.open(f"leaders/check-in/{token_of(meeting, timezone.now())}/")
    walker.check("check-in")
    walker.at(SEND).dblclick()
    walker.see(".notice-ok")
    assert AttendanceMark.objects.get(meeting=meeting, enrolment=seat).source == "qr"

    assignment = make_assignment(road.cohort, due_at=timezone.now() + timedelta(days=3))
    walker.open(f"leaders/assignments/{assignment.pk}/")
    walker.write('textarea[name="text"]', WORDS[walker.language][0])
    walker.check("an assignment")
    walker.press('form[data-keep="work"] button.button-primary')
    work = Submission.objects.get(assignment=assignment)
    assert work.state == "handed-in"
    trainer = road.of("first")
    trainer.open(f"leaders/submissions/{work.pk}/assess/")
    trainer.write('input[name="points"]', "8")
    trainer.write('textarea[name="feedback"]', WORDS[trainer.language][2])
    trainer.check("assessing")
    trainer.press('form[data-keep="feedback"] button.button-primary')
    walker.open(f"leaders/submissions/{work.pk}/")
    walker.see("main", WORDS[trainer.language][2])
    walker.check("feedback")


def changes_something(road: Road) -> None:
    walker, mentor, seat = road.of("applicant"), road.of("first"), Enrolment.objects.get(cohort=road.cohort, state="active")
    actions.give_mentor(None, seat, road.people["first"])
    project = make_project(seat)
    milestone = project.milestones.get(requirement__code="change")
    walker.open(f"leaders/projects/{project.pk}/")
    walker.check("project")
    walker.open(f"leaders/milestones/{milestone.pk}/edit/")
    walker.write('textarea[name="text"]', WORDS[walker.language][0])
    walker.press(SEND)
    walker.arrive(f"leaders/milestones/{milestone.pk}/")
    walker.press(f'form[action$="/milestones/{milestone.pk}/move/"] button.button-primary')
    walker.glance("sent to the mentor")
    mentor.open("leaders/mentoring/")
    mentor.check("people whom she accompanies")
    mentor.open(f"leaders/milestones/{milestone.pk}/")
    mentor.press('input[name="decision"][value="accept"]')
    mentor.press('form[data-keep="decision"] button')
    mentor.check("accepted")
    milestone.refresh_from_db()
    assert milestone.state == Milestone.State.ACCEPTED
    walker.open(f"leaders/{road.cohort.pk}/progress/")
    walker.check("nothing is left")


def is_certified(road: Road, guest: Walker) -> None:
    manager, walker = road.of("manager"), road.of("applicant")
    manager.open(f"leaders/{road.cohort.pk}/settings/")
    manager.press('button[name="to"][value="assessment"]')
    manager.see(".messages")
    manager.open(f"leaders/{road.cohort.pk}/certificates/rest/")
    manager.check("certificates")
    manager.press('form[action$="/certificate/"] button')
    certificate = Certificate.objects.get(user=road.people["applicant"])
    manager.arrive(f"leaders/certificates/{certificate.pk}/")
    walker.open("leaders/certificates/")
    walker.press(f'main a[href$="/leaders/certificates/{certificate.pk}/"]')
    walker.check("her certificate")

    guest.open("certificates/")
    guest.write('input[name="code"]', certificate.code)
    guest.press('main form button[type="submit"]')
    guest.arrive(f"certificates/{certificate.code}/")
    guest.see(".notice-ok")
    guest.check("verified")
    manager.open(f"leaders/certificates/{certificate.pk}/revoke/")
    manager.press('input[name="ground"][value="mistake"]')
    manager.write('textarea[name="reason"]', "Қате берілген.")
    manager.press("main form button.button-danger")
    guest.page.reload()
    guest.see(".notice-danger")
    guest.check("revoked")
    assert "Қате берілген." not in guest.page.content()
