"""A cohort from its founding on: its pages, what may be changed, how it is led from state to state."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leaders import actions, reminders
from leaders.demo import make_application, make_cohort, make_cohort_role, make_enrolment, make_programme_page, make_version
from leaders.models import Cohort
from portal.demo import make_administrator, make_person
from portal.models import Act, Region, User

from .people import read

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org")


@pytest.fixture
def cohort(manager) -> Cohort:
    return make_cohort(manager=manager, closes_at=timezone.now() + timedelta(days=10))


def form_of(cohort: Cohort | None = None, **changes) -> dict:
    """As a browser sends it."""
    today = timezone.localdate()
    fields = {
        "name_kk": "Күзгі лек",
        "name_ru": "Осенний поток",
        "name_en": "",
        "languages": ["kk"],
        "format": "on-site",
        "place": "Көкшетау",
        "region": "",
        "starts_on": today + timedelta(days=30),
        "ends_on": today + timedelta(days=90),
        "opens_at": "",
        "closes_at": (today + timedelta(days=10)).strftime("%Y-%m-%dT18:00"),
        "seats_until": "",
        "offer_hours": 72,
        "order": "score",
        "needs_endorsement": "on",
        "review_gap": 5,
    }
    return fields | changes


# Founding


def test_an_administrator_founds_a_cohort_and_names_its_manager(manager):
    version = make_version(frozen=False)
    office = signed_in(make_administrator())
    region = Region.objects.get(code="11")
    answer = office.post("/kk/leaders/new/", form_of(version=version.pk, capacity=25, region=region.pk))
    made = Cohort.objects.get()
    assert answer.url == f"/kk/leaders/{made.pk}/team/"
    assert (made.state, made.capacity, made.region, made.languages) == ("draft", 25, region, ["kk"])
    office.post(answer.url, {"person": "Manager@Example.org", "name": "manager"})
    client = signed_in(manager)
    assert client.get(f"/kk/leaders/{made.pk}/settings/").status_code == 200
    assert signed_in(make_person("other@example.org")).get(f"/kk/leaders/{made.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_kk", ""),
        ("capacity", 0),
        ("languages", ["xx"]),
        ("languages", []),
        ("ends_on", date(2020, 1, 1)),
        ("closes_at", "2090-01-01T00:00"),
        ("opens_at", "2089-01-01T00:00"),
        ("offer_hours", 0),
        ("offer_hours", 100_000),
        ("version", 999_999),
        ("region", 999_999),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(field, value):
    office = signed_in(make_administrator())
    answer = office.post("/kk/leaders/new/", form_of(version=make_version().pk, capacity=25) | {field: value})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) <= {field, "closes_at"}
    assert not Cohort.objects.exists()


# Changing


def test_a_manager_changes_her_cohort_and_the_act_says_what(cohort, manager):
    client, address = signed_in(manager), f"/kk/leaders/{cohort.pk}/settings/"
    answer = client.post(address, form_of(name_kk="Қысқы лек", place="Семей"))
    assert answer.status_code == 302
    cohort.refresh_from_db()
    assert (cohort.name_kk, cohort.place) == ("Қысқы лек", "Семей")
    act = Act.objects.get(verb="change cohort")
    assert act.actor == manager
    assert act.before["name_kk"] == "Күзгі лек" and act.after["place"] == "Семей"
    client.post(address, client.get(address).context["form"].initial | form_of(name_kk="Қысқы лек", place="Семей"))
    assert Act.objects.filter(verb="change cohort").count() == 1


def test_a_refused_form_leaves_the_page_around_it_as_it_is(cohort, manager):
    answer = signed_in(manager).post(f"/kk/leaders/{cohort.pk}/settings/", form_of(name_kk="Басқа атау", offer_hours=0))
    assert answer.status_code == 422
    assert "<h1>Күзгі лек</h1>" in answer.content.decode()


def test_what_applicants_have_read_of_the_selection_stays(cohort, manager):
    make_application(make_person("applicant@example.org"), cohort)
    cohort.refresh_from_db()
    known = cohort.order, cohort.needs_endorsement
    for endorsement in ("on", ""):
        sent = form_of(order="time", needs_endorsement=endorsement)
        assert signed_in(manager).post(f"/kk/leaders/{cohort.pk}/settings/", sent).status_code == 302
    cohort.refresh_from_db()
    assert (cohort.order, cohort.needs_endorsement) == known
    with pytest.raises(PermissionDenied):
        actions.change_cohort(manager, cohort, order="time")


def test_who_only_works_for_a_cohort_does_not_change_it(cohort):
    trainer = make_person("trainer@example.org")
    make_cohort_role(cohort, trainer, "trainer")
    client = signed_in(trainer)
    assert client.get(f"/kk/leaders/{cohort.pk}/course/").status_code == 200
    assert client.get(f"/kk/leaders/{cohort.pk}/settings/").status_code == 404
    assert client.post(f"/kk/leaders/{cohort.pk}/move/", {"to": "cancelled", "reason": "…"}).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.change_cohort(trainer, cohort, place="Басқа жер")


# From state to state


def test_a_cohort_is_led_along_its_road_by_buttons(manager):
    cohort = make_cohort(make_version(frozen=False), state="draft", manager=manager, closes_at=timezone.now() + timedelta(days=9))
    client = signed_in(manager)
    for to in ("published", "open", "selection", "confirmed", "running", "assessment", "closed"):
        page = client.get(f"/kk/leaders/{cohort.pk}/settings/")
        assert f'value="{to}"' in page.content.decode()
        assert client.post(f"/kk/leaders/{cohort.pk}/move/", {"to": to}).status_code == 302
        cohort.refresh_from_db()
        assert cohort.state == to
    assert client.post(f"/kk/leaders/{cohort.pk}/move/", {"to": "archived"}).url == f"/kk/leaders/{cohort.pk}/"
    assert client.get(f"/kk/leaders/{cohort.pk}/settings/").status_code == 404
    assert client.get(f"/kk/leaders/{cohort.pk}/").status_code == 200


def test_opened_by_hand_applications_are_open_from_now_on(manager):
    later = timezone.now() + timedelta(days=3)
    cohort = make_cohort(state="published", manager=manager, opens_at=later, closes_at=later + timedelta(days=9))
    signed_in(manager).post(f"/kk/leaders/{cohort.pk}/move/", {"to": "open"})
    cohort.refresh_from_db()
    assert cohort.opens_at <= timezone.now()


def test_applications_open_and_close_on_their_days_and_pages_say_what_is_so(manager, client):
    """Between the minute and the clock nothing is promised that is not so; a clock that comes late catches up."""
    now, applicant = timezone.now(), signed_in(make_person("applicant@example.org"))
    opens, closes = now + timedelta(hours=1), now + timedelta(days=2)
    cohort = make_cohort(state="published", manager=manager, opens_at=opens, closes_at=closes)
    page, apply = f"/kk/leaders/{cohort.pk}/", f"/kk/leaders/{cohort.pk}/apply/"

    def state_at(moment) -> str:
        with time_machine.travel(moment, tick=False):
            reminders.keep_days()
        cohort.refresh_from_db()
        return cohort.state

    assert state_at(now) == "published"
    with time_machine.travel(opens + timedelta(seconds=20), tick=False):
        assert apply not in applicant.get(page).content.decode()
        assert applicant.post(apply).status_code != 302
    assert state_at(opens + timedelta(hours=7)) == "open"
    assert Act.objects.get(verb="cohorts open", object_id=cohort.pk).actor is None
    assert cohort.opens_at == opens
    with time_machine.travel(opens + timedelta(hours=8), tick=False):
        assert apply in applicant.get(page).content.decode()
        assert f"{timezone.localtime(closes):%d.%m.%Y}" in client.get("/kk/leaders/").content.decode()
    with time_machine.travel(closes + timedelta(seconds=20), tick=False):
        for answer in (applicant.get(page), client.get("/kk/leaders/")):
            assert "өтінім қабылдау аяқталды" in answer.content.decode()
            assert f"соңғы күн: {timezone.localtime(closes):%d.%m.%Y}" not in answer.content.decode()
        assert apply not in applicant.get(page).content.decode()
    assert state_at(closes + timedelta(hours=3)) == "selection"


@pytest.mark.parametrize("lacking", ["manager", "closing day", "time"])
def test_the_clock_opens_nothing_that_nobody_could_open_by_hand(lacking):
    now, manager = timezone.now(), make_person("manager@example.org")
    closes = {"closing day": None, "time": now - timedelta(minutes=1)}.get(lacking, now + timedelta(days=2))
    opens = now - timedelta(hours=1)
    cohort = make_cohort(state="published", opens_at=opens, closes_at=closes, manager=None if lacking == "manager" else manager)
    reminders.keep_days()
    cohort.refresh_from_db()
    assert cohort.state == "published"
    answer = signed_in(make_administrator()).get(f"/kk/leaders/{cohort.pk}/settings/")
    assert answer.context["hindrances"]


def test_what_was_taken_back_by_hand_is_not_opened_by_the_clock(manager):
    cohort = make_cohort(manager=manager, opens_at=timezone.now() - timedelta(days=1), closes_at=timezone.now() + timedelta(days=9))
    signed_in(manager).post(f"/kk/leaders/{cohort.pk}/move/", {"to": "published"})
    reminders.keep_days()
    cohort.refresh_from_db()
    assert (cohort.state, cohort.opens_at) == ("published", None)


@pytest.mark.parametrize("lacking", ["closing day", "manager"])
def test_nobody_applies_before_it_is_said_until_when_and_who_decides(lacking):
    closes = None if lacking == "closing day" else timezone.now() + timedelta(days=9)
    cohort = make_cohort(state="published", closes_at=closes)
    if lacking != "manager":
        make_cohort_role(cohort, make_person("manager@example.org"))
    answer = signed_in(make_administrator()).post(f"/kk/leaders/{cohort.pk}/move/", {"to": "open"})
    assert answer.status_code == 422
    cohort.refresh_from_db()
    assert cohort.state == "published"


def test_a_cohort_is_cancelled_with_a_word_to_those_it_concerns(cohort, manager):
    applicant = make_person("applicant@example.org")
    make_application(applicant, cohort)
    client = signed_in(manager)
    assert client.post(f"/kk/leaders/{cohort.pk}/move/", {"to": "cancelled"}).status_code == 422
    client.post(f"/kk/leaders/{cohort.pk}/move/", {"to": "cancelled", "reason": "Тренер ауырып қалды."})
    address = f"/kk/leaders/{cohort.pk}/"
    assert "Тренер ауырып қалды." in signed_in(applicant).get(address).content.decode()
    assert Client().get(address).status_code == 404


def test_in_a_cancelled_cohort_nothing_is_planned_any_more(cohort, manager):
    actions.move_cohort(manager, cohort, "cancelled", reason="Жүргізуші табылмады")
    for what in ("meetings", "assignments"):
        assert f"/{what}/new/" not in read(manager, f"{cohort.pk}/{what}/")
        read(manager, f"{cohort.pk}/{what}/new/", 404)
    with pytest.raises(PermissionDenied):
        actions.plan_meeting(manager, cohort, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1), trainer=manager)


def test_a_cohort_that_people_have_applied_to_is_not_hidden_from_them(manager):
    cohort, applicant = make_cohort(manager=manager), make_person("applicant@example.org")
    make_application(applicant, cohort)
    browser, move = signed_in(manager), f"/kk/leaders/{cohort.pk}/move/"
    browser.post(move, {"to": "published"})
    refused = browser.post(move, {"to": "draft"})
    assert refused.status_code == 422 and "себебін жазып" in refused.content.decode()
    assert signed_in(applicant).get(f"/kk/leaders/{cohort.pk}/").status_code == 200


def test_a_step_that_the_table_does_not_know_is_refused(cohort, manager):
    client = signed_in(manager)
    for to in ("running", "archived", "nonsense", ""):
        assert client.post(f"/kk/leaders/{cohort.pk}/move/", {"to": to}).status_code == 422
    cohort.refresh_from_db()
    assert cohort.state == "open"


def test_a_programme_that_nobody_could_complete_is_not_announced(manager):
    version = make_version(frozen=False)
    version.requirements.all().delete()
    cohort = make_cohort(version, state="draft", manager=manager)
    answer = signed_in(manager).post(f"/kk/leaders/{cohort.pk}/move/", {"to": "published"}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    cohort.refresh_from_db()
    assert cohort.state == "draft"


# Its pages


def test_the_page_leads_to_the_page_of_its_programme(cohort, client):
    page = make_programme_page(cohort.version.programme)
    assert page.url in client.get(f"/kk/leaders/{cohort.pk}/").content.decode()
    assert page.url not in client.get(f"/en/leaders/{cohort.pk}/").content.decode()


def test_the_course_is_open_to_those_who_have_a_seat(cohort, client):
    participant, applicant = make_person("in@example.org"), make_person("out@example.org")
    enrolment = make_enrolment(participant, cohort)
    make_application(applicant, cohort)
    address = f"/kk/leaders/{cohort.pk}/course/"
    enrolment.cohort.refresh_from_db()
    assert enrolment.cohort.group.address in signed_in(participant).get(address).content.decode()
    assert signed_in(applicant).get(address).status_code == 404
    assert signed_in(make_administrator()).get(address).status_code == 404
    assert client.get(address).url.startswith("/kk/accounts/login/")


def test_the_pages_cost_little(cohort, manager):
    page = make_programme_page(cohort.version.programme)
    client = signed_in(manager)
    for address, most in ((f"/kk/leaders/{cohort.pk}/", 14), (f"/kk/leaders/{cohort.pk}/course/", 12), (page.url, 16)):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) <= most, "\n".join(query["sql"] for query in captured)
