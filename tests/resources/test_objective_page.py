"""A learning objective has a page: its words, and the materials that teach it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from community.cards import Cards
from community.writing import render
from portal.demo import make_objective, make_person
from portal.models import Subject
from resources.demo import make_material

pytestmark = pytest.mark.django_db


@pytest.fixture
def objective():
    return make_objective(Subject.objects.get(code="physics"), text_ru="Образец: сила")


def taught(objective, title: str, **fields):
    material = make_material(make_person(f"{title}@example.org"), title=title, **fields)
    material.objectives.add(objective)
    return material


def page_of(objective, client=None) -> str:
    answer = (client or Client()).get(f"/ru/objectives/{objective.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_its_words_in_both_languages_and_what_teaches_it(objective):
    assert "Материала к этой цели пока нет" in page_of(objective)
    taught(objective, "open")
    taught(objective, "closed", audience="me")
    page = page_of(objective)
    assert '<p class="lead" lang="kk">Үлгі: күш</p>' in page
    assert '<p class="lead" lang="ru">Образец: сила</p>' in page
    assert "open" in page
    assert "closed" not in page
    assert Client().get("/ru/objectives/999999/").status_code == 404


def test_the_page_of_a_material_leads_to_it(objective):
    material = taught(objective, "open")
    page = Client().get(f"/kk/materials/{material.pk}/")
    assert f'href="/kk/objectives/{objective.pk}/"' in page.content.decode()


def test_a_link_to_it_becomes_a_card(objective):
    rendered = render(f"http://localhost:8000/kk/objectives/{objective.pk}/")
    with override("kk"):
        drawn = Cards(make_person("reader@example.org"), [rendered.html]).fill(rendered.html)
    assert "7.1.1.1 Үлгі: күш" in drawn
    assert f'href="/kk/objectives/{objective.pk}/"' in drawn


def test_one_material_costs_as_much_as_twenty(objective):
    def asked() -> int:
        page_of(objective)
        with CaptureQueriesContext(connection) as captured:
            page_of(objective)
        return len(captured)

    taught(objective, "m0")
    few = asked()
    for number in range(1, 20):
        taught(objective, f"m{number}")
    assert asked() == few
