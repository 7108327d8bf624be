"""Events: written in the CMS, listed, found, taken into a calendar."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar
from wagtail.test.utils.form_data import nested_form_data, streamfield

from portal.demo import make_event, make_person
from portal.models import ArticlePage, EventPage, SectionPage
from portal.search import follow_time, page_entries
from search.entries import put_entries
from search.models import Entry

from .newsroom import adds, is_found, make_worker, queries, signed_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 5, 7, 0, tzinfo=UTC)  # 12:00 in Almaty


@pytest.fixture
def section():
    return SectionPage.objects.get(is_events=True, locale__language_code="kk")


@pytest.fixture
def editor():
    return signed_in(make_worker("Editors"))


def event_form(**fields) -> dict:
    written = {
        "title": "Ашық сабақтар күні",
        "slug": "",
        "lead": "",
        "starts_at": "2026-12-05 10:00",
        "ends_at": "2026-12-05 12:00",
        "format": "both",
        "place": "Мәжіліс залы",
        "join_url": "https://example.org/meeting",
        "organiser": "№ 1 мектеп",
        "body": streamfield([]),
        "action-publish": "1",
    }
    return nested_form_data(written | fields)


def test_an_editor_announces_an_event_and_a_guest_reads_it(client, editor, section):
    adds(editor, section, event_form(), "eventpage")
    event = EventPage.objects.get()
    assert event.live and event.starts_at == datetime(2026, 12, 5, 5, 0, tzinfo=UTC)
    with time_machine.travel(NOON - timedelta(days=1)):
        text = client.get(event.url).content.decode()
    assert "2026 ж. 5 желтоқсан, 10:00–12:00" in text
    assert "Мәжіліс залы" in text and "№ 1 мектеп" in text


def test_an_event_does_not_end_before_it_begins(editor, section):
    address = reverse("wagtailadmin_pages:add", args=["portal", "eventpage", section.pk])
    answer = editor.post(address, event_form(ends_at="2026-12-05 09:00"))
    assert "ends_at" in answer.context["form"].errors
    assert "Ашық сабақтар күні" in answer.content.decode()
    assert not EventPage.objects.exists()


def test_events_are_written_in_sections_of_events_alone(section):
    news = SectionPage.objects.get(slug="news", locale__language_code="kk")
    assert EventPage.can_create_at(section) and not EventPage.can_create_at(news)
    assert ArticlePage.can_create_at(news) and not ArticlePage.can_create_at(section)


@pytest.mark.parametrize(
    ("language", "one_day", "two_days"),
    [
        ("kk", "2026 ж. 5 желтоқсан, 12:00–14:00", "2026 ж. 5 желтоқсан, 12:00 – 2026 ж. 6 желтоқсан, 12:00"),
        ("ru", "5 декабря 2026 г., 12:00–14:00", "5 декабря 2026 г., 12:00 – 6 декабря 2026 г., 12:00"),
        ("en", "5 December 2026, 12:00–14:00", "5 December 2026, 12:00 – 6 December 2026, 12:00"),
    ],
)
def test_times_are_told_in_three_languages(client, language, one_day, two_days):
    short = make_event("Lesson Study", language, starts_at=NOON)
    long = make_event("Lesson Study, two days", language, starts_at=NOON, ends_at=NOON + timedelta(days=1))
    assert one_day in client.get(short.url).content.decode()
    assert two_days in client.get(long.url).content.decode()


def test_the_link_of_a_meeting_is_for_people_who_are_signed_in_until_it_is_over(client):
    join = "https://example.org/meeting"
    event = make_event("Онлайн кездесу", format="online", join_url=join, starts_at=NOON)
    member = signed_in(make_person())
    with time_machine.travel(NOON + timedelta(hours=1)):
        assert join not in client.get(event.url).content.decode()
        assert f"/kk/accounts/login/?next={event.url}" in client.get(event.url).content.decode()
        assert join in signed_in(make_person("other@example.org")).get(event.url).content.decode()
    with time_machine.travel(NOON + timedelta(hours=3)):
        assert join not in member.get(event.url).content.decode()
    on_site = make_event("Залда", join_url=join, starts_at=timezone.now())
    assert join not in signed_in(make_person("third@example.org")).get(on_site.url).content.decode()


def test_coming_events_stand_first_and_past_ones_below(client):
    for title, days in (("Ертең", 1), ("Келесі аптада", 7), ("Кеше", -1), ("Былтыр", -300)):
        make_event(title, starts_at=timezone.now() + timedelta(days=days))
    answer = client.get("/kk/events/")
    assert [event["title"] for event in answer.context["coming"]] == ["Ертең", "Келесі аптада"]
    assert [event["title"] for event in answer.context["past"]] == ["Кеше", "Былтыр"]
    assert [event["title"] for event in client.get("/kk/").context["coming"]["events"]] == ["Ертең", "Келесі аптада"]


def test_past_events_are_read_page_by_page(client):
    make_event("Ертең")
    for number in range(1, 24):
        make_event(f"{number} күн бұрын", starts_at=timezone.now() - timedelta(days=number))
    second = client.get(client.get("/kk/events/").context["listed"].older_url)
    assert [event["title"] for event in second.context["past"]] == ["21 күн бұрын", "22 күн бұрын", "23 күн бұрын"]
    assert not second.context["coming"]


def test_lists_cost_the_same_for_one_event_and_for_twenty(client):
    make_event("Бір")
    make_event("Өткен", starts_at=timezone.now() - timedelta(days=2))
    few = queries(client, "/kk/events/"), queries(client, "/kk/")
    for number in range(19):
        make_event(f"{number}-кездесу")
        make_event(f"{number}-өткен", starts_at=timezone.now() - timedelta(days=2))
    cache.clear()
    assert (queries(client, "/kk/events/"), queries(client, "/kk/")) == few
    assert max(few) <= 7


def test_an_event_is_found_by_its_title_its_text_and_its_place(client):
    event = make_event("Ашық сабақтар күні", body="Талдау түстен кейін.", place="Ботаника бағы", starts_at=NOON)
    for word in ("сабақтарға", "талдауда", "ботаника"):
        assert is_found(client, word, tab="events") and not is_found(client, word), word
    assert "2026 ж. 5 желтоқсан, 12:00" in client.get("/kk/search/", {"q": "ботаника"}).content.decode()
    event.unpublish()
    assert not is_found(client, "ботаника", tab="events") and not Entry.objects.filter(source="pages", object_id=event.pk).exists()


def test_what_is_over_is_no_longer_found_among_what_is_coming(client):
    make_event("Ашық сабақтар күні", starts_at=NOON, format="online")
    with time_machine.travel(NOON - timedelta(hours=1)):
        refresh_pages()
        assert titles(client, when="coming", format="online") == ["Ашық сабақтар күні"] and not titles(client, when="over")
    with time_machine.travel(NOON + timedelta(hours=3)):
        follow_time()
        assert titles(client, when="over") == ["Ашық сабақтар күні"] and not titles(client, when="coming")
        with CaptureQueriesContext(connection) as asked:
            follow_time()
        assert len(asked) == 1, "nothing is written twice"


def refresh_pages() -> None:
    put_entries(page_entries())


def titles(client, **chosen) -> list[str]:
    answer = client.get("/kk/search/", {"in": "events", **chosen})
    return [hit.entry.title for hit in answer.context["results"]]


# Calendars


def read_calendar(client, name: str, *args, language: str = "kk") -> list:
    with translation.override(language):
        answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content)


def test_an_event_goes_into_a_calendar(client):
    event = make_event(
        "Ашық сабақ; «Қыс», 2-бөлім", place="№ 1 мектеп", join_url="https://example.org/meeting", format="both", starts_at=NOON
    )
    calendar = read_calendar(client, "event_calendar", event.pk)
    [shown] = calendar.walk("VEVENT")
    assert str(shown["summary"]) == event.title and shown["summary"].params["LANGUAGE"] == "kk"
    assert shown["dtstart"].dt.isoformat() == "2026-12-05T12:00:00+05:00" and shown["dtstart"].params["TZID"] == "Asia/Almaty"
    assert shown["dtend"].dt - shown["dtstart"].dt == timedelta(hours=2)
    assert "№ 1 мектеп" in shown["location"] and event.url in shown["url"]
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Almaty"]
    assert b"example.org/meeting" not in calendar.to_ical()


def test_a_calendar_keeps_its_name_for_an_event(client):
    event = make_event("Ашық сабақ", starts_at=NOON)
    [before] = read_calendar(client, "event_calendar", event.pk).walk("VEVENT")
    event.title = "Ашық сабақ: жаңа күні"
    event.save_revision().publish()
    [after] = read_calendar(client, "event_calendar", event.pk).walk("VEVENT")
    assert before["uid"] == after["uid"] and before["summary"] != after["summary"]


def test_each_language_has_a_calendar_that_forgets_what_is_long_over(client):
    make_event("Ертең")
    make_event("Бір ай бұрын", starts_at=timezone.now() - timedelta(days=30))
    make_event("Былтыр", starts_at=timezone.now() - timedelta(days=365))
    make_event("Завтра", "ru")
    assert {str(event["summary"]) for event in read_calendar(client, "events_calendar").walk("VEVENT")} == {"Ертең", "Бір ай бұрын"}
    assert [str(event["summary"]) for event in read_calendar(client, "events_calendar", language="ru").walk("VEVENT")] == ["Завтра"]


def test_a_draft_has_no_calendar(client):
    event = make_event("Ертең")
    event.unpublish()
    assert client.get(reverse("event_calendar", args=[event.pk])).status_code == 404
