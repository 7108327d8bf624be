"""One box, and a tab for each room that has something."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.demo import make_group, make_topic
from leaders.demo import make_cohort, make_programme_page
from portal import actions
from portal.demo import make_event, make_objective, make_person, make_school
from portal.models import Notice, SchoolType, SectionPage, Subject
from portal.preparation import make_article
from resources.demo import make_material

pytestmark = pytest.mark.django_db
# The last two in what PostgreSQL is asked
OF_THE_ENGINE = {"search_text", "search_audience", "unnest", "e"}
# For whom it finds things
OF_THE_READER = {"portal_position", "community_membership"}
ROOMS = ["materials", "topics", "groups", "objectives", "programmes", "cohorts", "events", "people", "schools", "pages"]


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def tabs(client, asked: str, language: str = "kk") -> dict:
    return {tab["label"]: tab for tab in client.get(f"/{language}/search/?{asked}").context["tabs"]}


@pytest.fixture
def teacher():
    lyceum = SchoolType.objects.get(code="lyceum")
    school = make_school("lyceum-1", name="Ботаника лицейі", name_ru="Лицей ботаники", region="31", type=lyceum, locality="Мерке")
    return make_person(family_name="Ботаника", school=school)


@pytest.fixture
def botany(teacher):
    """A thing of every room."""
    make_material(teacher, title="Ботаника негіздері")
    group = make_group(teacher, name="Ботаника")
    make_topic(teacher, group, title="Ботаника сабағы")
    make_objective(Subject.objects.get(code="biology"), text_kk="Ботаника ұғымдары")
    cohort = make_cohort(name_kk="Ботаника легі")
    make_programme_page(cohort.version.programme, title="Ботаника бағдарламасы")
    make_event("Ботаника күні")
    make_article("Ботаника жаңалығы", "Мәтін.", "kk", SectionPage.objects.get(is_news=True, locale__language_code="kk"))


def test_everything_that_stands_is_found_in_one_box(teacher, botany):
    client = signed_in(teacher)
    answer = client.get("/kk/search/", {"q": "ботаника"})
    drawn = answer.context["tabs"]
    assert [tab["url"].rpartition("in=")[2] for tab in drawn[1:]] == ROOMS
    assert all(tab["count"] for tab in drawn[1:])
    assert sum(tab["count"] for tab in drawn[1:]) == answer.context["results"].total
    for tab in drawn[1:]:
        assert client.get(tab["url"]).context["results"].total == tab["count"], tab["label"]
    for hit in answer.context["results"]:
        assert hit.template


def facets(client, asked: str) -> list[str]:
    return [facet["name"] for facet in client.get(f"/kk/search/?{asked}").context["facets"]]


def test_everything_is_narrowed_by_what_several_rooms_know_and_by_what_is_chosen(client, botany):
    shared = facets(client, "q=ботаника")
    assert {"subject", "grade", "language", "region"} <= set(shared) and not {"type", "kind", "access"} & set(shared)
    for name, room in {"type": "materials", "kind": "topics", "access": "groups"}.items():
        assert name in facets(client, f"q=ботаника&in={room}")
    assert "access" in facets(client, "q=ботаника&access=open")


def asked_besides_the_engine(client, address: str) -> list[str]:
    """The tables that are asked first by each query, without those of the index and of whom the engine finds things for."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    asked = [query["sql"] for query in captured]
    tables = [re.search(r'FROM "?(\w+)', sql).group(1) for sql in asked]
    assert max(map(tables.count, OF_THE_READER)) <= 1
    return [table for table in tables if table not in {*OF_THE_ENGINE, *OF_THE_READER}]


def test_a_page_of_results_asks_as_little_for_all_rooms_as_for_one(teacher, botany):
    reader = signed_in(make_person("reader@example.org"))
    everything = asked_besides_the_engine(reader, "/kk/search/?q=ботаника")
    assert len(everything) == 6, everything
    assert len(asked_besides_the_engine(reader, "/kk/search/?q=ботаника&in=materials")) == 6
    assert len(asked_besides_the_engine(Client(), "/kk/search/?q=ботаника")) == 3
    for number in range(20):
        make_material(teacher, title=f"Ботаника {number}")
    assert asked_besides_the_engine(reader, "/kk/search/?q=ботаника") == everything


def test_a_tab_without_anything_is_not_drawn_and_a_filter_goes_along_where_it_is_known(client, teacher):
    make_material(teacher, title="Ботаника", subjects=["biology"], language="kk")
    make_event("Ботаника күні")
    assert list(tabs(client, "q=ботаника")) == ["Барлығы", "Материалдар", "Топтар", "Іс-шаралар", "Мектептер"]
    chosen = tabs(client, "q=ботаника&subject=biology&language=kk&in=materials")
    assert "subject=biology" not in chosen["Іс-шаралар"]["url"] and "language=kk" in chosen["Іс-шаралар"]["url"]
    assert chosen["Іс-шаралар"]["count"] is None, "without the subject there may be more of them"
    assert "Оқу мақсаттары" in tabs(client, "q=ботаника&in=objectives"), "the open one stays"


def test_an_old_address_of_pages_still_answers_and_an_old_saved_search_still_hears_of_events(client):
    reader = make_person("reader@example.org")
    saved = [actions.save_search(reader, name=source, text="ботаника", source=source) for source in ("pages", "events")]
    later = timezone.now() + timedelta(days=3)
    make_event("Ботаника күні", starts_at=later)
    assert Notice.objects.filter(kind="saved-search").count() == 1, "one thing is told once"
    assert {alert.search for one in saved for alert in one.alerts.all()} == set(saved)
    answer = client.get("/kk/search/?q=ботаника&in=pages")
    assert answer.status_code == 200 and "in=events" in answer.content.decode()


def test_a_school_leads_to_its_colleagues_and_its_group(client, teacher):
    school = teacher.main_position.school
    hidden = make_person("hidden@example.org", family_name="Жасырын", school=school, listed_to="nobody")
    [hit] = client.get("/ru/search/", {"q": "лицей ботаники", "in": "schools"}).context["results"]
    row = client.get("/ru/search/", {"q": "лицей ботаники", "in": "schools"}).content.decode()
    assert f"/ru/schools/{school.pk}/" in row and "Мерке" in row and hit.object_id == school.pk
    page = signed_in(make_person("other@example.org", family_name="Ли")).get(f"/ru/schools/{school.pk}/").content.decode()
    assert teacher.full_name in page and hidden.full_name not in page
    assert f"/ru/groups/{school.groups.get().pk}/" in page
    guests = client.get(f"/kk/schools/{school.pk}/").content.decode()
    assert teacher.full_name not in guests and "/kk/accounts/login/" in guests


def test_schools_are_narrowed_by_region_and_kind(client, teacher):
    make_school("general-1", name="№ 1 ботаника мектебі", region="75")
    assert client.get("/kk/search/?in=schools&q=ботаника").context["results"].total == 2
    assert client.get("/kk/search/?in=schools&q=ботаника&region=31&school_type=lyceum").context["results"].total == 1


def test_schools_do_not_push_materials_aside(client, teacher):
    for number in range(25):
        make_school(f"abai-{number}", name="Абай мектебі", region="75")
    make_material(teacher, title="Абай жолы: көркем мәтінді талдау сабағы", description="Абай шығармашылығы бойынша жұмыс.")
    found = client.get("/kk/search/?q=абай").context["results"]
    assert found.total == 26 and "materials" in [hit.source for hit in found.hits[:3]]
    assert client.get("/kk/search/?q=абай+мектебі").context["results"].hits[0].source == "schools"


def test_an_objective_says_that_it_is_a_sample_and_leads_to_its_page(client):
    subject = Subject.objects.get(code="physics")
    objective = make_objective(subject, "7.1.2.3", text_kk="жылдамдықты өлшейді", text_ru="измеряет скорость", is_sample=True)
    for language, words, shown in (("kk", "жылдамдық", "<mark>жылдамдықты</mark>"), ("ru", "скорость", "7.1.2.3 измеряет скорость")):
        row = client.get(f"/{language}/search/", {"q": words, "in": "objectives"}).content.decode()
        assert f"/{language}/objectives/{objective.pk}/" in row and shown in row
        assert {"kk": "үлгі", "ru": "образец"}[language] in row
