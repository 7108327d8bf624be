"""When and where a cohort comes together, in pages and in calendars, and what it reads."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from icalendar import Calendar

from leaders import actions
from leaders.demo import make_cohort, make_cohort_role, make_enrolment
from leaders.demo.course import make_meeting
from leaders.models import Cohort, CohortMaterial, Enrolment, Meeting
from leaders.moves import NotAllowed
from portal.demo import make_person
from portal.models import Act, Notice, User
from resources.demo import make_material

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org")


@pytest.fixture
def cohort(manager) -> Cohort:
    return make_cohort(state="running", manager=manager)


@pytest.fixture
def trainer(cohort) -> User:
    return make_cohort_role(cohort, make_person("trainer@example.org", family_name="Тренерова"), "trainer").user


@pytest.fixture
def participant(cohort) -> User:
    return make_enrolment(make_person("participant@example.org"), cohort).user


def form_of(**fields) -> dict:
    begins = timezone.localtime() + timedelta(days=2)
    times = {"starts_at": f"{begins:%Y-%m-%dT%H:%M}", "ends_at": f"{begins + timedelta(hours=2):%Y-%m-%dT%H:%M}"}
    return {"title": "Бірінші кездесу", "language": "kk", "place": "Астана", "counts": "on", **times} | fields


def told(person: User) -> set[str]:
    return set(Notice.objects.filter(user=person).values_list("kind", flat=True))


# Planning


def test_a_manager_plans_a_meeting_and_participants_read_of_it(client, cohort, manager, trainer, participant):
    client.force_login(manager)
    sent = form_of(trainer=trainer.pk, join_url="https://example.org/room")
    for _press in range(2):
        assert client.post(f"/kk/leaders/{cohort.pk}/meetings/new/", sent).status_code == 302
    meeting = Meeting.objects.get()
    client.force_login(participant)
    assert "Бірінші кездесу" in client.get(f"/kk/leaders/{cohort.pk}/meetings/").content.decode()
    page = client.get(f"/kk{meeting.address}").content.decode()
    assert "Астана" in page and "https://example.org/room" in page and "Тренерова" in page


def test_the_course_names_the_next_meetings(client, cohort, participant):
    for number, days in enumerate((1, 2, 3, 4, -1)):
        make_meeting(cohort, starts_at=timezone.now() + timedelta(days=days), title=f"Кездесу {number}")
    client.force_login(participant)
    page = client.get(f"/kk/leaders/{cohort.pk}/course/").content.decode()
    assert [f"Кездесу {number}" in page for number in range(5)] == [True, True, True, False, False]


def test_a_trainer_plans_and_keeps_only_what_she_leads(client, cohort, trainer):
    client.force_login(trainer)
    client.post(f"/kk/leaders/{cohort.pk}/meetings/new/", form_of())
    assert Meeting.objects.get().trainer == trainer
    other = make_meeting(cohort)
    assert client.get(f"/kk{other.address}edit/").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.cancel_meeting(trainer, other, reason="…")
    with pytest.raises(PermissionDenied):
        actions.plan_meeting(trainer, cohort, title="Т", starts_at=other.starts_at, ends_at=other.ends_at)


@pytest.mark.parametrize("wrong", [{"ends_at": "2020-01-01T10:00"}, {"place": ""}, {"title": ""}, {"join_url": "javascript:alert(1)"}])
def test_a_meeting_without_sense_is_not_planned(client, cohort, manager, wrong):
    client.force_login(manager)
    assert client.post(f"/kk/leaders/{cohort.pk}/meetings/new/", form_of(**wrong)).status_code == 422
    assert not Meeting.objects.exists()


def test_whoever_leads_a_meeting_stays_in_it_when_her_role_ends(client, cohort, manager, trainer):
    meeting = make_meeting(cohort, trainer=trainer)
    actions.end_cohort_role(manager, cohort.roles.get(user=trainer))
    client.force_login(manager)
    client.post(f"/kk{meeting.address}edit/", form_of(trainer=trainer.pk, place="Алматы"))
    meeting.refresh_from_db()
    assert (meeting.trainer, meeting.place) == (trainer, "Алматы")


def test_who_plans_by_a_meeting_is_told_when_it_moves(cohort, manager, trainer, participant):
    waiting = make_enrolment(make_person("waiting@example.org"), cohort, state="waiting").user
    meeting = make_meeting(cohort, trainer=trainer)
    actions.change_meeting(manager, meeting, title="Басқа атау")
    assert told(participant) == set()
    moved = actions.change_meeting(manager, meeting, starts_at=meeting.starts_at + timedelta(minutes=30))
    assert moved.sequence == 2
    assert told(participant) == {"meeting-moved"} and "meeting-moved" in told(trainer)
    assert told(waiting) == set() and "meeting-moved" not in told(manager)
    assert actions.change_meeting(manager, moved, title=moved.title).sequence == 2
    assert Act.objects.filter(verb="change meeting").count() == 2


def test_of_what_is_over_nobody_is_told(cohort, manager, participant):
    meeting = make_meeting(cohort, starts_at=timezone.now() - timedelta(days=1))
    actions.change_meeting(manager, meeting, place="Алматы")
    actions.cancel_meeting(manager, meeting, reason="Қате")
    assert told(participant) == set()


def test_a_cancelled_meeting_stays_cancelled(client, cohort, manager, participant):
    meeting = make_meeting(cohort)
    client.force_login(manager)
    client.post(f"/kk{meeting.address}cancel/", {"reason": "Тренер ауырып қалды"})
    with pytest.raises(NotAllowed):
        actions.change_meeting(manager, meeting, place="Алматы")
    assert Notice.objects.get(user=participant, kind="meeting-cancelled").data["reason"] == "Тренер ауырып қалды"
    client.force_login(participant)
    assert "Бұл кездесу өтпейді" in client.get(f"/kk{meeting.address}").content.decode()


def test_the_list_asks_no_more_for_more(client, cohort, trainer, participant, django_assert_max_num_queries):
    client.force_login(participant)
    for _time in range(5):
        make_meeting(cohort, trainer=trainer)
    client.get(f"/kk/leaders/{cohort.pk}/meetings/")
    with django_assert_max_num_queries(14):
        client.get(f"/kk/leaders/{cohort.pk}/meetings/")


# What it reads


def test_a_material_of_the_library_is_read_by_reference(client, cohort, manager, participant):
    author = make_person("author@example.org")
    public, own = make_material(author, title="Ашық материал"), make_material(author, title="Авторға ғана", audience="me")
    client.force_login(manager)
    address = f"/kk/leaders/{cohort.pk}/materials/"
    assert client.post(address, {"address": f"http://testserver/ru/materials/{public.pk}/?from=search"}).status_code == 302
    assert client.post(address, {"address": str(public.pk)}).status_code == 302
    assert client.post(address, {"address": f"/kk/materials/{own.pk}/"}).status_code == 422
    actions.put_material(None, cohort, own)
    client.force_login(participant)
    page = client.get(f"/kk/leaders/{cohort.pk}/meetings/").content.decode()
    assert page.count("Ашық материал") == 1 and "Авторға ғана" not in page
    row = CohortMaterial.objects.get(material=public)
    assert client.post(f"/kk/leaders/materials/{row.pk}/drop/").status_code == 404
    client.force_login(manager)
    client.post(f"/kk/leaders/materials/{row.pk}/drop/")
    assert not CohortMaterial.objects.filter(pk=row.pk).exists()


# The calendar


def events(client, key: str) -> list:
    answer = client.get(f"/calendar/{key}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_calendar_follows_a_meeting_by_its_name(client, cohort, manager, participant):
    meeting = make_meeting(cohort, join_url="https://example.org/room")
    key = actions.renew_calendar(participant).key
    (first,) = events(client, key)
    assert (first["SEQUENCE"], first["STATUS"], first["UID"].split("@")[0]) == (0, "CONFIRMED", str(meeting.uid))
    assert first.decoded("DTSTART") == meeting.starts_at.replace(microsecond=0)
    assert str(first.decoded("DTSTART").tzinfo) == "Asia/Almaty"
    assert "https://example.org/room" in first["DESCRIPTION"]
    actions.change_meeting(manager, meeting, starts_at=meeting.starts_at + timedelta(hours=1))
    (moved,) = events(client, key)
    assert (moved["SEQUENCE"], moved["UID"]) == (1, first["UID"])
    actions.cancel_meeting(manager, meeting, reason="Қар жауды")
    (cancelled,) = events(client, key)
    assert (cancelled["SEQUENCE"], cancelled["STATUS"], cancelled["UID"]) == (2, "CANCELLED", first["UID"])


def test_with_its_cohort_a_meeting_leaves_the_calendar(client, cohort, manager, participant):
    make_meeting(cohort)
    key = actions.renew_calendar(participant).key
    actions.move_cohort(manager, cohort, "cancelled")
    (gone,) = events(client, key)
    assert (gone["SEQUENCE"], gone["STATUS"]) == (1, "CANCELLED")


def test_a_calendar_has_the_meetings_of_its_person_alone(client, cohort, trainer, participant):
    make_meeting(cohort)
    other = make_cohort(cohort.version, state="running")
    make_meeting(other, title="Бөтен кездесу")
    assert len(events(client, actions.renew_calendar(participant).key)) == len(events(client, actions.renew_calendar(trainer).key)) == 1
    enrolment = Enrolment.objects.get(user=participant)
    actions.withdraw(participant, enrolment)
    assert events(client, participant.calendar_feed.key) == []


def test_another_address_shuts_the_old_one(client, cohort, participant):
    client.force_login(participant)
    client.post("/kk/leaders/calendar/renew/", {"cohort": cohort.pk})
    old = participant.calendar_feed.key
    assert f"/calendar/{old}.ics" in client.get(f"/kk/leaders/{cohort.pk}/meetings/").content.decode()
    client.post("/kk/leaders/calendar/renew/", {"cohort": "nonsense"})
    client.logout()
    assert client.get(f"/calendar/{old}.ics").status_code == 404


def test_who_was_shut_out_has_no_calendar(client, participant):
    key = actions.renew_calendar(participant).key
    User.objects.filter(pk=participant.pk).update(is_active=False)
    assert client.get(f"/calendar/{key}.ics").status_code == 404
