"""An assignment: asked, handed in, assessed, released, handed in once more."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leaders import actions, reminders
from leaders.demo import make_cohort, make_cohort_role, make_enrolment, make_mentor
from leaders.demo.course import make_meeting
from leaders.demo.work import WORK, make_assessment, make_assignment, make_submission
from leaders.models import Assessment, Assignment, Cohort, Enrolment, Extension, ExternalResult, Submission, SubmissionFile
from leaders.moves import move
from portal.demo import make_person, make_school
from portal.models import Notice, User

from ..portal.sample_files import make_pdf
from .people import read, send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org", given_name="Сәуле")


@pytest.fixture
def cohort(manager) -> Cohort:
    return make_cohort(manager=manager)


@pytest.fixture
def trainer(cohort) -> User:
    trainer = make_person("trainer@example.org", given_name="Болат")
    make_cohort_role(cohort, trainer, "trainer")
    return trainer


@pytest.fixture
def participant() -> User:
    return make_person("participant@example.org", given_name="Жанар", school=make_school())


@pytest.fixture
def seat(cohort, participant) -> Enrolment:
    return make_enrolment(participant, cohort)


@pytest.fixture
def assignment(cohort) -> Assignment:
    return make_assignment(cohort)


def pdf(name: str = "есеп.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_pdf())


ASKED = {
    "title": "Эссе",
    "text": "Бір бет **жазыңыз**.",
    "language": "kk",
    "due_at": "2030-05-01T18:00",
    "max_points": 20,
    "pass_points": 12,
}


# The whole way


def test_from_the_assignment_to_the_version_that_is_accepted(cohort, trainer, seat, participant):
    send(trainer, f"{cohort.pk}/assignments/new/", **ASKED, requirement=cohort.version.requirements.get(code="report").pk)
    assignment = Assignment.objects.get()
    at = f"assignments/{assignment.pk}/"
    read(participant, at, 404)
    send(trainer, f"{at}move/", to="published")
    assert Notice.objects.get(user=participant).kind == "assignment-published"
    assert "Эссе" in read(participant, f"{cohort.pk}/assignments/")
    assert "<strong>жазыңыз</strong>" in read(participant, at)

    send(participant, at, text=WORK, file=pdf(), keep="1")
    draft = Submission.objects.get()
    assert (draft.state, draft.files.get().file.name) == ("draft", "есеп.pdf")
    assert WORK not in read(trainer, at) and "есеп.pdf" in read(participant, at)
    send(participant, at, text=WORK, key=draft.key)
    first = Submission.objects.get()
    assert first.state == "handed-in" and participant.get_full_name() in read(trainer, at)

    assert WORK in read(trainer, f"submissions/{first.pk}/assess/")
    send(trainer, f"submissions/{first.pk}/assess/", points=5, feedback="Деректер **жетпейді**.", keep="1")
    assert "жетпейді" not in read(participant, at)
    send(trainer, f"submissions/{first.pk}/assess/", points=5, feedback="Деректер **жетпейді**.")
    page = read(participant, at)
    assert "<strong>жетпейді</strong>" in page and "5 / 20" in page
    assert Notice.objects.filter(user=participant, kind="feedback-released").exists()

    send(participant, at, text=f"{WORK} Деректер қосылды.", file=pdf("дерек.pdf"))
    second = Submission.objects.get(version=2)
    send(trainer, f"submissions/{second.pk}/assess/", points=15, feedback="Енді толық.")
    states = list(Submission.objects.order_by("version").values_list("state", flat=True))
    assert states == ["returned", "accepted"]
    assert 'name="text"' not in read(participant, at)


# Handing in


def test_nothing_is_no_work(assignment, participant, seat):
    page = send(participant, f"assignments/{assignment.pk}/", 422, text="  ")
    assert "жазыңыз" in page and Submission.objects.get().state == "draft"


def test_a_file_that_is_refused_loses_no_word(assignment, participant, seat):
    page = send(participant, f"assignments/{assignment.pk}/", 422, text=WORK, file=SimpleUploadedFile("x.exe", b"MZ"))
    assert WORK in page
    assert (Submission.objects.get().text, Submission.objects.get().state) == (WORK, "draft")


def test_a_form_that_was_sent_already_finds_its_work(assignment, participant, seat):
    form = {"text": WORK, "key": "0e5fa9f4-6f2e-4d83-9f20-6b6f3c1b8a11"}
    for _time in range(2):
        send(participant, f"assignments/{assignment.pk}/", **form)
    assert Submission.objects.get().state == "handed-in"


def test_until_it_is_read_it_can_be_taken_back(assignment, trainer, participant, seat):
    work = make_submission(seat, assignment)
    send(participant, f"submissions/{work.pk}/take-back/")
    work.refresh_from_db()
    assert work.state == "draft"
    actions.hand_in(participant, work)
    actions.save_assessment(trainer, work, points=3, feedback="…")
    send(participant, f"submissions/{work.pk}/take-back/")
    work.refresh_from_db()
    assert work.state == "handed-in"


def test_files_are_hers_to_remove_while_it_is_a_draft_and_hidden_from_others(assignment, trainer, participant, seat):
    other = make_person("other@example.org")
    make_enrolment(other, assignment.cohort)
    row = actions.attach_work(participant, assignment, SimpleUploadedFile("а.pdf", make_pdf()), name="а.pdf")
    at = f"submissions/{row.submission_id}/files/{row.file_id}/"
    read(other, at, 404)
    read(trainer, at, 404)
    assert signed_in(participant).get(f"/kk/leaders/{at}").status_code == 200
    send(other, f"{at}drop/", 404)
    send(participant, f"{at}drop/")
    assert not SubmissionFile.objects.exists()


def test_no_more_than_ten_files(assignment, participant, seat):
    row = actions.attach_work(participant, assignment, SimpleUploadedFile("а.pdf", make_pdf()), name="а.pdf")
    for _number in range(9):
        actions.attach_work(participant, assignment, SimpleUploadedFile("а.pdf", make_pdf()), name="а.pdf")
    assert "Он файл" in send(participant, f"assignments/{assignment.pk}/", 422, text=WORK, file=pdf())
    assert row.submission.files.count() == 10


@pytest.mark.parametrize("case", ["closed", "not-begun", "paused"])
def test_out_of_time_nothing_is_taken(cohort, participant, seat, case):
    later = timezone.now() + timedelta(days=1)
    made = make_assignment(cohort, state="closed" if case == "closed" else "published", opens_at=later if case == "not-begun" else None)
    if case == "paused":
        move(seat, "paused", actor=None)
    assert 'name="text"' not in read(participant, f"assignments/{made.pk}/")
    with pytest.raises(PermissionDenied):
        actions.save_submission(participant, made, text=WORK)
    page = send(participant, f"assignments/{made.pk}/", 422, text=WORK)
    assert WORK in page and "жұмыс қабылданбайды" in page and not Submission.objects.exists()


def test_after_the_day_work_is_taken_and_said_to_be_late(cohort, participant, seat):
    late = make_assignment(cohort, due_at=timezone.now() - timedelta(days=1))
    assert "Мерзімі өтті" in read(participant, f"assignments/{late.pk}/")
    send(participant, f"assignments/{late.pk}/", text=WORK)
    assert "мерзімінен кейін" in read(participant, f"assignments/{late.pk}/")


def test_whoever_has_more_time_is_not_late(cohort, manager, participant, seat):
    late = make_assignment(cohort, due_at=timezone.now() - timedelta(days=1))
    at = f"assignments/{late.pk}/extend/"
    send(manager, at, 422, enrolment=seat.pk, due_at="2020-01-01T00:00")
    send(manager, at, enrolment=seat.pk, due_at="2030-01-01T00:00", reason="Сырқат")
    assert timezone.localtime(Extension.objects.get().due_at).year == 2030
    assert "Мерзімі өтті" not in read(participant, f"assignments/{late.pk}/")
    assert Notice.objects.filter(user=participant, kind="assignment-extended").exists()


# Assessing


def test_criteria_make_the_points(cohort, trainer, seat):
    rubric = cohort.version.rubrics.get()
    made = make_assignment(cohort, rubric=rubric, max_points=99)
    assert made.max_points == 10
    work, criterion = make_submission(seat, made), rubric.criteria.get()
    at = f"submissions/{work.pk}/assess/"
    send(trainer, at, 422, feedback="Жақсы", **{f"criterion-{criterion.pk}": 11})
    send(trainer, at, feedback="Жақсы", **{f"criterion-{criterion.pk}": 7})
    assert (Assessment.objects.get().points, Assessment.objects.get().scores.get().points) == (7, 7)
    assert criterion.name in read(seat.user, f"submissions/{work.pk}/")


def test_one_assesses_and_a_manager_may_go_on(assignment, cohort, manager, trainer, seat):
    second = make_person("second@example.org")
    make_cohort_role(cohort, second, "examiner")
    work = make_submission(seat, assignment)
    make_assessment(trainer, work, released=False)
    send(second, f"submissions/{work.pk}/assess/", points=1, feedback="…")
    with pytest.raises(PermissionDenied):
        actions.save_assessment(second, work, points=1, feedback="…")
    assert Assessment.objects.get().points == 8
    send(manager, f"submissions/{work.pk}/assess/", points=9, feedback="Толық.")
    assert (Assessment.objects.get().by, Submission.objects.get().state) == (manager, "accepted")


def test_what_was_released_stays(assignment, trainer, seat):
    work = make_submission(seat, assignment)
    make_assessment(trainer, work)
    send(trainer, f"submissions/{work.pk}/assess/", 404, points=1, feedback="…")
    with pytest.raises(PermissionDenied):
        actions.save_assessment(trainer, work, points=1, feedback="…")


def test_a_mentor_reads_the_work_of_her_people_and_assesses_nothing(assignment, trainer, seat):
    mentor = make_person("mentor@example.org")
    make_mentor(seat, mentor)
    work = make_submission(seat, assignment)
    assert WORK in read(mentor, f"submissions/{work.pk}/")
    read(mentor, f"submissions/{work.pk}/assess/", 404)
    make_assessment(trainer, work, feedback="Деректер жақсы.")
    assert "Деректер жақсы." in read(mentor, f"submissions/{work.pk}/")


# Changing what is asked


def test_by_what_it_is_measured_stays_once_somebody_has_handed_in(assignment, trainer, seat):
    make_submission(seat, assignment)
    at = f"assignments/{assignment.pk}/edit/"
    assert 'name="max_points"' not in read(trainer, at)
    send(trainer, at, **(ASKED | {"title": "Басқа атау"}))
    assignment.refresh_from_db()
    assert (assignment.title, assignment.max_points) == ("Басқа атау", 10)
    with pytest.raises(actions.WorkWasHandedIn):
        actions.put_assignment(trainer, assignment.cohort, assignment, pass_points=1)
    send(trainer, f"assignments/{assignment.pk}/move/", to="draft")
    assignment.refresh_from_db()
    assert assignment.state == "published"


def test_nobody_hands_in_the_draft_of_another(cohort, seat, participant, assignment):
    other = make_enrolment(make_person("other@example.org"), cohort)
    draft = make_submission(other, assignment, state="draft")
    with pytest.raises(PermissionDenied):
        actions.hand_in(participant, draft)


def test_who_has_handed_in_nothing_is_reminded_once_the_day_before(cohort, seat, participant, trainer):
    due = timezone.now() + timedelta(days=3)
    made = make_assignment(cohort, due_at=due)
    seats = {name: make_enrolment(make_person(f"{name}@example.org"), cohort) for name in ("done", "longer", "paused")}
    make_submission(seats["done"], made)
    actions.extend(trainer, made, seats["longer"], due_at=due + timedelta(days=2))
    actions.manage_seat(None, seats["paused"], "paused", reason="Ауырып қалды")

    def reminded(before_due: timedelta) -> list[str]:
        for _time in range(2):
            reminders.remind_of_assignments(due - before_due)
        return sorted(Notice.objects.filter(kind="assignment-due").values_list("user__email", flat=True))

    assert reminded(timedelta(hours=25)) == []
    assert reminded(timedelta(hours=23)) == [participant.email]
    assert reminded(-timedelta(hours=25)) == ["longer@example.org", participant.email]
    assert all(notice.number == 1 for notice in Notice.objects.filter(kind="assignment-due"))
    assert "Работа ещё не сдана" in signed_in(participant).get("/ru/notices/").content.decode()


@pytest.mark.parametrize("wrong", [{"pass_points": 21}, {"opens_at": "2031-01-01T00:00"}, {"title": ""}])
def test_an_assignment_without_sense_is_not_taken(cohort, trainer, wrong):
    send(trainer, f"{cohort.pk}/assignments/new/", 422, **(ASKED | wrong))
    assert not Assignment.objects.exists()


def test_a_second_press_asks_for_nothing_twice(cohort, trainer):
    for _press in range(2):
        send(trainer, f"{cohort.pk}/assignments/new/", **ASKED)
    assert cohort.assignments.count() == 1


def test_an_external_result_is_written_down_by_examiners(cohort, trainer, seat):
    examiner = make_person("examiner@example.org")
    make_cohort_role(cohort, examiner, "examiner")
    read(trainer, f"enrolments/{seat.pk}/external/", 404)
    read(examiner, f"enrolments/{seat.pk}/external/")
    progress, link = f"enrolments/{seat.pk}/progress/", f"/kk/leaders/enrolments/{seat.pk}/external/"
    assert link not in read(examiner, progress)
    whole = cohort.version.requirements.get(parent=None)
    requirement = cohort.version.requirements.create(parent=whole, code="test", kind="external", name_kk="Сыртқы бағалау")
    cache.clear()  # what a frozen version asks for is held
    assert link in read(examiner, progress) and link not in read(trainer, progress)
    early = {"requirement": requirement.pk, "passed": "yes", "points": 40, "assessor": "ҰТО", "assessed_on": "2100-01-01"}
    send(examiner, f"enrolments/{seat.pk}/external/", 422, **early)
    given = {"passed": False, "points": 40, "assessor": "ҰТО", "assessed_on": timezone.localdate()}
    actions.put_external_result(examiner, seat, requirement, **given)
    actions.put_external_result(examiner, seat, requirement, **(given | {"passed": True, "points": 70}))
    assert (ExternalResult.objects.get().passed, ExternalResult.objects.get().points) == (True, 70)


def test_the_list_asks_no_more_for_more(cohort, participant, seat, django_assert_max_num_queries):
    browser = signed_in(participant)
    for number in range(12):
        make_assignment(cohort, "none", title=f"{number}-тапсырма")
    browser.get(f"/kk/leaders/{cohort.pk}/assignments/")
    with django_assert_max_num_queries(7):
        browser.get(f"/kk/leaders/{cohort.pk}/assignments/")


def test_what_is_sent_from_a_second_window_is_not_lost(participant, seat, assignment):
    at, more = f"assignments/{assignment.pk}/", "Екінші терезеде жазылған ұзақ мәтін."
    send(participant, at, text=WORK, key=str(uuid.uuid4()))
    assert more in send(participant, at, 422, text=more, key=str(uuid.uuid4()))
    assert Submission.objects.get().text == WORK


def test_whoever_reads_no_works_is_not_told_that_nobody_has_handed_in(cohort, seat, assignment):
    make_submission(seat, assignment)
    for role, said in (("observer", False), ("trainer", True)):
        reader = make_person(f"{role}@example.org")
        make_cohort_role(cohort, reader, role)
        page = read(reader, f"assignments/{assignment.pk}/")
        assert (seat.user.get_full_name() in page, "works-title" in page, "missing-title" in page) == (said, said, False)


def test_of_a_cohort_that_is_cancelled_nobody_is_told_more(cohort, manager, participant, seat):
    late = make_assignment(cohort, due_at=timezone.now() + timedelta(hours=20))
    draft = make_assignment(cohort, "none", state="draft")
    meeting = make_meeting(cohort)
    actions.move_cohort(manager, cohort, "cancelled", reason="Қаражат жоқ")
    Notice.objects.all().delete()
    reminders.remind_of_assignments(late.due_at - timedelta(hours=2))
    send(manager, f"assignments/{draft.pk}/move/", to="published")
    send(manager, f"meetings/{meeting.pk}/cancel/", reason="Қаражат жоқ")
    assert not Notice.objects.exists()
