"""What is left, said to the participant; who is at risk and why, said to the team; files equal to the screen."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from leaders import actions, dashboard
from leaders.dashboard import PAGE
from leaders.demo import RULES, make_application, make_cohort, make_cohort_role, make_enrolment, make_mentor, make_version
from leaders.demo.change import make_mentor_meeting, make_milestone, make_project
from leaders.demo.work import make_assessment, make_assignment, make_submission
from leaders.models import AttendanceMark, Cohort, Enrolment, Meeting
from leaders.moves import move_all
from portal.demo import make_person, make_school
from portal.models import School, User

from .people import read, signed_in

pytestmark = pytest.mark.django_db

TALKS = {"code": "talks", "kind": "mentoring", "amount": 2, "name_kk": "Тәлімгермен кездесу", "name_ru": "Встречи с наставником"}


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org")


@pytest.fixture
def cohort(manager) -> Cohort:
    return make_cohort(make_version(rules=RULES | {"children": [*RULES["children"], TALKS]}), manager=manager)


@pytest.fixture
def seat(cohort) -> Enrolment:
    return make_enrolment(make_person("participant@example.org", given_name="Жанар", school=make_school()), cohort)


def hold(cohort: Cohort, number: int, *marks: tuple[Enrolment, str]) -> Meeting:
    begins = timezone.now() + timedelta(days=number)
    meeting = Meeting.objects.create(cohort=cohort, title=f"{number}", starts_at=begins, ends_at=begins + timedelta(hours=3))
    for seat, mark in marks:
        AttendanceMark.objects.create(meeting=meeting, enrolment=seat, mark=mark, source="roster")
    return meeting


def people(cohort: Cohort, number: int) -> list[Enrolment]:
    """In bulk, as `make_enrolment` would have led them."""
    school = make_school()
    names = [(f"{number}-{n}@example.org", f"А{n:03}") for n in range(number)]
    users = User.objects.bulk_create(User(email=at, email_key=at, family_name=name, given_name="Бір", sort_key=name) for at, name in names)
    seats = Enrolment.objects.bulk_create(Enrolment(cohort=cohort, user=user, school=school, place=n) for n, user in enumerate(users))
    move_all(seats, "enrolled", actor=None)
    move_all(seats, "active", actor=None)
    return seats


# The participant


def test_what_is_left_by_when_and_where_to_press(cohort, seat, manager):
    assignment = make_assignment(cohort)
    coming = hold(cohort, 3)
    hold(cohort, -3, (seat, "present"))
    page = read(seat.user, f"{cohort.pk}/progress/")
    for said in (
        "Жұмысыңызды тапсырыңыз",
        "Өзгеріс жобаңызды бастаңыз",
        "Тәлімгеріңізбен тағы 2 кездесу",
        "Қатысқан сағат: 3, керегі: 4,8",
    ):
        assert said in page
    addresses = re.findall(r'button-small" href="/kk/leaders/([^"]+)"', page)
    hers = [f"enrolments/{seat.pk}/{place}/" for place in ("project", "mentoring")]
    assert addresses == [f"meetings/{coming.pk}/", f"assignments/{assignment.pk}/", *hers]
    assert "Ещё 2 встречи с наставником." in read(seat.user, f"{cohort.pk}/progress/", language="ru")
    assert "Hand in your work." in read(seat.user, f"{cohort.pk}/progress/", language="en")


def test_what_lies_with_others_is_no_call_to_act(cohort, seat):
    make_submission(seat, make_assignment(cohort, due_at=timezone.now() - timedelta(days=1)))
    make_milestone(make_project(seat))
    page = read(seat.user, f"{cohort.pk}/progress/")
    assert "оқылуын күтіп тұр" in page and "Тәлімгеріңіз қарап жатыр" in page


def test_everything_met_is_said_so(cohort, seat, manager):
    mentor = make_person("mentor@example.org")
    make_mentor(seat, mentor)
    hold(cohort, -1, (seat, "present"))
    make_assessment(manager, make_submission(seat, make_assignment(cohort)))
    make_milestone(make_project(seat), mentor=mentor)
    for days in range(2):
        make_mentor_meeting(mentor, seat, on=timezone.localdate() - timedelta(days=days))
    page = read(seat.user, f"{cohort.pk}/progress/")
    assert "Бәрі орындалды" in page and "4 / 4" in page and "Не істеуім керек" not in page


def test_the_team_reads_it_without_the_participants_buttons(cohort, seat, manager):
    make_assignment(cohort)
    page = read(manager, f"enrolments/{seat.pk}/progress/")
    assert seat.user.get_full_name() in page and "Тапсырманы ашу" not in page
    read(make_person("stranger@example.org"), f"enrolments/{seat.pk}/progress/", 404)
    read(manager, f"{cohort.pk}/progress/", 404)


# The start page


def start(user: User) -> str:
    return signed_in(user).get("/kk/start/").content.decode()


def test_the_start_page_leads_to_what_is_due_and_to_what_waits(cohort, seat, manager):
    mentor = make_person("mentor@example.org")
    make_mentor(seat, mentor)
    assignment = make_assignment(cohort)
    page = start(seat.user)
    assert f'href="/kk/leaders/assignments/{assignment.pk}/"' in page and f"/kk/leaders/{cohort.pk}/progress/" in page
    make_submission(seat, assignment)
    make_milestone(make_project(seat))
    assert f'href="/kk/leaders/assignments/{assignment.pk}/"' not in start(seat.user)
    assert "1 жұмыс оқылуын күтіп тұр" in start(manager)
    assert "1 белес сөзіңізді күтіп тұр" in start(mentor)
    hold(cohort, -1, (seat, "absent"))
    assert "сертификат алу енді мүмкін емес" in start(seat.user)


def ways(page: str) -> set[str]:
    """Into programmes, from what a page shows below its menu."""
    return set(re.findall(r'href="/kk/leaders/(mine|applications|reviews|mentoring)/"', page[page.index("<main") :]))


def test_each_is_led_to_what_she_has_and_nobody_else_is(cohort, seat, manager):
    people = {name: make_person(f"{name}@example.org") for name in ("applicant", "examiner", "mentor", "stranger", "waiting")}
    make_application(people["applicant"], cohort)
    make_cohort_role(cohort, people["examiner"], "examiner")
    make_mentor(seat, people["mentor"])
    make_enrolment(people["waiting"], cohort, state="waiting")
    people |= {"seat": seat.user, "manager": manager}
    assert {name: ways(start(person)) for name, person in people.items()} == {
        "applicant": {"applications"},
        "examiner": {"mine", "reviews"},
        "mentor": {"mine", "mentoring"},
        "stranger": set(),
        "waiting": {"mine"},
        "seat": {"mine"},
        "manager": {"mine"},
    }
    course, own = f'href="/kk/leaders/{cohort.pk}/course/"', f"/kk/leaders/enrolments/{people['waiting'].enrolments.get().pk}/"
    assert course in read(seat.user, "mine/") and own in read(people["waiting"], "mine/")
    assert "лек жетекшісі" in read(manager, "mine/") and course not in read(people["applicant"], "mine/")
    cost = len(asked(manager))
    for _number in range(3):
        make_cohort(cohort.version, manager=manager)
    assert len(asked(manager)) == cost


def asked(user: User) -> list:
    client = signed_in(user)
    client.get("/kk/leaders/mine/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/kk/leaders/mine/")
    return captured.captured_queries


# The team


def table(page: str) -> list[list[str]]:
    body = page.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in page else ""
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>") if row.strip()]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


def test_who_is_at_risk_and_why(cohort, seat, manager):
    well, absent = (
        make_enrolment(make_person(f"{name}@example.org", family_name=name, school=make_school()), cohort) for name in ("Б", "В")
    )
    make_submission(well, make_assignment(cohort, due_at=timezone.now() - timedelta(days=1)))
    make_submission(absent, cohort.assignments.get())
    hold(cohort, -2, (well, "present"), (seat, "present"), (absent, "absent"))
    hold(cohort, 2)
    risks = {row[0]: row[1:3] for row in table(read(manager, f"{cohort.pk}/dashboard/"))}
    assert risks[well.user.get_full_name()] == ["кестеге сай", ""]
    assert risks[seat.user.get_full_name()] == ["кешігіп жүр", "мерзімі өтті: Рефлексиялық есеп"]
    assert risks[absent.user.get_full_name()] == ["аяқтай алмайды", "енді орындалмайды: Кездесулерге қатысу"]
    shown = table(read(manager, f"{cohort.pk}/dashboard/?show=risk"))
    assert {row[0] for row in shown} == {seat.user.get_full_name(), absent.user.get_full_name()}


def test_whoever_may_miss_nothing_more_is_close(cohort, seat, manager):
    hold(cohort, -2, (seat, "absent"))
    for number in range(1, 5):
        hold(cohort, number)
    row = table(read(manager, f"{cohort.pk}/dashboard/"))[0]
    assert row[1:3] == ["шекке жақын", "қатысу: енді 0 сағаттан артық босата алмайды"]


@pytest.mark.parametrize("show", ["", "?show=risk"])
def test_the_files_are_equal_to_the_screen(cohort, seat, manager, show):
    other = make_enrolment(make_person("other@example.org", given_name="Ләззат", family_name="Қыдыр", school=make_school()), cohort)
    make_assignment(cohort, due_at=timezone.now() - timedelta(days=1))
    make_submission(other, cohort.assignments.get())
    hold(cohort, -2, (seat, "late"), (other, "excused"))
    screen = table(read(manager, f"{cohort.pk}/dashboard/{show}"))
    browser = signed_in(manager)
    data = browser.get(f"/kk/leaders/{cohort.pk}/dashboard.csv{show}").content
    assert data.startswith("\ufeff".encode())
    head, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert lines == screen and head[0] == "Тыңдаушы"
    sheet = load_workbook(io.BytesIO(browser.get(f"/kk/leaders/{cohort.pk}/dashboard.xlsx{show}").content)).active
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == [head, *lines]


def test_no_cell_is_run_as_a_formula(cohort, seat, manager):
    School.objects.filter(pk=seat.school_id).update(name_kk="=HYPERLINK(1)")
    browser = signed_in(manager)
    text = browser.get(f"/kk/leaders/{cohort.pk}/dashboard.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    book = load_workbook(io.BytesIO(browser.get(f"/kk/leaders/{cohort.pk}/dashboard.xlsx").content))
    assert [cell.data_type for cell in book.active[2] if "HYPERLINK" in str(cell.value)] == ["s"]


def test_each_of_the_team_sees_her_people(cohort, seat, manager):
    other = make_enrolment(make_person("other@example.org", family_name="Қыдыр", school=make_school()), cohort)
    mentor, trainer = make_person("mentor@example.org"), make_person("trainer@example.org")
    make_mentor(seat, mentor)
    make_cohort_role(cohort, trainer, "trainer")
    assert [row[0] for row in table(read(mentor, f"{cohort.pk}/dashboard/"))] == [seat.user.get_full_name()]
    page = read(trainer, f"{cohort.pk}/dashboard/")
    assert len(table(page)) == 2 and "Өтінімнен сертификатқа дейін" not in page
    assert "Өтінімнен сертификатқа дейін" in read(manager, f"{cohort.pk}/dashboard/")
    read(other.user, f"{cohort.pk}/dashboard/", 404)
    assert signed_in(other.user).get(f"/kk/leaders/{cohort.pk}/dashboard.csv").status_code == 404


def test_a_cohort_of_five_hundred_asks_no_more_than_one_of_fifty(manager, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(dashboard, "KEPT_SECONDS", 0)
    for number in (50, 500):
        cohort = make_cohort(make_version(rules=RULES | {"children": [*RULES["children"], TALKS]}), manager=manager)
        seats = people(cohort, number)
        make_assignment(cohort)
        meeting = hold(cohort, -1)
        AttendanceMark.objects.bulk_create(AttendanceMark(meeting=meeting, enrolment=row, mark="present", source="roster") for row in seats)
        browser = signed_in(manager)
        browser.get(f"/kk/leaders/{cohort.pk}/dashboard/")
        with django_assert_max_num_queries(12):
            page = browser.get(f"/kk/leaders/{cohort.pk}/dashboard/").content.decode()
        assert len(table(page)) == PAGE
    following = unescape(re.search(r'href="([^"]+)" rel="next"', page).group(1))
    assert table(browser.get(following).content.decode())[0][0] != table(page)[0][0]


def test_a_page_drawn_a_moment_ago_is_shown_again_until_something_happens(cohort, seat, manager):
    """Within the minute: marks of attendance write no act, so they are looked for by themselves."""
    browser, address = signed_in(manager), f"/kk/leaders/{cohort.pk}/dashboard/"
    meeting = hold(cohort, -1)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        return len(asked)

    first, again = queries(), queries()
    assert again < first
    actions.mark_roster(manager, meeting, {seat.pk: "present"})
    assert "100 %" in browser.get(address).content.decode()
    assert queries() == again
