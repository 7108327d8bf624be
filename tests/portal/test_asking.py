"""What is looked for is noted without a person, told to editors once three have asked it, and forgotten."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.demo import make_person
from resources.demo import make_material
from search.asked import forget_old
from search.models import Asking

from .newsroom import make_worker, signed_in

pytestmark = pytest.mark.django_db
SIGNED = re.compile(r'data-asked="([^"]+)"')


def visitor(number: int, **headers) -> Client:
    return Client(headers={"user-agent": f"browser {number}", **headers})


def ask(client: Client, text: str, *, place: int = 0, path: str = "/kk/search/", **more) -> str:
    """As the page and its script do."""
    page = client.get(path, {"q": text, **more}).content.decode()
    signed = SIGNED.search(page)
    if signed:
        told = {"asked": unescape(signed[1])}
        assert client.post("/kk/search/asked/", told).status_code == 204
        if place:
            client.post("/kk/search/asked/", told | {"place": place})
    return unescape(signed[1]) if signed else ""


def report(editor: Client, **asked) -> dict[str, tuple]:
    rows = editor.get(reverse("questions"), asked).context["object_list"]
    return {row["text"]: (row["asked"], row["nothing"], row["opened"], row["next"]) for row in rows}


def test_reading_notes_nothing_and_a_page_that_was_shown_is_noted_once(client):
    make_material(make_person(), title="Бөлшектер")
    client.get("/kk/search/", {"q": "бөлшек"})
    assert not Asking.objects.exists()
    reader = visitor(1)
    for text in ("бөлшек", "Бөлшектерді"):
        ask(reader, text)
    ask(reader, "бөлшек", place=2)
    noted = Asking.objects.get()
    assert (noted.text, noted.found, noted.place, noted.language) == ("бөлшек", 1, 2, "kk")
    assert "browser" not in noted.visitor and "127.0.0.1" not in noted.visitor


@pytest.mark.parametrize("text", ["омарова@example.org", "+7 701 123-45-67", "890101300123", "https://example.org/", "а" * 101, "", "!!!"])
def test_what_looks_like_a_persons_data_is_not_noted(text):
    assert not ask(visitor(1), text) or not Asking.objects.exists()
    assert not Asking.objects.exists()


def test_nothing_is_noted_of_those_who_ask_for_it_nor_of_the_search_for_people_nor_of_narrowed_lists():
    for headers in ({"dnt": "1"}, {"sec-gpc": "1"}):
        assert not ask(visitor(1, **headers), "бөлшек")
    for more in ({"in": "people"}, {"path": "/kk/people/"}, {"subject": "physics"}, {"page": 2}):
        assert not ask(visitor(1), "бөлшек", **more)
    assert not Asking.objects.exists()


def test_what_was_not_signed_here_or_is_old_or_too_much_is_not_noted(settings):
    signed = ask(visitor(1), "бөлшек")
    assert Asking.objects.count() == 1
    Asking.objects.all().delete()
    for wrong in ({}, {"asked": ""}, {"asked": signed[:-1]}, {"asked": "x" * 10_000}):
        assert Client().post("/kk/search/asked/", wrong).status_code == 204
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert Client().post("/kk/search/asked/", {"asked": signed}).status_code == 204
    assert not Asking.objects.exists()
    assert Client().get("/kk/search/asked/").status_code == 405
    settings.LIMITS = settings.LIMITS | {"asking": (1, 3600)}
    cache.clear()
    for number in range(3):
        ask(visitor(number), "бөлшек")
    assert Asking.objects.count() == 1


def test_nobody_is_followed_to_the_next_day():
    person = make_person()
    for day in (0, 1):
        with time_machine.travel(timezone.now() + timedelta(days=day)):
            ask(signed_in(person), "бөлшек")
    first, second = Asking.objects.values_list("visitor", flat=True)
    assert first != second


def test_editors_read_what_three_have_asked():
    make_material(make_person(), title="Бөлшектер")
    for number in range(4):
        ask(visitor(number), "логарифм")
        ask(visitor(number), "логарифмдер теңдеуі" if number else "интеграл")
    for number in range(3):
        ask(visitor(number), "бөлшек", place=1 if number else 0)
    ask(visitor(9), "құпия")
    editor = signed_in(make_worker("Editors"))
    assert report(editor) == {
        "логарифм": (4, 4, 0, "логарифмдер теңдеуі"),
        "логарифмдер теңдеуі": (3, 3, 0, ""),
        "бөлшек": (3, 0, 2, ""),
    }
    assert set(report(editor, show="nothing")) == {"логарифм", "логарифмдер теңдеуі"}
    assert report(editor, show="unopened") == {} and report(editor, language="ru") == {}
    page = editor.get(reverse("questions")).content.decode()
    assert f"{reverse('pin:add')}?text=" in page and "құпия" not in page
    assert 'value="логарифм"' in editor.get(re.search(r'"([^"]+synonym[^"]+words=[^"]+)"', page)[1]).content.decode()
    sheet = b"".join(editor.get(reverse("questions"), {"export": "csv"}).streaming_content).decode()
    assert "логарифмдер теңдеуі" in sheet and len(sheet.strip().splitlines()) == 4
    assert signed_in(make_person("teacher2@example.org")).get(reverse("questions")).status_code in (302, 403)


def test_what_is_old_is_forgotten():
    ask(visitor(1), "бөлшек")
    ask(visitor(1), "пайыз")
    Asking.objects.filter(text="бөлшек").update(at=timezone.now() - timedelta(days=91))
    forget_old()
    assert Asking.objects.get().text == "пайыз"
