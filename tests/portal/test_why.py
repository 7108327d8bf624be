"""Under each hit stands why it was found; what is the reader's own stands a little higher, and she may switch that off."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.actions import change_profile
from portal.demo import make_objective, make_person
from portal.models import Subject
from resources.actions import save_for_later, thank
from resources.demo import make_material

pytestmark = pytest.mark.django_db


def reasons(page: str) -> list[list[str]]:
    """Of each row: its lines."""
    return [
        [unescape(line) for line in re.findall(r"<li>(.*?)</li>", found)]
        for found in re.findall(r'<details class="why">(.*?)</details>', page)
    ]


def titles(page: str) -> list[str]:
    return [re.sub("<[^>]+>", "", title) for title in re.findall(r'class="row-title"><a[^>]*>(.*?)</a>', page)]


@pytest.fixture
def teacher():
    return make_person("physics@example.org", subjects=["physics"], grades=[8], languages=["ru"])


def test_words_wishes_and_signals_are_told(client, teacher):
    author, colleague = make_person("author@example.org"), make_person("colleague@example.org")
    material = make_material(
        author,
        title="Қозғалыс заңдары",
        description="Дененің қозғалысы туралы <b>",
        subjects=["physics"],
        grades=[8],
        tags=["қозғалыс"],
        objectives=[make_objective(Subject.objects.get(code="physics"))],
    )
    thank(teacher, material)
    thank(colleague, material)
    save_for_later(colleague, material)
    make_material(author, title="Қозғалыс", subjects=["geometry"], language="en")
    client.force_login(teacher)
    page = client.get("/kk/search/", {"q": "8-сыныпқа қозғалыстың", "in": "materials"}).content.decode()
    assert titles(page) == ["Қозғалыс заңдары", "Қозғалыс"]
    told, of_plain = reasons(page)
    assert told == [
        "Атауында: қозғалыс",
        "Мәтінінде: қозғалысы",
        "Пәні, сыныбы, түрі немесе тегтері арасында: қозғалыс, 8, сынып",
        "Сұрағаныңыздай: 8-сынып",
        "Сіздің пәніңіз: Физика",
        "Сіздің тіліңіз: Қазақша",
        "2 мұғалім рақмет айтты",
        "Әріптестер сақтап қойған",
        "Толық сипатталған",
        "Жақында жарияланған",
    ]
    assert of_plain == ["Атауында: қозғалыс", "Пәні, сыныбы, түрі немесе тегтері арасында: сынып", "Жақында жарияланған"]
    # What nobody asked by words has no other order than its date, and no reasons.
    assert reasons(client.get("/kk/materials/").content.decode()) == []


def test_what_is_hers_stands_higher_until_she_switches_it_off(client, teacher):
    author = make_person("author@example.org")
    make_material(author, title="Қозғалыс", subjects=["physics"], grades=[8])
    make_material(author, title="Қозғалыс", subjects=["geometry"], grades=[9])
    ask = {"q": "қозғалыс", "in": "materials"}

    def first() -> str:
        page = client.get("/kk/search/", ask).content.decode()
        return re.search(r"Физика|Геометрия", page[page.index('class="rows"') :]).group()

    assert first() == "Геометрия"
    client.force_login(teacher)
    assert first() == "Физика"
    page = client.get("/kk/search/", ask).content.decode()
    form = re.search(r'<form class="own-first" method="post" action="([^"]+)">.*?name="next" value="([^"]+)"', page, re.DOTALL)
    answer = client.post(form[1], {"next": unescape(form[2])})
    assert answer.url == unescape(form[2])
    assert first() == "Геометрия"
    assert "Сіздің пәніңіз" not in client.get("/kk/search/", ask).content.decode()
    client.post(form[1], {"next": unescape(form[2]), "own": "1"})
    assert first() == "Физика"


def test_another_profile_lifts_at_once(client, teacher):
    make_material(teacher, title="Қозғалыс", subjects=["physics"])
    client.force_login(teacher)
    ask = {"q": "қозғалыс", "in": "materials"}
    assert "Сіздің пәніңіз: Физика" in client.get("/kk/search/", ask).content.decode()
    change_profile(teacher, subjects=Subject.objects.filter(code="geometry"))
    assert "Сіздің пәніңіз" not in client.get("/kk/search/", ask).content.decode()


def test_twenty_rows_with_reasons_cost_as_much_as_one(client, teacher):
    client.force_login(teacher)
    ask = {"q": "8 сынып қозғалыс", "in": "materials"}

    def queries() -> int:
        client.get("/kk/search/", ask)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/kk/search/", ask).status_code == 200
        return len(asked)

    make_material(teacher, title="Қозғалыс", subjects=["physics"])
    one = queries()
    for number in range(20):
        make_material(teacher, title=f"Қозғалыс {number}", subjects=["physics"], grades=[8])
    assert queries() == one
