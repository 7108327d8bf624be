"""Saved searches: pressed on the results page, told of once, forgotten at a click."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal import actions
from portal.demo import make_administrator, make_person, make_school
from portal.models import Notice, SavedSearch, SavedSearchTerm, Subject, User
from portal.notices import kind_of
from resources import actions as resources
from resources.demo import make_material
from resources.models import Material

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return make_person("author@example.org", school=make_school())


@pytest.fixture
def reader() -> User:
    return make_person("reader@example.org", given_name="Марат", family_name="Әлімов")


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def save(person: User, asked: str):
    return browser(person).post(f"/kk/searches/save/?{asked}", follow=True)


def told(person: User) -> list[str]:
    return [notice.data["title"] for notice in Notice.objects.filter(user=person, kind="saved-search").order_by("pk")]


# Saving and forgetting


def test_the_button_saves_what_the_page_shows_and_takes_it_back(reader):
    client = browser(reader)
    page = client.get("/kk/materials/?q=бөлшек&subject=mathematics").content.decode()
    assert 'aria-pressed="false"' in page
    for _press in range(2):
        answer = client.post("/kk/searches/save/?q=%D0%B1%D3%A9%D0%BB%D1%88%D0%B5%D0%BA&subject=mathematics&in=materials")
    saved = SavedSearch.objects.get()
    assert (saved.name, saved.text, saved.source, saved.facets) == (
        "бөлшек · Математика",
        "бөлшек",
        "materials",
        {"subject": ["mathematics"]},
    )
    shown = client.get(answer.url)
    assert shown.status_code == 200 and 'aria-pressed="true"' in shown.content.decode()
    for _press in range(2):
        client.post(f"/kk/searches/{saved.pk}/forget/")
    assert not SavedSearch.objects.exists()


def test_the_same_question_is_saved_once(reader):
    for asked in ("q=Алгебра", "q=алгебра++", "q=алгебра&sort=newest", "q=алгебра&page=2"):
        save(reader, asked)
    assert SavedSearch.objects.count() == 1


def test_nothing_asked_is_nothing_to_save(reader):
    assert "aria-pressed" not in browser(reader).get("/kk/materials/").content.decode()
    assert "тым көп" in save(reader, "").content.decode()
    assert "тым көп" in save(reader, "q=«…»&in=materials").content.decode()
    assert not SavedSearch.objects.exists()


def test_the_fifty_first_is_refused_with_a_word(reader):
    for number in range(51):
        answer = save(reader, f"q=сөз{number}")
    assert SavedSearch.objects.count() == 50
    assert "50 сақталған іздеу" in answer.content.decode()


def test_a_search_is_renamed_by_its_owner_alone(reader, author):
    save(reader, "q=алгебра")
    address = f"/kk/searches/{SavedSearch.objects.get().pk}/"
    assert browser(author).post(address, {"name": "Басқа"}).status_code == 404
    browser(author).post(f"{address}forget/")
    assert browser(reader).post(address, {"name": " "}).status_code == 422
    browser(reader).post(address, {"name": "Сегізінші сынып"})
    assert "Сегізінші сынып" in browser(reader).get("/kk/searches/").content.decode()


def test_hostile_questions_are_harmless(reader, author):
    for asked in ("q=%00%22)(*", "q=" + "а" * 5000, "subject=" + "x" * 500, "in=nowhere&q=а", "q=%F0%9F%98%80&grade=5&grade=%27"):
        assert save(reader, asked).status_code == 200
    make_material(author)


# Alerts


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("q=бөлшектерді", True),
        ("q=болшек", True),
        ("q=бөлшек+салыстыру", True),
        ("q=бөлшек+пайыз", False),
        ("subject=mathematics&in=materials", True),
        ("subject=mathematics&subject=physics&in=materials", True),
        ("subject=physics&in=materials", False),
        ("q=бөлшек&grade=5&in=materials", True),
        ("q=бөлшек&grade=6&in=materials", False),
        ("q=математика", True),
        ("q=бөлшек&in=pages", False),
    ],
)
def test_what_answers_every_word_and_filter_is_told(reader, author, asked, answered):
    save(reader, asked)
    make_material(author, title="Бөлшектерді салыстыру", description="Екі бөлшектің үлкенін табамыз.")
    assert told(reader) == (["Бөлшектерді салыстыру"] if answered else [])


def test_a_notice_names_the_search_and_leads_to_the_thing(reader, author):
    save(reader, "q=бөлшек")
    material = make_material(author)
    notice = Notice.objects.get()
    kind = kind_of("saved-search")
    assert "бөлшек" in kind.text(notice) and kind.address(notice) == f"/materials/{material.pk}/"


def test_a_word_of_the_file_that_is_read_later_is_enough(reader, author):
    from tests.resources.test_reading import handout

    save(reader, "q=үштен")
    make_material(author, title="Тапсырма", description="", files=[handout()])
    assert told(reader) == ["Тапсырма"]


def test_the_same_thing_is_told_at_most_once(reader, author):
    save(reader, "q=бөлшек")
    save(reader, "q=салыстыру")
    material = make_material(author)
    kept = {"subjects": material.subjects.all(), "grades": material.grades.all(), "objectives": [], "tags": []}
    material = resources.change_material(author, material, revision=material.revision, title="Бөлшектер туралы", **kept)
    resources.unpublish_material(author, material)
    resources.publish_material(author, material)
    Notice.objects.update(read_at="2026-11-25T12:00Z")
    resources.refresh_entry(Material.objects.get())
    assert Notice.objects.count() == 1 and Notice.objects.get().number == 1


def test_what_was_published_before_is_not_new(reader, author):
    material = make_material(author)
    save(reader, "q=бөлшек")
    kept = {"subjects": material.subjects.all(), "grades": material.grades.all(), "objectives": [], "tags": []}
    resources.change_material(author, material, revision=material.revision, title="Бөлшектер туралы", **kept)
    assert told(reader) == []


@pytest.mark.parametrize(
    "asked", ["subject=fizika&in=materials", "q=қозғалыс&subject=fizika", "subject=fizika&subject=history&in=materials"]
)
def test_a_filter_whose_row_went_into_another_one_means_that_one(reader, author, asked):
    physics = Subject.objects.get(code="physics")
    double = Subject(code="fizika", area=physics.area, name_kk="Физика 2", name_ru="Физика 2", name_en="Physics 2")
    actions.put_vocabulary(double)
    save(reader, asked)
    actions.merge_rows(make_administrator(), double, physics)
    make_material(author, title="Қозғалыс теңдеуі", subjects=["mathematics"])
    assert told(reader) == []
    make_material(author, title="Қозғалыс теңдеуі", subjects=["physics"])
    assert told(reader) == ["Қозғалыс теңдеуі"]
    assert browser(reader).get(SavedSearch.objects.get().address).status_code == 200


def test_ones_own_material_is_no_news(author):
    save(author, "q=бөлшек")
    make_material(author)
    assert told(author) == []


def test_only_who_may_read_it_is_told(reader, author):
    administrator = make_administrator()
    school = author.main_position.school
    colleague = make_person("colleague@example.org", school=school, confirmed_by=administrator)
    for person in (reader, colleague, administrator):
        save(person, "q=бөлшек")
    make_material(author, title="Мектептің бөлшектері", audience="school")
    make_material(author, title="Бөлшек бойынша жиынтық бағалау", type="unit-summative")
    make_material(author, title="Өзіме бөлшектер", audience="me")
    assert told(colleague) == ["Мектептің бөлшектері", "Бөлшек бойынша жиынтық бағалау"]
    assert told(reader) == [] and told(administrator) == []


def test_what_is_opened_to_others_later_is_new_to_them(reader, author):
    save(reader, "q=бөлшек")
    material = make_material(author, audience="school")
    kept = {"subjects": material.subjects.all(), "grades": material.grades.all(), "objectives": [], "tags": []}
    resources.change_material(author, material, revision=material.revision, audience="public", **kept)
    assert told(reader) == [material.title]


def test_nobody_is_told_after_forgetting(reader, author):
    save(reader, "q=бөлшек")
    actions.forget_search(reader, SavedSearch.objects.get())
    make_material(author)
    assert told(reader) == []


def test_the_rarest_word_leads_to_a_search(reader, author):
    for number in range(3):
        make_material(author, title=f"Бөлшектер {number}")
    make_material(author, title="Логарифм")
    save(reader, "q=бөлшек+логарифмдер")
    assert {term.term for term in SavedSearchTerm.objects.all()} >= {"five:логар"}
    assert not SavedSearchTerm.objects.filter(term="five:болше").exists()
    # One of the two alone leads to none.
    assert SavedSearchTerm.objects.searches({"five:логар"}) == set()
    assert SavedSearchTerm.objects.searches({"five:логар", "five:болше"}) == {SavedSearch.objects.get().pk}


def published_with(number: int, reader: User, author: User, enqueued: list) -> int:
    """How many queries publishing takes with so many saved searches; the task is only asked for, as in production."""
    for n in range(SavedSearch.objects.count(), number):
        person = make_person(f"reader{n}@example.org") if n % 40 == 0 else User.objects.get(email_key=f"reader{n // 40 * 40}@example.org")
        actions.save_search(person, name="бөлшек", text=f"бөлшек {n}")
    material = make_material(author, title="Бөлшектер", published=False)
    with CaptureQueriesContext(connection) as queries:
        resources.publish_material(author, material)
    assert enqueued, "the alert is a task"
    return len(queries)


def test_publishing_costs_the_same_with_one_saved_search_and_with_two_hundred(reader, author, monkeypatch):
    enqueued = []
    monkeypatch.setattr("portal.saved_searches.enqueue", lambda task, *ids: enqueued.append(ids))
    few = published_with(1, reader, author, enqueued)
    assert published_with(200, reader, author, enqueued) == few


def test_my_searches_ask_little(reader):
    client = browser(reader)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/kk/searches/")
        return len(queries)

    save(reader, "q=сөз")
    client.get("/kk/searches/")
    few = asked()
    for number in range(20):
        save(reader, f"q=сөз{number}")
    assert asked() == few
