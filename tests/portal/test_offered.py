"""What the box that searches everything offers while somebody types."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from community.demo import make_group
from portal.demo import make_objective, make_person, make_school
from portal.models import Subject
from resources.actions import unpublish_material
from resources.demo import make_material

from .newsroom import signed_in

pytestmark = pytest.mark.django_db
LINE = re.compile(r'data-href="([^"]+)"><span[^>]*>([^<]+)</span>')


@pytest.fixture
def author():
    cache.clear()
    return make_person("aigul@example.org")


def lines(client, text: str, language: str = "kk") -> dict[str, str]:
    answer = client.get(f"/{language}/search/suggest/", {"q": text})
    assert answer.status_code == 200
    return {label: url for url, label in LINE.findall(answer.content.decode())}


def test_every_kind_of_thing_is_offered_by_the_beginnings_of_its_words(client, author):
    material = make_material(author, title="Жай бөлшектер", tags=["бөлу"], subjects=("mathematics",))
    objective = make_objective(Subject.objects.get(code="mathematics"), "5.1.2.3", text_kk="бөлшектерді қосу", text_ru="складывать дроби")
    school = make_school(name="Бөлек мектебі", name_ru="Школа Болек")
    group = make_group(author, name="Бөлшек үйретеміз")
    expected = {
        "Жай бөлшектер": f"/kk/materials/{material.pk}/",
        "5.1.2.3 бөлшектерді қосу": f"/kk/objectives/{objective.pk}/",
        "Бөлек мектебі": f"/kk/schools/{school.pk}/",
        "Бөлшек үйретеміз": f"/kk/groups/{group.pk}/",
        "бөлу": "/kk/search/?q=%D0%B1%D3%A9%D0%BB%D1%83",
    }
    for typed in ("бөл", "БОЛ", "böl", "bol", ",jk"):
        assert expected.items() <= lines(client, typed).items(), typed
    assert list(lines(client, "5.1.2"))[0] == "5.1.2.3 бөлшектерді қосу"
    assert lines(client, "слож", "ru") == {}
    assert lines(client, "склад др", "ru") == {"5.1.2.3 складывать дроби": f"/ru/objectives/{objective.pk}/"}
    assert lines(client, "Школа", "ru")["Школа Болек"] == f"/ru/schools/{school.pk}/"
    assert lines(client, "б") == lines(client, "???") == lines(client, "жоқнәрсе") == {}
    assert len(lines(client, "бөл")) <= 9


def test_groups_of_one_name_are_told_apart_by_their_languages(client, author):
    make_group(author, name="Физика")
    make_group(author, name="", name_ru="Физика")
    answer = client.get("/kk/search/suggest/", {"q": "Физика"}).content.decode()
    assert sorted(re.findall(r"<span[^>]*>Физика</span><span class=\"meta\">([^<]+)</span>", answer)) == ["Орысша", "Қазақша"]


def test_nobody_is_offered_what_she_may_not_see(client, author):
    for audience in ("public", "members", "me"):
        make_material(author, title=f"Құпия {audience}", tags=[f"құпиятег-{audience}"], audience=audience)
    make_group(author, name="Құпия топ", access="hidden")
    member = signed_in(make_person("other@example.org"))
    assert set(lines(client, "құпия")) == {"Құпия public", "құпиятег-public"}
    assert set(lines(member, "құпия")) == {"Құпия public", "Құпия members", "құпиятег-public", "құпиятег-members"}
    gone = make_material(author, title="Құпия екінші")
    assert "Құпия екінші" in lines(client, "екінші")
    unpublish_material(author, gone)
    assert lines(client, "екінші") == {}


def test_guests_answers_may_be_kept_and_nobody_asks_without_end(client, author, settings):
    guest = client.get("/kk/search/suggest/", {"q": "бөл"})
    assert "public" in guest["Cache-Control"]
    assert "private" in signed_in(author).get("/kk/search/suggest/", {"q": "бөл"})["Cache-Control"]
    settings.LIMITS = settings.LIMITS | {"suggest": (2, 600)}
    cache.clear()
    assert [client.get("/kk/search/suggest/", {"q": "бөл"}).status_code for _ in range(3)] == [200, 200, 429]


def test_many_things_cost_no_more_questions_than_one(client, author, django_assert_max_num_queries):
    make_material(author, title="Бөлшек 0", tags=["бөлшек"])
    client = Client()
    with django_assert_max_num_queries(6):
        lines(client, "бөлш")
    for n in range(1, 12):
        make_material(author, title=f"Бөлшек {n}", tags=["бөлшек"])
    with django_assert_max_num_queries(6):
        assert len(lines(client, "бөлш")) == 4


def test_every_general_box_is_a_plain_form_that_offers(client, author):
    material = make_material(author)
    for address, box in {
        "/kk/": "home-search",
        "/kk/search/": "page-search",
        f"/kk/materials/{material.pk}/": "header-search",
        "/kk/nowhere/": "error-search",
    }.items():
        page = client.get(address).content.decode()
        assert f'id="{box}_list" role="listbox"' in page, address
        assert 'data-combobox="/kk/search/suggest/"' in page
