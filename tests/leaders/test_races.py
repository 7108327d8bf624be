"""Many press at the same moment: no seat is given twice, none stays empty while somebody waits, and nobody is passed over."""

import random
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from leaders import actions
from leaders.actions.seats import fill_seats
from leaders.checking import broken_lines
from leaders.demo import make_cohort, make_cohort_role, make_enrolment
from leaders.demo.certificates import make_passed, make_short_version
from leaders.models import Certificate, Cohort, Enrolment, RegisterLine
from portal.demo import make_person
from portal.models import Act, User

from ..together import together

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, SEATS, ROUNDS, CLICKS = 40, 10, 100, 8
# Of a round: how many of the forty press, and how many of them at the very same moment
PRESSING, THREADS = 6, 3


@pytest.fixture
def people() -> list[User]:
    return [make_person(f"p{number}@example.org") for number in range(PEOPLE)]


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort(state="selection", capacity=SEATS, order="time")


@transaction.atomic
def begin_anew(cohort: Cohort, people: list[User]) -> list[Enrolment]:
    """All of them wait, and the first have their offers."""
    Enrolment.objects.filter(cohort=cohort).delete()
    Enrolment.objects.bulk_create(Enrolment(cohort=cohort, user=user, place=number) for number, user in enumerate(people, 1))
    fill_seats(cohort)
    return list(cohort.enrolments.order_by("place").select_related("user", "cohort"))


def states(cohort: Cohort) -> list[str]:
    return list(cohort.enrolments.order_by("place").values_list("state", flat=True))


def check(cohort: Cohort) -> None:
    rows = cohort.enrolments.all()
    taken = rows.taken().count()
    assert taken <= SEATS
    assert taken == SEATS or not rows.waiting().exists()
    places = dict(rows.values_list("pk", "place"))
    offered = Act.objects.filter(verb="enrolments offered", object_id__in=places).order_by("pk").values_list("object_id", flat=True)
    assert [places[pk] for pk in offered] == sorted(places[pk] for pk in offered)


def answer(rows: list[Enrolment], withdraws: set[int]) -> None:
    """Each presses once; who has nothing to accept yet finds her place on the list unchanged."""
    for row in rows:
        if row.pk in withdraws:
            actions.withdraw(row.user, row)
        else:
            actions.accept_offer(row.user, row)


def test_forty_people_for_ten_seats(people, cohort):
    """A hundred times some of them press at once; when the list has run dry all forty begin anew."""
    chance = random.Random(6)
    for _round in range(ROUNDS):
        if not cohort.enrolments.waiting().exists():
            begin_anew(cohort, people)
        concerned = list(cohort.enrolments.live().order_by("place").select_related("user", "cohort")[: 2 * SEATS])
        pressing = chance.sample(concerned, min(PRESSING, len(concerned)))
        withdraws = {row.pk for row in pressing if chance.random() < 0.5}
        errors = together(*(partial(answer, pressing[first::THREADS], withdraws) for first in range(THREADS)))
        assert not any(errors), errors
        check(cohort)


def test_an_offer_pressed_many_times_is_accepted_once(people, cohort):
    row = begin_anew(cohort, people)[0]
    pressed = together(*[partial(actions.accept_offer, row.user, row)] * CLICKS)
    assert {one.state for one in pressed} == {"enrolled"}
    assert Act.objects.filter(verb="enrolments enrolled", object_id=row.pk).count() == 1


def test_an_offer_that_expires_while_it_is_accepted_is_one_or_the_other(people, cohort):
    """And its seat goes to the next one, or to nobody."""
    row = begin_anew(cohort, people)[0]
    late = timezone.now() + timedelta(hours=cohort.offer_hours + 1)
    others = [one for one in cohort.enrolments.filter(state="offered") if one.pk != row.pk]
    Enrolment.objects.filter(pk__in=[one.pk for one in others]).update(offered_until=late + timedelta(hours=1))
    deeds = [partial(actions.accept_offer, row.user, row), partial(actions.pass_seats_on, late)] * 2
    together(*deeds)
    found = states(cohort)
    assert found[0] in ("enrolled", "lapsed")
    assert found.count("offered") + found.count("enrolled") == SEATS
    assert found[SEATS] == ("waiting" if found[0] == "enrolled" else "offered")


def test_a_capacity_is_lowered_while_seats_are_taken(people):
    cohort = make_cohort(state="selection", capacity=SEATS, order="time")
    for user in people[: SEATS - 4]:
        make_enrolment(user, cohort, state="offered")
    joining = [partial(actions.join_waiting, None, cohort, user) for user in people[SEATS : SEATS + 6]]
    done = together(*joining, partial(actions.change_capacity, None, cohort, SEATS - 3))
    cohort.refresh_from_db()
    lowered = not isinstance(done[-1], actions.SeatsTaken)
    assert cohort.capacity == (SEATS - 3 if lowered else SEATS)
    assert cohort.enrolments.taken().count() == cohort.capacity


def test_two_managers_move_two_participants_into_the_last_seat(people):
    source = make_cohort(state="running", capacity=SEATS)
    target = make_cohort(source.version, state="running", capacity=1)
    rows = [make_enrolment(user, source) for user in people[:2]]
    manager = people[-1]
    for cohort in (source, target):
        make_cohort_role(cohort, manager)
    done = together(*(partial(actions.transfer, manager, row, target) for row in rows))
    assert sorted(type(one).__name__ for one in done) == ["Enrolment", "SeatsTaken"]
    assert (source.enrolments.taken().count(), target.enrolments.taken().count()) == (1, 1)


def test_people_change_places_between_two_cohorts_at_the_same_moment(people):
    """Each holds both cohorts in the same order: nobody waits for ever."""
    first = make_cohort(state="running", capacity=SEATS)
    second = make_cohort(first.version, state="running", capacity=SEATS)
    moves = [(make_enrolment(people[number], (first, second)[number % 2]), (second, first)[number % 2]) for number in range(CLICKS)]
    done = together(*(partial(actions.transfer, None, row, target) for row, target in moves))
    assert all(isinstance(one, Enrolment) for one in done)
    assert first.enrolments.taken().count() == second.enrolments.taken().count() == CLICKS // 2


def test_a_certificate_that_many_ask_for_is_one(people):
    """Eight ask for the same one, and others for theirs: each line has a number of its own, and none is missing."""
    cohort = make_cohort(make_short_version(), state="assessment", capacity=SEATS)
    rows = [make_passed(user, cohort) for user in people[:SEATS]]
    done = together(*[partial(actions.issue_certificate, None, rows[0])] * CLICKS)
    assert len({one.pk for one in done}) == 1
    together(*(partial(actions.issue_certificate, None, row) for row in rows))
    first = Certificate.objects.get(number=1)
    revoked = partial(actions.revoke_certificate, None, first, ground="mistake", reason="Қателік.")
    replaced = partial(actions.replace_certificate, None, first, names=dict.fromkeys(("kk", "ru", "en"), "Басқа"))
    ended = together(*[revoked, replaced] * 2)
    assert {type(one).__name__ for one in ended} == {"Certificate", "NotAllowed"}
    lines = list(RegisterLine.objects.values_list("number", flat=True))
    assert lines == list(range(1, len(lines) + 1)) and list(broken_lines()) == []
    assert set(Certificate.objects.values_list("number", flat=True)) <= set(lines)
