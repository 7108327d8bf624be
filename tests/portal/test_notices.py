"""What a person is told on the portal: the centre, its counter, what she reads and what she may no longer see."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal import actions as portal_actions
from portal import seams
from portal.demo import make_administrator, make_person, make_school
from portal.models import Letter, Notice, NoticeChoice
from portal.notices import Kind, Rhythm, tell
from portal.refs import Ref
from resources import actions
from resources.demo import make_material

from .entrance import address

CENTRE, BELL, SETTINGS = "/kk/notices/", "/kk/notices/bell/", "/kk/notices/settings/"
HOURS = {"weekdays": ["0", "1", "2", "3", "4", "5"], "opens": "14", "closes": "20"}


@pytest.fixture
def author(db):
    return make_person("author@example.org")


@pytest.fixture
def reader(db):
    return make_person("reader@example.org", given_name="Жанар", family_name="Оспанова")


@pytest.fixture
def centre(author):
    client = Client()
    client.force_login(author)
    return client


@pytest.fixture
def tale(monkeypatch):
    """A kind of notices about nothing that anybody could be refused."""
    kind = Kind("tale", "Ертегі", lambda notice: f"Ертегі {notice.object_id}", lambda notice: f"/people/{notice.user_id}/")
    monkeypatch.setattr(seams, "notice_kinds", [*seams.notice_kinds, kind])
    monkeypatch.setattr("portal.notices.kinds.notice_kinds", seams.notice_kinds)
    monkeypatch.setattr("portal.forms.notices.notice_kinds", seams.notice_kinds)
    return kind


def fill(person, number: int, start: int = 1) -> None:
    for n in range(start, start + number):
        tell([person], "tale", Ref("tales", n))


def texts(client: Client, page: str = CENTRE) -> list[str]:
    return [line.text for line in client.get(page).context["lines"]]


def test_an_author_reads_who_thanks_her_for_what(centre, author, reader):
    actions.thank(reader, make_material(author, title="Бөлшектер"))
    assert texts(centre) == ['Жанар Оспанова Сізге «<span lang="kk">Бөлшектер</span>» үшін рақмет айтты.']
    assert "thanks you for" in centre.get("/en/notices/").content.decode()


def test_what_happens_again_to_a_thing_counts_on_in_one_row(centre, author, reader):
    material = make_material(author, title="Бөлшектер")
    actions.thank(reader, material)
    actions.thank(make_person("other@example.org"), material)
    [text] = texts(centre)
    assert text.startswith("2 әріптесіңіз")
    assert Notice.objects.count() == 1


def test_after_reading_the_same_thing_makes_a_new_row(centre, author, reader):
    material = make_material(author)
    actions.thank(reader, material)
    centre.post("/kk/notices/read/")
    actions.thank(make_person("other@example.org"), material)
    assert [notice.number for notice in Notice.objects.all()] == [1, 1]


def test_nobody_is_told_of_her_own_deeds(author):
    tell([author, None], "material-thanks", Ref("materials", 1), actor=author)
    assert not Notice.objects.exists()


def test_titles_and_reasons_are_words_and_no_markup(centre, author):
    material = make_material(author, title="<b>Бөлшек</b>")
    actions.hide_material(make_administrator(), material, reason="<script>alert(1)</script> қате бар")
    page = centre.get(CENTRE).content.decode()
    assert "&lt;b&gt;Бөлшек&lt;/b&gt;" in page and "<b>Бөлшек" not in page


def test_what_may_no_longer_be_seen_is_left_out(author, reader):
    material = make_material(author)
    tell([reader], "material-thanks", material.ref, actor=author, data={"title": "Бөлшектер", "language": "kk"})
    client = Client()
    client.force_login(reader)
    assert len(texts(client)) == 1
    actions.hide_material(make_administrator(), material, reason="Қате бар.")
    assert texts(client) == []


def test_a_kind_that_nobody_registers_any_more_is_left_out(centre, author):
    tell([author], "forgotten", Ref("tales", 1))
    assert texts(centre) == []


def test_a_notice_whose_data_no_longer_fit_is_left_out_and_still_read(centre, author, tale):
    fill(author, 1)
    tell([author], "import", Ref("imports", 1), data={"title": "Мектептер"})
    tell([author], "position-confirmed", Ref("people", author.pk), data={"school": "Мектеп"})
    assert texts(centre) == ["Ертегі 1"]
    for damaged in Notice.objects.exclude(kind="tale"):
        assert centre.post(f"/kk/notices/{damaged.pk}/open/").url == CENTRE
    assert Notice.objects.unread().get().kind == "tale"


def test_a_kind_may_say_itself_what_is_visible(centre, author, monkeypatch):
    kind = Kind("odd", "", lambda notice: str(notice.object_id), lambda notice: "/", visible=lambda user, ids: {n for n in ids if n % 2})
    monkeypatch.setattr("portal.notices.kinds.notice_kinds", [kind])
    for n in (1, 2, 3):
        tell([author], "odd", Ref("tales", n))
    assert texts(centre) == ["3", "1"]


def test_one_row_and_twenty_ask_the_database_the_same(centre, author, tale):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            centre.get(CENTRE)
        return len(captured)

    fill(author, 1)
    queries()
    few = queries()
    fill(author, 19, start=2)
    assert len(texts(centre)) == 20
    assert queries() == few <= 6


def test_older_rows_stand_on_the_next_page(centre, author, tale):
    fill(author, 45)
    page = centre.get(CENTRE)
    second = centre.get(page.context["older_url"])
    third = centre.get(second.context["older_url"])
    seen = [line.notice.object_id for shown in (page, second, third) for line in shown.context["lines"]]
    assert seen == list(range(45, 0, -1))
    assert not third.context["older_url"]


def test_an_empty_centre_says_what_will_stand_there(centre):
    assert "Мұнда хабарландыру жоқ" in centre.get(CENTRE).content.decode()


# Reading


def test_a_press_marks_as_read_and_leads_to_the_thing(centre, author, reader):
    material = make_material(author)
    actions.thank(reader, material)
    notice = Notice.objects.get()
    opened = f"{CENTRE}{notice.pk}/open/"
    assert f'formaction="{opened}"' in centre.get(CENTRE).content.decode()
    assert centre.get(opened).status_code == 405
    assert not Notice.objects.get().read_at, "a look at the centre reads nothing"
    for _press in range(2):
        assert centre.post(opened).url == f"/kk/materials/{material.pk}/"
    assert Notice.objects.get().read_at
    assert "row-unread" not in centre.get(CENTRE).content.decode()


def test_a_page_reached_from_a_letter_reports_that_it_was_read(centre, author, reader):
    material = make_material(author)
    actions.thank(reader, material)
    notice = Notice.objects.get()
    page = centre.get(f"/kk/materials/{material.pk}/?notice={notice.pk}").content.decode()
    assert f'hx-post="{CENTRE}{notice.pk}/open/"' in page
    assert not Notice.objects.get().read_at
    answer = centre.post(f"{CENTRE}{notice.pk}/open/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (204, '{"portal:bell": {}}')
    assert Notice.objects.get().read_at


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "²"])
def test_an_odd_number_of_a_notice_harms_no_page(centre, number):
    assert "hx-post" not in centre.get(f"/kk/?notice={number}").content.decode()


def test_nobody_reads_the_notice_of_another(author, reader):
    actions.thank(reader, make_material(author))
    client = Client()
    client.force_login(reader)
    assert client.post(f"{CENTRE}{Notice.objects.get().pk}/open/").status_code == 404
    client.post("/kk/notices/read/")
    assert not Notice.objects.get().read_at


def test_all_are_read_by_one_statement(centre, author, tale):
    fill(author, 30)
    with CaptureQueriesContext(connection) as captured:
        assert centre.post("/kk/notices/read/").url == CENTRE
    assert len([query for query in captured if query["sql"].startswith("UPDATE")]) == 1
    assert not Notice.objects.unread().exists()


# The bell


def test_the_counter_stops_at_99(centre, author, tale):
    seen = []
    for more, start in [(0, 1), (1, 1), (98, 2), (1, 100), (40, 101)]:
        fill(author, more, start)
        seen.append(centre.get(BELL).context["unread"])
    assert seen == ["", "1", "99", "99+", "99+"]


def test_the_bell_is_answered_by_two_queries_and_says_when_nothing_changed(centre, author, tale):
    fill(author, 3)
    first = centre.get(BELL)
    with CaptureQueriesContext(connection) as captured:
        again = centre.get(BELL, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, len(captured)) == (304, b"", 2)
    assert first.headers["Cache-Control"] == "private, no-cache"
    fill(author, 1, start=4)
    changed = centre.get(BELL, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and changed.context["unread"] == "4"


def test_an_ordinary_page_has_the_bell_and_asks_nothing_for_it(centre, author, tale):
    fill(author, 3)
    page = centre.get("/kk/me/")
    assert f'class="bell" href="{CENTRE}"' in page.content.decode()
    with CaptureQueriesContext(connection) as captured:
        centre.get("/kk/me/")
    assert not [query for query in captured if "portal_notice" in query["sql"]]
    assert BELL not in Client().get("/kk/").content.decode()


# Settings


def test_a_person_chooses_for_each_kind_and_what_is_proposed_is_not_kept(centre, author):
    page = centre.get(SETTINGS)
    assert page.context["rhythms"]["material-thanks"].value() == Rhythm.WEEKLY
    chosen = {name: page.context["rhythms"][name].value() for name in page.context["rhythms"].fields}
    assert centre.post(SETTINGS, chosen | HOURS | {"material-thanks": "never"}).url == SETTINGS
    assert list(NoticeChoice.objects.values_list("user", "kind", "rhythm")) == [(author.pk, "material-thanks", "never")]
    assert not hasattr(type(author).objects.get(), "mail_hours")
    centre.post(SETTINGS, chosen | HOURS)
    assert not NoticeChoice.objects.exists()


def test_own_hours_are_kept_and_shown(centre, author):
    chosen = dict.fromkeys(centre.get(SETTINGS).context["rhythms"].fields, "daily")
    centre.post(SETTINGS, chosen | {"weekdays": ["6"], "opens": "7", "closes": "9"})
    page = centre.get(SETTINGS)
    hours = page.context["hours"]
    assert [day.data["selected"] for day in hours["weekdays"].subwidgets] == [False] * 6 + [True]
    assert (set(hours["weekdays"].value()), hours["opens"].value(), hours["closes"].value()) == ({6}, 7, 9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"material-thanks": "hourly"},
        {"weekdays": []},
        {"weekdays": ["7"]},
        {"opens": "20", "closes": "20"},
        {"opens": "24"},
        {"closes": "0"},
    ],
)
def test_an_impossible_choice_is_refused_and_nothing_is_kept(centre, wrong):
    chosen = dict.fromkeys(centre.get(SETTINGS).context["rhythms"].fields, "daily")
    answer = centre.post(SETTINGS, chosen | HOURS | wrong)
    assert answer.status_code == 422 and "error-summary" in answer.content.decode()
    assert not NoticeChoice.objects.exists()


def test_urgent_kinds_stand_apart_and_cannot_be_turned_off(centre, author, monkeypatch):
    kind = Kind("alarm", "Дабыл", lambda notice: "Дабыл", lambda notice: "/", urgent=True)
    monkeypatch.setattr("portal.forms.notices.notice_kinds", [kind])
    page = centre.get(SETTINGS)
    assert page.context["rhythms"].urgent == [kind] and not page.context["rhythms"].fields
    centre.post(SETTINGS, HOURS | {"alarm": "never"})
    assert not NoticeChoice.objects.exists()


# What the ground itself tells


def test_a_teacher_is_told_that_her_place_is_confirmed_and_why_it_no_longer_is(centre, author):
    staff = make_administrator()
    position = portal_actions.take_position(author, school=make_school(name_ru="Школа № 1"), post="teacher")
    portal_actions.confirm_position(staff, position)
    portal_actions.confirm_position(staff, position)
    portal_actions.withdraw_confirmation(staff, position, reason="Басқа мектепке ауысты.")
    withdrawn, confirmed = texts(centre)
    assert "№ 1 мектеп" in confirmed and "Басқа мектепке ауысты." in withdrawn
    assert "Школа № 1" in texts(centre, "/ru/notices/")[1]
    assert Letter.objects.count() == 2


def test_an_author_is_told_when_a_material_is_hidden_and_shown_again(centre, author):
    staff, material = make_administrator(), make_material(author, title="Бөлшектер")
    actions.hide_material(staff, material, reason="Оқушының аты тұр.")
    actions.show_material(staff, material)
    shown, hidden = texts(centre)
    assert "жасырылды" in hidden and "қайта көрсетіл" in shown
    assert centre.get(address("notices", "ru")).status_code == 200
