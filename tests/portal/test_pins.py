"""What editors pin stands before everything that is found for the same words, and only for those who may see it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal import actions
from portal.demo import make_event, make_person
from portal.models import Act
from resources import actions as resources
from resources.demo import make_material
from search.models import Pin

from .newsroom import make_worker, signed_in

pytestmark = pytest.mark.django_db
LABEL = "Редактор таңдауы"


def pin(*addresses: str, text: str = "бөлшектерді салыстыру", **fields) -> Pin:
    row = Pin(text=text, addresses="\n".join(addresses), **fields)
    actions.put_pin(row)
    return row


def shown(client, text: str, language: str = "kk", **more) -> tuple[list, list]:
    results = client.get(f"/{language}/search/", {"q": text, **more}).context["results"]
    return [hit.entry.title for hit in results.pinned], [hit.entry.title for hit in results]


@pytest.fixture
def author():
    return make_person()


@pytest.fixture
def material(author):
    for number in range(3):
        make_material(author, title=f"Бөлшектерді салыстыру {number}", description="Бөлшектерді салыстыру.")
    return make_material(author, title="Пайыздар", subjects=["mathematics"])


def test_an_editor_pins_what_stands_at_an_address(client, material):
    editor = signed_in(make_worker("Editors"))
    form = {"text": "бөлшек салыстыру", "language": "", "addresses": f"/kk/materials/{material.pk}/?q=1", "until": ""}
    add = reverse("pin:add")
    assert 'value="бөлшек"' in editor.get(f"{add}?text=бөлшек").content.decode()
    for wrong in ("/kk/materials/999999/", "https://example.org/", "/kk/nowhere/", "\n".join(f"/materials/{n}/" for n in range(4))):
        assert editor.post(add, form | {"addresses": wrong}).status_code == 200
    assert not Pin.objects.exists()
    assert editor.post(add, form).status_code == 302
    page = client.get("/kk/search/", {"q": "Салыстырудың бөлшегі"}).content.decode()
    assert page.index(LABEL) < page.index("Пайыздар")
    assert shown(client, "Салыстырудың бөлшегі")[0] == ["Пайыздар"]
    editor.post(reverse("pin:delete", args=[Pin.objects.get().pk]))
    assert LABEL not in client.get("/kk/search/", {"q": "бөлшек салыстыру"}).content.decode()
    assert list(Act.objects.filter(source="pins").order_by("pk").values_list("verb", flat=True)) == ["add", "remove"]
    assert signed_in(make_worker("Authors")).post(add, form).status_code == 302 and not Pin.objects.exists()


def test_a_pin_stands_on_the_first_page_of_everything_and_of_its_own_tab_and_never_twice(client, material):
    event = make_event("Бөлшектерді салыстыру күні")
    pin(f"/kk/materials/{material.pk}/", event.url)
    pinned, found = shown(client, "бөлшектерді салыстыру")
    assert pinned == ["Пайыздар", "Бөлшектерді салыстыру күні"] and not set(pinned) & set(found)
    assert shown(client, "бөлшектерді салыстыру", **{"in": "events"})[0] == ["Бөлшектерді салыстыру күні"]
    assert shown(client, "бөлшектерді салыстыру", subject="mathematics")[0] == ["Пайыздар"]
    assert shown(client, "бөлшектерді салыстыру", subject="physics")[0] == []
    for more in ({"page": 2}, {"sort": "newest"}, {"in": "topics"}):
        assert shown(client, "бөлшектерді салыстыру", **more)[0] == []
    for other in ("бөлшек", "бөлшектерді қосу", "бөлшектерді салыстыру ойыны", ""):
        assert shown(client, other)[0] == [], other


def test_a_pin_holds_for_its_language_and_until_its_last_day(client, material):
    pin(f"/kk/materials/{material.pk}/", text="проценты", language="ru", until=timezone.localdate())
    assert shown(client, "процентов", "ru")[0] == ["Пайыздар"] and shown(client, "процентов", "kk")[0] == []
    Pin.objects.update(until=timezone.localdate() - timedelta(days=1))
    cache.clear()
    assert shown(client, "процентов", "ru")[0] == []


def test_a_pin_shows_nothing_to_whom_it_is_not_open_and_costs_nothing(client, author, material):
    with CaptureQueriesContext(connection) as without:
        client.get("/kk/search/?q=бөлшектерді+салыстыру")
    pin(f"/kk/materials/{material.pk}/")
    shown(client, "бөлшектерді салыстыру")
    with CaptureQueriesContext(connection) as with_pin:
        assert shown(client, "бөлшектерді салыстыру")[0]
    assert len(with_pin) <= len(without)
    resources.trash_material(author, material)
    assert shown(client, "бөлшектерді салыстыру")[0] == []
