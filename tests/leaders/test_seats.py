"""Offers, the waiting list, giving a seat up, other cohorts, and who may do so."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from leaders import actions, reminders
from leaders.demo import make_application, make_cohort, make_cohort_role, make_enrolment, make_mentor
from leaders.demo.change import make_mentor_meeting, make_project
from leaders.demo.course import make_mark, make_meeting
from leaders.demo.work import make_assignment, make_submission
from leaders.models import Cohort, Enrolment
from leaders.moves import MoveRefused
from portal.demo import make_person, make_school
from portal.models import Act, Notice, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org")


@pytest.fixture
def people() -> list[User]:
    return [make_person(f"p{number}@example.org", family_name=f"Тегі{number}") for number in range(4)]


@pytest.fixture
def cohort(manager, people) -> Cohort:
    """One seat, and four who want it."""
    cohort = make_cohort(state="selection", capacity=1, order="time", manager=manager)
    for person in people:
        actions.join_waiting(manager, cohort, person)
    return cohort


def row_of(person: User, cohort: Cohort) -> Enrolment:
    return Enrolment.objects.get(cohort=cohort, user=person)


def states(cohort: Cohort) -> list[str]:
    return list(cohort.enrolments.order_by("place").values_list("state", flat=True))


def told(person: User) -> set[str]:
    return set(Notice.objects.filter(user=person).values_list("kind", flat=True))


# Offers


def test_a_free_seat_is_offered_to_the_first_who_waits(cohort, people):
    assert states(cohort) == ["offered", "waiting", "waiting", "waiting"]
    row = row_of(people[0], cohort)
    assert timedelta(hours=71) < row.offered_until - timezone.now() <= timedelta(hours=72)
    assert told(people[0]) == {"seat-offered"} and told(people[1]) == set()


def test_whoever_accepts_has_the_seat(cohort, people):
    row = actions.accept_offer(people[0], row_of(people[0], cohort))
    assert (row.state, row.offered_until) == ("enrolled", None)
    assert states(cohort) == ["enrolled", "waiting", "waiting", "waiting"]
    assert "enrolled" in told(people[0])


def test_in_a_course_that_is_under_way_she_studies_at_once(manager, people):
    cohort = make_cohort(state="running", capacity=1, manager=manager)
    actions.join_waiting(manager, cohort, people[0])
    assert actions.accept_offer(people[0], row_of(people[0], cohort)).state == "active"


@pytest.mark.parametrize("deed", [actions.decline_offer, actions.withdraw])
def test_a_seat_that_is_given_up_goes_to_the_next_one(cohort, people, deed):
    deed(people[0], row_of(people[0], cohort))
    assert states(cohort)[1:] == ["offered", "waiting", "waiting"]
    assert told(people[1]) == {"seat-offered"}


def test_an_offer_that_is_accepted_too_late_has_gone_to_the_next_one(cohort, people):
    late = timezone.now() + timedelta(hours=73)
    assert actions.accept_offer(people[0], row_of(people[0], cohort), now=late).state == "lapsed"
    assert states(cohort) == ["lapsed", "offered", "waiting", "waiting"]
    assert "offer-lapsed" in told(people[0])


def test_the_clock_sees_offers_whose_time_is_over(cohort):
    actions.pass_seats_on(timezone.now() + timedelta(hours=71))
    assert states(cohort)[0] == "offered"
    actions.pass_seats_on(timezone.now() + timedelta(hours=73))
    assert states(cohort) == ["lapsed", "offered", "waiting", "waiting"]


def test_she_is_reminded_once_before_her_offer_ends(cohort, people):
    reminders.remind_of_offers()
    assert "offer-ends" not in told(people[0])
    for hours in (50, 60):
        reminders.remind_of_offers(timezone.now() + timedelta(hours=hours))
    assert Notice.objects.get(user=people[0], kind="offer-ends").number == 1


def test_nobody_answers_the_offer_of_another(cohort, people):
    for deed in (actions.accept_offer, actions.decline_offer, actions.withdraw):
        with pytest.raises(PermissionDenied):
            deed(people[1], row_of(people[0], cohort))


def test_a_seat_given_up_cannot_be_accepted_any_more(cohort, people):
    row = row_of(people[0], cohort)
    actions.decline_offer(people[0], row)
    assert actions.accept_offer(people[0], row).state == "declined"
    with pytest.raises(MoveRefused):
        actions.withdraw(people[0], row)


# The list


def test_the_list_goes_by_the_result_of_the_selection(manager, people):
    cohort = make_cohort(capacity=1, order="score", manager=manager)
    given = [(person, make_application(person, cohort, score=score)) for person, score in zip(people, (50, 90, None, 90), strict=True)]
    actions.move_cohort(manager, cohort, "selection")
    actions.join_waiting_all(manager, cohort, given)
    assert states(cohort) == ["waiting", "offered", "waiting", "waiting"]
    assert [rank(person, cohort) for person in (people[3], people[0], people[2])] == [1, 2, 3]


def rank(person: User, cohort: Cohort) -> int:
    return Enrolment.objects.ahead_of(row_of(person, cohort)).count() + 1


def test_each_knows_her_own_place_on_the_list(cohort, people):
    assert [rank(person, cohort) for person in people[1:]] == [1, 2, 3]
    actions.withdraw(people[2], row_of(people[2], cohort))
    assert rank(people[3], cohort) == 2


@pytest.mark.parametrize("state", ["published", "open"])
def test_before_the_selection_no_seat_is_offered(manager, people, state):
    cohort = make_cohort(state=state, manager=manager)
    actions.join_waiting(manager, cohort, people[0])
    assert states(cohort) == ["waiting"]
    for step in ("open", "selection")[state == "open" :]:
        actions.move_cohort(manager, cohort, step)
    assert states(cohort) == ["offered"]


def test_after_the_last_day_seats_are_passed_on_no_longer(cohort, people):
    Cohort.objects.update(seats_until=timezone.now() + timedelta(hours=1))
    actions.pass_seats_on(timezone.now() + timedelta(hours=2))
    assert states(cohort) == ["offered", "no-seat", "no-seat", "no-seat"]
    assert told(people[3]) == {"waiting-closed"}
    actions.decline_offer(people[0], row_of(people[0], cohort))
    assert states(cohort) == ["declined", "no-seat", "no-seat", "no-seat"]


def test_with_a_cohort_its_list_is_cancelled(client, cohort, manager, people):
    actions.move_cohort(manager, cohort, "cancelled", reason="Қаражат жоқ")
    assert states(cohort)[1:] == ["no-seat"] * 3
    assert "cohort-cancelled" in told(people[0]) and told(people[3]) == {"cohort-cancelled"}
    row = row_of(people[0], cohort)
    assert "Орынды қабылдау" not in seen(client, people[0], f"/kk{row.address}")
    assert actions.accept_offer(people[0], row).state == "offered"
    reminders.remind_of_offers(timezone.now() + timedelta(hours=60))
    actions.pass_seats_on(timezone.now() + timedelta(hours=73))
    assert states(cohort)[0] == "lapsed" and told(people[0]) == {"seat-offered", "cohort-cancelled"}


def test_applications_are_closed_by_the_clock(manager, people):
    cohort = make_cohort(manager=manager, closes_at=timezone.now() + timedelta(hours=1))
    actions.join_waiting(manager, cohort, people[0])
    for hours, state in ((0, "open"), (2, "selection"), (3, "selection")):
        reminders.keep_days(timezone.now() + timedelta(hours=hours))
        cohort.refresh_from_db()
        assert cohort.state == state
    assert states(cohort) == ["offered"]


def test_the_course_begins_with_those_who_have_a_seat(cohort, manager, people):
    actions.accept_offer(people[0], row_of(people[0], cohort))
    for state in ("confirmed", "running"):
        actions.move_cohort(manager, cohort, state)
    assert states(cohort)[0] == "active"


# How many seats


def test_more_seats_go_to_those_who_wait(cohort, manager):
    actions.change_capacity(manager, cohort, 3)
    assert states(cohort) == ["offered", "offered", "offered", "waiting"]
    assert Act.objects.filter(verb="change capacity").get().after == {"capacity": 3}


def test_never_fewer_seats_than_are_taken(cohort, manager):
    actions.change_capacity(manager, cohort, 3)
    with pytest.raises(actions.SeatsTaken):
        actions.change_capacity(manager, cohort, 2)
    cohort.refresh_from_db()
    assert cohort.capacity == 3


# Those who look after the cohort


def test_a_removed_participant_reads_why_and_her_seat_is_passed_on(cohort, manager, people):
    actions.manage_seat(manager, row_of(people[0], cohort), "removed", reason="Өтініші бойынша")
    assert states(cohort) == ["removed", "offered", "waiting", "waiting"]
    assert Notice.objects.get(user=people[0], kind="seat-changed").data["reason"] == "Өтініші бойынша"


def test_an_interrupted_course_keeps_its_seat(manager, people):
    cohort = make_cohort(state="running", capacity=1, manager=manager)
    row = make_enrolment(people[0], cohort)
    actions.join_waiting(manager, cohort, people[1])
    actions.manage_seat(manager, row, "paused", reason="Науқас")
    assert states(cohort) == ["paused", "waiting"]
    assert actions.manage_seat(manager, row, "active").state == "active"


def test_only_managers_decide_on_seats(cohort, people):
    with pytest.raises(PermissionDenied):
        actions.manage_seat(people[1], row_of(people[0], cohort), "removed")
    with pytest.raises(PermissionDenied):
        actions.change_capacity(people[1], cohort, 9)
    trainer = make_cohort_role(cohort, make_person("trainer@example.org"), "trainer").user
    with pytest.raises(PermissionDenied):
        actions.transfer(trainer, row_of(people[0], cohort), cohort)


def test_a_seat_is_given_by_an_offer_alone(cohort, manager, people):
    for to in ("enrolled", "offered"):
        with pytest.raises(MoveRefused):
            actions.manage_seat(manager, row_of(people[1], cohort), to)


def test_a_participant_goes_over_into_a_free_seat_of_another_cohort(manager, people):
    source = make_cohort(state="running", capacity=1, manager=manager)
    target = make_cohort(source.version, state="running", capacity=1, manager=manager)
    row = make_enrolment(people[0], source)
    actions.join_waiting(manager, source, people[1])
    arrived = actions.transfer(manager, row, target, reason="Көшіп кетті")
    row.refresh_from_db()
    assert (row.state, row.transferred_to, arrived.state) == ("transferred", arrived, "active")
    assert states(source) == ["transferred", "offered"]
    with pytest.raises(actions.SeatsTaken):
        actions.transfer(manager, make_enrolment(people[2], make_cohort(source.version, state="running", manager=manager)), target)


def test_what_is_her_own_goes_over_with_a_participant(client, manager, people):
    source = make_cohort(state="running", manager=manager)
    target = make_cohort(source.version, state="running", manager=manager)
    person, mentor = make_person("zhanar@example.org", school=make_school()), people[1]
    row = make_enrolment(person, source)
    make_mentor(row, mentor)
    project, talk = make_project(row), make_mentor_meeting(mentor, row)
    meeting, assignment = make_meeting(source), make_assignment(source)
    mark, work = make_mark(meeting, row), make_submission(row, assignment)
    arrived = actions.transfer(manager, row, target)
    for thing, seat in ((project, arrived), (talk, arrived), (mark, row), (work, row)):
        thing.refresh_from_db()
        assert thing.enrolment == seat, thing
    client.force_login(person)
    assert client.get(f"/kk{project.address}").status_code == 200


def test_nobody_is_moved_where_she_is_already_or_works(manager, people):
    source = make_cohort(state="running", manager=manager)
    target = make_cohort(source.version, state="running", manager=manager)
    row = make_enrolment(people[0], source)
    make_enrolment(people[0], target)
    with pytest.raises(actions.AlreadyIn):
        actions.transfer(manager, row, target)
    trainer = make_enrolment(people[1], source)
    make_cohort_role(target, people[1], "trainer")
    with pytest.raises(actions.ConflictOfInterest):
        actions.transfer(manager, trainer, target)


# The pages


def press(client, person: User, row: Enrolment, deed: str, **sent) -> str:
    client.force_login(person)
    return client.post(f"/kk/leaders/enrolments/{row.pk}/{deed}/", sent, follow=True).content.decode()


def seen(client, person: User, address: str) -> str:
    client.force_login(person)
    return client.get(address).content.decode()


def test_from_the_offer_to_the_seat_and_to_the_next_one(client, cohort, manager, people):
    rows = [row_of(person, cohort) for person in people]
    assert "Орынды қабылдау" in seen(client, people[0], f"/kk{rows[0].address}")
    assert "3 адам ішінде 1-орын" in seen(client, people[1], f"/kk{rows[1].address}")
    assert "Орын Сіздікі." in press(client, people[0], rows[0], "accept")
    press(client, people[0], rows[0], "withdraw", reason="Көшемін")
    assert "Сізге орын ұсынылды" in seen(client, people[1], f"/kk{rows[1].address}")
    assert "Көшемін" in seen(client, manager, f"/kk{rows[0].address}")
    assert "Тегі1" in seen(client, manager, f"/kk/leaders/{cohort.pk}/seats/?show=offered")


def test_an_offer_pressed_too_late_is_answered_by_a_word(client, cohort, people):
    row = row_of(people[0], cohort)
    Enrolment.objects.filter(pk=row.pk).update(offered_until=timezone.now() - timedelta(minutes=1))
    assert "Орынды қабылдау мерзімі өтті" in seen(client, people[0], f"/kk{row.address}")
    assert "енді қабылдауға болмайды" in press(client, people[0], row, "accept")
    assert states(cohort)[:2] == ["lapsed", "offered"]


def test_a_manager_removes_with_a_reason_alone(client, cohort, manager, people):
    row = row_of(people[0], cohort)
    client.force_login(manager)
    assert client.post(f"/kk{row.address}manage/", {"to": "removed"}).status_code == 422
    press(client, manager, row, "manage", to="removed", reason="Өтініші бойынша")
    assert "Өтініші бойынша" in seen(client, people[0], f"/kk{row.address}")


def test_fewer_seats_than_are_taken_are_refused_by_a_word(client, cohort, manager, people):
    actions.change_capacity(manager, cohort, 2)
    client.force_login(manager)
    refused = client.post(f"/kk/leaders/{cohort.pk}/capacity/", {"capacity": 1})
    assert (refused.status_code, "бұдан көп" in refused.content.decode()) == (422, True)
    assert client.post(f"/kk/leaders/{cohort.pk}/capacity/", {"capacity": 3}).status_code == 302
    assert states(cohort).count("offered") == 3


def test_an_accepted_applicant_is_led_to_her_seat(client, manager, people):
    cohort = make_cohort(manager=manager)
    application = make_application(people[0], cohort, state="accepted")
    row = actions.join_waiting(manager, cohort, people[0], application=application)
    for address in ("applications/", f"applications/{application.pk}/"):
        assert f'href="/kk{row.address}"' in seen(client, people[0], f"/kk/leaders/{address}")


def test_who_goes_over_is_led_into_the_other_cohort_and_its_group(client, manager, people):
    source = make_cohort(state="running", manager=manager)
    target = make_cohort(source.version, state="running", manager=manager)
    left = make_enrolment(people[0], source)
    draft = make_cohort(source.version, state="draft", manager=manager)
    client.force_login(manager)
    assert client.post(f"/kk{left.address}transfer/", {"cohort": draft.pk, "reason": "Көшті"}).status_code == 422
    arrived = actions.transfer(manager, left, target, reason="Көшті")
    page = seen(client, people[0], f"/kk{left.address}")
    assert arrived.address in page and "Көшті" in page
    for cohort, is_in in ((source, False), (target, True)):
        cohort.refresh_from_db()
        assert cohort.group.memberships.filter(user=people[0]).exists() == is_in


def test_a_full_cohort_takes_nobody_over(client, manager, people):
    source = make_cohort(state="running", manager=manager)
    full = make_cohort(source.version, state="running", capacity=1, manager=manager)
    make_enrolment(people[1], full)
    row = make_enrolment(people[0], source)
    client.force_login(manager)
    refused = client.post(f"/kk{row.address}transfer/", {"cohort": full.pk, "reason": "Көшті"})
    assert (refused.status_code, "Бос орын жоқ." in refused.content.decode()) == (422, True)


def test_the_list_asks_no_more_for_more(client, manager, django_assert_num_queries):
    cohort = make_cohort(state="running", manager=manager)
    client.force_login(manager)
    for number in range(2):
        make_enrolment(make_person(f"n{number}@example.org"), cohort)
        client.get(f"/kk/leaders/{cohort.pk}/seats/")
        with django_assert_num_queries(7):
            client.get(f"/kk/leaders/{cohort.pk}/seats/")
