"""The home page of a language is what its editors have composed."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from portal.demo import make_event, make_person, put_voices
from portal.models import HomePage, SectionPage
from portal.preparation import HOME_BODY, make_article
from resources.demo import make_material

from .newsroom import make_worker, signed_in

pytestmark = pytest.mark.django_db
COMPOSED = [
    ("search_list", {"title": "Бөлшектер туралы", "words": "бөлшектер", "source": "materials", "count": "3"}),
    ("events", {"count": "1"}),
]


@pytest.fixture
def home():
    return HomePage.objects.get(slug="kk")


def kinds(page) -> list[str]:
    return [block.block_type for block in HomePage.objects.get(pk=page.pk).body]


def compose(home, blocks) -> object:
    """An editor saves the form of the home page and publishes it."""
    form = {"title": home.title, "slug": home.slug, "lead": home.lead, "examples": home.examples, "body": blocks, "action-publish": "1"}
    editor = signed_in(make_worker("Editors"))
    return editor.post(reverse("wagtailadmin_pages:edit", args=[home.pk]), nested_form_data(form))


def test_a_new_portal_begins_with_a_composition_in_every_language():
    for page in HomePage.objects.all():
        assert kinds(page) == [name for name, _value in HOME_BODY]


def test_editors_compose_the_home_page_of_one_language(client, home):
    author = make_person()
    make_material(author, title="Бөлшектерді қосу")
    make_event("Ертеңгі кездесу")
    make_event("Кейінгі кездесу")
    assert compose(home, streamfield(COMPOSED)).status_code == 302
    assert kinds(home) == ["search_list", "events"]
    text = client.get("/kk/").content.decode()
    assert "Бөлшектер туралы" in text and "Бөлшектерді қосу" in text
    assert "Ертеңгі кездесу" in text and "Кейінгі кездесу" not in text
    assert kinds(HomePage.objects.get(slug="ru")) == [name for name, _value in HOME_BODY]


def test_the_same_block_does_not_stand_twice(home):
    answer = compose(home, streamfield([("news", ""), ("news", "")]))
    assert answer.status_code == 200 and answer.context["form"].errors["body"]
    assert kinds(home) == [name for name, _value in HOME_BODY]


def test_words_of_teachers_name_who_says_them(client, home):
    home.body.append(("quotes", [{"text": "Материалды телефоннан бөлістім.", "name": "Айнұр Үлгі", "role": "мұғалім"}]))
    home.save_revision().publish()
    text = client.get("/kk/").content.decode()
    assert "Материалды телефоннан бөлістім." in text and "Айнұр Үлгі" in text
    assert "Айнұр Үлгі" not in client.get("/ru/").content.decode()


def test_the_demo_says_that_its_people_are_invented(client):
    for page in HomePage.objects.all():
        put_voices(page)
        put_voices(HomePage.objects.get(pk=page.pk))
        assert kinds(page).count("quotes") == 1
    assert "ойдан шығарылған адам" in client.get("/kk/").content.decode()
    assert "вымышленный человек" in client.get("/ru/").content.decode()


def test_a_home_page_with_every_block_costs_few_queries(client, home):
    def queries() -> int:
        client.get("/kk/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/kk/")
        return len(captured)

    author, news = make_person(), SectionPage.objects.get(slug="news", locale__language_code="kk")
    put_voices(home)
    make_material(author, title="Бөлшектер 0")
    make_article("Жаңалық", "", "kk", news)
    make_event("Кездесу")
    few = queries()
    assert few <= 6
    for number in range(1, 20):
        make_material(author, title=f"Бөлшектер {number}")
        make_article(f"Жаңалық {number}", "", "kk", news)
        make_event(f"Кездесу {number}")
    cache.clear()
    assert queries() == few
