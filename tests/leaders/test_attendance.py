"""Who was there: by the list on a phone, by the code on the wall, by a sheet of paper."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from leaders import actions
from leaders.checkin import Expired, token_of
from leaders.demo import make_cohort, make_cohort_role, make_enrolment
from leaders.demo.course import make_mark, make_meeting
from leaders.models import AttendanceMark, Cohort, Enrolment, Meeting
from portal.demo import make_person
from portal.models import User

from ..together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort(state="running")


@pytest.fixture
def trainer(cohort) -> User:
    return make_cohort_role(cohort, make_person("trainer@example.org"), "trainer").user


@pytest.fixture
def seats(cohort) -> list[Enrolment]:
    return [make_enrolment(make_person(f"p{number}@example.org", family_name=f"Тегі{number}"), cohort) for number in range(3)]


@pytest.fixture
def meeting(cohort, trainer) -> Meeting:
    """It began five minutes ago."""
    return make_meeting(cohort, starts_at=timezone.now() - timedelta(minutes=5), trainer=trainer)


def marks(meeting: Meeting) -> dict[int, str]:
    return dict(meeting.marks.current().values_list("enrolment", "mark"))


def sent(seats: list[Enrolment], before: dict | None = None, **now) -> dict:
    """As the list on a phone sends it: `now` by the number of the seat."""
    before = before or {}
    was = {f"was-{seat.pk}": before.get(seat.pk, "") for seat in seats}
    return was | {f"mark-{seats[int(key[1:])].pk}": mark for key, mark in now.items()}


# By the list


def test_the_trainer_marks_on_the_list(client, meeting, trainer, seats):
    client.force_login(trainer)
    page = client.get(f"/kk{meeting.address}roster/").content.decode()
    assert page.count("Тегі") == 3
    client.post(f"/kk{meeting.address}roster/", sent(seats, s0="late", s1="absent"))
    assert marks(meeting) == {seats[0].pk: "late", seats[1].pk: "absent"}
    client.post(f"/kk{meeting.address}roster/", sent(seats, marks(meeting), s0="late", s1="absent") | {"rest": "present"})
    assert marks(meeting) == {seats[0].pk: "late", seats[1].pk: "absent", seats[2].pk: "present"}
    assert AttendanceMark.objects.count() == 3


def test_a_later_mark_takes_the_place_of_an_earlier_one_which_stays(meeting, trainer, seats):
    for mark in ("absent", "late"):
        actions.mark_roster(trainer, meeting, {seats[0].pk: mark})
    assert marks(meeting) == {seats[0].pk: "late"}
    assert list(AttendanceMark.objects.order_by("pk").values_list("mark", flat=True)) == ["absent", "late"]


def test_a_list_left_open_undoes_nothing(client, meeting, trainer, seats):
    """Between opening it and saving it somebody has checked in by the code."""
    make_mark(meeting, seats[0], "absent")
    opened = sent(seats, marks(meeting), s0="absent", s1="present")
    actions.check_in(seats[0].user, token_of(meeting, timezone.now()))
    client.force_login(trainer)
    client.post(f"/kk{meeting.address}roster/", opened)
    assert marks(meeting) == {seats[0].pk: "present", seats[1].pk: "present"}


def test_before_it_begins_somebody_is_excused_at_most(client, cohort, trainer, seats):
    meeting = make_meeting(cohort, trainer=trainer)
    client.force_login(trainer)
    page = client.post(f"/kk{meeting.address}roster/", sent(seats, s0="present"), follow=True).content.decode()
    assert "әлі басталған жоқ" in page and marks(meeting) == {}
    client.post(f"/kk{meeting.address}roster/", sent(seats, s0="excused"))
    assert marks(meeting) == {seats[0].pk: "excused"}


def test_only_who_keeps_the_meeting_marks(client, meeting, seats):
    other = make_cohort_role(meeting.cohort, make_person("other@example.org"), "trainer").user
    with pytest.raises(PermissionDenied):
        actions.mark_roster(other, meeting, {seats[0].pk: "present"})
    client.force_login(other)
    assert client.get(f"/kk{meeting.address}roster/").status_code == 404


def test_nobody_of_another_cohort_is_marked(meeting, trainer, seats):
    stranger = make_enrolment(make_person("stranger@example.org"), make_cohort(meeting.cohort.version, state="running"))
    assert actions.mark_roster(trainer, meeting, {stranger.pk: "present"}) == 0
    assert marks(meeting) == {}


def test_the_list_asks_eight_queries_however_many_there_are(client, meeting, trainer, seats, django_assert_max_num_queries):
    client.force_login(trainer)
    client.get(f"/kk{meeting.address}roster/")
    with django_assert_max_num_queries(8):
        client.get(f"/kk{meeting.address}roster/")


def test_marks_stay_when_the_meeting_moves(client, meeting, trainer, seats):
    make_mark(meeting, seats[0])
    client.force_login(trainer)
    assert "1 тыңдаушы белгіленген" in client.get(f"/kk{meeting.address}edit/").content.decode()
    actions.change_meeting(trainer, meeting, starts_at=meeting.starts_at + timedelta(hours=1), ends_at=meeting.ends_at + timedelta(hours=2))
    assert marks(meeting) == {seats[0].pk: "present"}


def test_all_others_are_neither_those_who_have_checked_in_meanwhile_nor_those_who_interrupt(client, cohort, trainer, seats):
    meeting = make_meeting(cohort, starts_at=timezone.now() - timedelta(minutes=20), trainer=trainer)
    paused = make_enrolment(make_person("paused@example.org"), cohort, state="paused")
    opened = sent([*seats, paused]) | {"rest": "present"}
    actions.check_in(seats[0].user, token_of(meeting, timezone.now()))
    client.force_login(trainer)
    client.post(f"/kk{meeting.address}roster/", opened)
    assert marks(meeting) == {seats[0].pk: "late", seats[1].pk: "present", seats[2].pk: "present"}


# By the sheet


def test_the_sheet_names_everybody_and_is_entered_as_paper(client, meeting, trainer, seats):
    client.force_login(trainer)
    page = client.get(f"/kk{meeting.address}sheet/").content.decode()
    assert all(seat.user.full_name in page for seat in seats)
    assert 'value="paper"' in client.get(f"/kk{meeting.address}roster/?source=paper").content.decode()
    client.post(f"/kk{meeting.address}roster/", sent(seats, s0="present") | {"source": "paper"})
    assert AttendanceMark.objects.get().source == "paper"


# By the code


def code_on_the_wall(client, meeting: Meeting, monkeypatch) -> str:
    """The address that is drawn there."""
    drawn = []
    monkeypatch.setattr("leaders.views.attendance.drawn", lambda address: drawn.append(address) or "")
    client.get(f"/kk{meeting.address}qr/")
    return drawn[0]


def test_from_the_wall_to_the_mark(client, meeting, trainer, seats, monkeypatch):
    client.force_login(trainer)
    assert "<svg" in client.get(f"/kk{meeting.address}qr/").content.decode()
    address = code_on_the_wall(client, meeting, monkeypatch)
    client.force_login(seats[0].user)
    assert "Мен осындамын" in client.get(address).content.decode()
    assert marks(meeting) == {}
    for _press in range(2):
        assert "белгілендіңіз" in client.post(address).content.decode()
    assert "белгілендіңіз" in client.get(address).content.decode()
    assert AttendanceMark.objects.get().source == "qr" and marks(meeting) == {seats[0].pk: "present"}
    assert "қатысты" in client.get(f"/kk{meeting.address}").content.decode()


def test_the_code_is_another_one_every_minute_and_soon_worth_nothing(meeting, seats):
    now = timezone.now()
    assert token_of(meeting, now) != token_of(meeting, now + timedelta(seconds=60))
    assert actions.check_in(seats[0].user, token_of(meeting, now - timedelta(seconds=60)), now=now)
    with pytest.raises(Expired):
        actions.check_in(seats[1].user, token_of(meeting, now - timedelta(seconds=120)), now=now)
    with pytest.raises(Expired):
        actions.check_in(seats[1].user, token_of(meeting, now + timedelta(seconds=120)), now=now)


@pytest.mark.parametrize(("minutes", "mark"), [(-10, "present"), (14, "present"), (16, "late")])
def test_who_comes_late_is_marked_as_late(meeting, seats, minutes, mark):
    now = meeting.starts_at + timedelta(minutes=minutes)
    assert actions.check_in(seats[0].user, token_of(meeting, now), now=now).mark == mark


@pytest.mark.parametrize("minutes", [-16, 181])
def test_out_of_its_time_a_code_is_refused(meeting, seats, minutes):
    now = meeting.starts_at + timedelta(minutes=minutes)
    with pytest.raises(actions.NotNow):
        actions.check_in(seats[0].user, token_of(meeting, now), now=now)


def test_whoever_was_marked_absent_and_comes_is_there(meeting, seats):
    make_mark(meeting, seats[0], "absent")
    actions.check_in(seats[0].user, token_of(meeting, timezone.now()))
    assert marks(meeting) == {seats[0].pk: "present"}


def refusal(client, person: User, token: str) -> str:
    client.force_login(person)
    answer = client.post(f"/kk/leaders/check-in/{token}/")
    assert answer.status_code == 422 and not AttendanceMark.objects.exists()
    return answer.content.decode()


def test_every_refusal_is_a_word(client, cohort, meeting, trainer, seats):
    now, participant = timezone.now(), seats[0].user
    good = token_of(meeting, now)
    assert "Бұл код ескірген" in refusal(client, participant, token_of(meeting, now - timedelta(minutes=5)))
    assert "басқа лектікі" in refusal(client, make_person("stranger@example.org"), good)
    assert "басқа лектікі" in refusal(client, trainer, good)
    assert "белгіленетін уақыт емес" in refusal(client, participant, token_of(make_meeting(cohort), now))
    actions.cancel_meeting(trainer, meeting, reason="Қар жауды")
    assert "Бұл кездесу өтпейді" in refusal(client, participant, good)
    assert client.get(f"/kk/leaders/check-in/{good}x/").status_code == 404


def test_of_a_cohort_that_is_cancelled_no_meeting_takes_place(client, cohort, meeting, seats):
    actions.move_cohort(None, cohort, "cancelled", reason="Қаражат жоқ")
    assert "Бұл кездесу өтпейді" in refusal(client, seats[0].user, token_of(meeting, timezone.now()))


def test_a_guest_signs_in_and_comes_back_to_the_code(client, meeting):
    token = token_of(meeting, timezone.now())
    answer = client.get(f"/kk/leaders/check-in/{token}/")
    assert answer.status_code == 302 and re.search(r"next=/kk/leaders/check-in/", answer.url)


@pytest.mark.django_db(transaction=True)
def test_a_code_pressed_many_times_at_once_is_one_mark():
    cohort = make_cohort(state="running")
    seat = make_enrolment(make_person("p@example.org"), cohort)
    meeting = make_meeting(cohort, starts_at=timezone.now())
    token = token_of(meeting, timezone.now())
    assert len({mark.pk for mark in together(*[partial(actions.check_in, seat.user, token)] * 8)}) == 1
    assert AttendanceMark.objects.count() == 1
