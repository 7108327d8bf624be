"""A mentor and her people: who is given to whom, what the two agree on."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from leaders import actions
from leaders.demo import make_cohort, make_cohort_role, make_enrolment, make_mentor
from leaders.demo.change import make_mentor_meeting, make_milestone, make_project
from leaders.models import Agreement, Cohort, Enrolment, MentorLink, MentorMeeting
from portal.demo import make_person, make_school
from portal.models import Notice, User

from .people import read, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org")


@pytest.fixture
def cohort(manager) -> Cohort:
    return make_cohort(manager=manager)


@pytest.fixture
def mentor(cohort) -> User:
    mentor = make_person("mentor@example.org", given_name="Болат")
    make_cohort_role(cohort, mentor, "mentor")
    return mentor


@pytest.fixture
def seat(cohort) -> Enrolment:
    return make_enrolment(make_person("participant@example.org", given_name="Жанар", school=make_school()), cohort)


def lines(*texts: str) -> dict:
    rows = {f"agreement-{number}-text": text for number, text in enumerate(texts)}
    choices = {f"agreement-{number}-whose": "participant" for number in range(len(texts))}
    return {"agreement-TOTAL_FORMS": len(texts), "agreement-INITIAL_FORMS": 0, **rows, **choices}


def test_from_the_mentor_to_an_agreement_that_is_kept(cohort, manager, mentor, seat):
    send(manager, f"{cohort.pk}/mentors/give/", **{f"seat-{seat.pk}": mentor.pk})
    assert set(Notice.objects.filter(kind="mentor-given").values_list("user", flat=True)) == {mentor.pk, seat.user_id}
    assert seat.user.get_full_name() in read(mentor, "mentoring/")
    at = f"enrolments/{seat.pk}/mentoring/"
    today = timezone.localdate().isoformat()
    send(mentor, f"{at}new/", held_on=today, minutes=45, notes="Сабақ **туралы**.", **lines("Екі сабақ бақылау", ""))
    page = read(seat.user, at)
    assert "<strong>туралы</strong>" in page and "Екі сабақ бақылау" in page
    agreement = Agreement.objects.get()
    send(seat.user, f"agreements/{agreement.pk}/settle/", done="1")
    agreement.refresh_from_db()
    assert agreement.done_at
    send(mentor, f"agreements/{agreement.pk}/settle/")
    agreement.refresh_from_db()
    assert not agreement.done_at


def test_what_the_two_have_said_nobody_else_reads(cohort, manager, mentor, seat):
    make_mentor(seat, mentor)
    meeting = make_mentor_meeting(mentor, seat, "Құпия келісім", notes="Құпия")
    observer, other = make_person("observer@example.org"), make_person("other@example.org")
    make_cohort_role(cohort, observer, "observer")
    make_cohort_role(cohort, other, "mentor")
    for person in (manager, observer, other):
        read(person, f"enrolments/{seat.pk}/mentoring/", 404)
        read(person, f"enrolments/{seat.pk}/mentoring/new/", 404)
        read(person, f"mentoring/{meeting.pk}/edit/", 404)
        send(person, f"agreements/{Agreement.objects.get().pk}/settle/", 404, done="1")
    read(seat.user, f"mentoring/{meeting.pk}/edit/", 404)


def test_another_mentor_begins_with_a_page_of_her_own(cohort, manager, mentor, seat):
    make_mentor(seat, mentor)
    make_mentor_meeting(mentor, seat, "Құпия келісім")
    second = make_person("second@example.org")
    make_cohort_role(cohort, second, "mentor")
    actions.give_mentor(manager, seat, second)
    assert MentorLink.objects.current().get().mentor == second and MentorLink.objects.count() == 2
    assert "Құпия келісім" not in read(second, f"enrolments/{seat.pk}/mentoring/")
    read(mentor, f"enrolments/{seat.pk}/mentoring/", 404)
    assert "Құпия келісім" in read(seat.user, f"enrolments/{seat.pk}/mentoring/")
    with pytest.raises(PermissionDenied):
        make_mentor_meeting(mentor, seat)


def test_a_mentor_changes_her_meeting_and_adds_to_it(mentor, seat):
    make_mentor(seat, mentor)
    meeting = make_mentor_meeting(mentor, seat, "Бірінші")
    today = timezone.localdate().isoformat()
    send(mentor, f"mentoring/{meeting.pk}/edit/", held_on=today, minutes=90, notes="", **lines("Екінші"))
    assert MentorMeeting.objects.get().minutes == 90
    assert set(Agreement.objects.values_list("text", flat=True)) == {"Бірінші", "Екінші"}


def test_a_second_press_writes_no_second_meeting(mentor, seat):
    make_mentor(seat, mentor)
    facts = {"held_on": timezone.localdate().isoformat(), "minutes": 45, **lines("Екі сабақ бақылау")}
    for minutes in (45, 45, 60):
        send(mentor, f"enrolments/{seat.pk}/mentoring/new/", **(facts | {"minutes": minutes}))
    assert (MentorMeeting.objects.count(), Agreement.objects.count()) == (2, 2)


def test_a_page_left_open_takes_no_mentor_away(cohort, manager, mentor, seat):
    other = make_enrolment(make_person("other@example.org"), cohort)
    page = read(manager, f"{cohort.pk}/mentors/")
    opened = dict(re.findall(r'name="(was-\d+)" value="(\d*)"', page))
    assert opened == {f"was-{row.pk}": "" for row in (seat, other)}
    actions.give_mentor(manager, seat, mentor)
    send(manager, f"{cohort.pk}/mentors/give/", **opened, **{f"seat-{seat.pk}": "", f"seat-{other.pk}": mentor.pk})
    assert MentorLink.objects.current().count() == 2


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"held_on": "2100-01-01"}, {"agreement-0-due_on": "ертең"}])
def test_a_meeting_without_sense_is_not_taken(mentor, seat, wrong):
    make_mentor(seat, mentor)
    facts = {"held_on": timezone.localdate().isoformat(), "minutes": 45, **lines("Бір")} | wrong
    send(mentor, f"enrolments/{seat.pk}/mentoring/new/", 422, **facts)
    assert not MentorMeeting.objects.exists()


def test_only_mentors_of_the_cohort_are_given_and_only_by_its_managers(cohort, manager, mentor, seat):
    stranger = make_person("stranger@example.org")
    with pytest.raises(actions.NoMentorOfTheCohort):
        actions.give_mentor(manager, seat, stranger)
    send(manager, f"{cohort.pk}/mentors/give/", **{f"seat-{seat.pk}": stranger.pk})
    assert not MentorLink.objects.exists()
    with pytest.raises(PermissionDenied):
        actions.give_mentor(mentor, seat, mentor)
    read(mentor, f"{cohort.pk}/mentors/", 404)


def test_whose_milestone_waits_stands_first(cohort, mentor, seat):
    first = make_enrolment(make_person("first@example.org", family_name="Абай", school=make_school()), cohort)
    for row in (seat, first):
        make_mentor(row, mentor)
    make_milestone(make_project(seat))
    page = read(mentor, "mentoring/")
    assert page.index(seat.user.get_full_name()) < page.index(first.user.get_full_name())


def test_those_whose_course_is_over_stand_apart_and_nothing_is_written_down_of_them(cohort, manager, mentor, seat):
    make_mentor(seat, mentor)
    assert f"enrolments/{seat.pk}/mentoring/new/" in read(mentor, "mentoring/")
    actions.manage_seat(manager, seat, "completed", reason="Аяқтады")
    page = read(mentor, "mentoring/")
    assert "<details" in page and seat.user.get_full_name() in page and f"enrolments/{seat.pk}/mentoring/new/" not in page
