"""What programs read: feeds, maps of the site, rules for robots. Nobody but a guest is ever asked for."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from portal import sitemaps
from portal.demo import make_administrator, make_event, make_person
from portal.preparation import make_article
from resources import actions
from resources.demo import make_material

from .newsroom import restrict, signed_in

pytestmark = pytest.mark.django_db
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SITE = "http://localhost:8000"


@pytest.fixture
def article(news):
    return make_article("Тамыз кеңесі өтті", "Мәтін.", "kk", news, lead="Екі күн & сегіз дәріс.")


def address(name: str, *args, language: str = "kk") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def feed(client, name: str, *args, language: str = "kk"):
    answer = client.get(address(name, *args, language=language))
    assert answer.status_code == 200 and answer["Content-Type"].startswith("application/rss+xml")
    return ElementTree.fromstring(answer.content).find("channel")


def titles(channel) -> list[str]:
    return [item.findtext("title") for item in channel.findall("item")]


def queries(client, where: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        b"".join(client.get(where))
    return len(captured)


# Feeds


def test_a_feed_speaks_the_language_of_its_address(client, news, article):
    make_article("Августовское совещание", "Текст.", "ru", news, translation_of=article)
    kazakh, russian = feed(client, "pages_feed"), feed(client, "pages_feed", language="ru")
    assert (kazakh.findtext("language"), titles(kazakh)) == ("kk", ["Тамыз кеңесі өтті"])
    assert (russian.findtext("language"), titles(russian)) == ("ru", ["Августовское совещание"])
    [item] = kazakh.findall("item")
    assert item.findtext("description") == "Екі күн & сегіз дәріс."
    assert item.findtext("link") == f"http://testserver{article.url}"
    assert item.findtext("pubDate").endswith("+0500")


def test_a_section_has_a_feed_of_its_own(client, news, article):
    event = make_event("Ашық сабақ")
    assert titles(feed(client, "section_feed", news.pk)) == ["Тамыз кеңесі өтті"]
    assert titles(feed(client, "section_feed", event.get_parent().pk)) == ["Ашық сабақ"]
    assert set(titles(feed(client, "pages_feed"))) == {"Тамыз кеңесі өтті", "Ашық сабақ"}
    assert client.get(address("section_feed", news.pk, language="ru")).status_code == 404


def test_the_newest_stand_first(client, news):
    for number in range(3):
        make_article(f"{number}-жаңалық", "", "kk", news, published_at=timezone.now() - timedelta(days=number))
    assert titles(feed(client, "section_feed", news.pk)) == ["0-жаңалық", "1-жаңалық", "2-жаңалық"]


def test_materials_by_language_and_subject(client):
    author = make_person()
    make_material(author, title="Бөлшектер", subjects=["mathematics"])
    make_material(author, title="Жасуша", subjects=["biology"])
    make_material(author, title="Дроби", language="ru", subjects=["mathematics"])
    make_material(author, title="Өзіме", audience="me")
    make_material(author, title="Мүшелерге", audience="members")
    assert set(titles(feed(client, "materials_feed"))) == {"Бөлшектер", "Жасуша"}
    assert titles(feed(client, "materials_feed", language="ru")) == ["Дроби"]
    channel = feed(client, "subject_feed", "mathematics")
    assert titles(channel) == ["Бөлшектер"] and channel.findtext("title").startswith("Математика")
    assert client.get(address("subject_feed", "no-such-subject")).status_code == 404


def test_pages_name_their_feeds(client, news):
    assert f'type="application/rss+xml" title="Жаңалықтар" href="/kk/feeds/{news.pk}/"' in client.get("/kk/news/").content.decode()
    home = client.get("/kk/").content.decode()
    assert 'href="/kk/feeds/"' in home and 'href="/kk/materials/feed/"' in home
    assert 'href="/kk/materials/feed/"' in client.get("/kk/materials/").content.decode()


def test_an_unchanged_feed_is_not_sent_again(client, news, article):
    where = address("section_feed", news.pk)
    first = client.get(where)
    assert first["Last-Modified"] and "public" in first["Cache-Control"]
    assert client.get(where, headers={"If-None-Match": first["ETag"]}).status_code == 304
    make_article("Тағы бір жаңалық", "", "kk", news)
    assert client.get(where, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_feed_costs_the_same_for_one_item_and_for_twenty(client, news, article):
    author = make_person()
    make_material(author, title="Бір")
    places = [address("section_feed", news.pk), address("pages_feed"), address("materials_feed")]
    for _visit in ("with cold caches", "with warm ones"):
        few = [queries(client, place) for place in places]
    for number in range(19):
        make_article(f"{number}-жаңалық", "", "kk", news)
        make_material(author, title=f"{number}-материал")
    assert [queries(client, place) for place in places] == few
    assert max(few) <= 5


# Maps of the site


def located(client, key: str, language: str, number: int = 0) -> dict[str, dict[str, str]]:
    """Each address of a part with its other languages."""
    answer = client.get(reverse("sitemap", args=[key, language, number]))
    root = ElementTree.fromstring(b"".join(answer))
    rows = root.findall("s:url", SITEMAP)
    return {
        row.findtext("s:loc", "", SITEMAP): {link.get("hreflang"): link.get("href") for link in row.findall("x:link", SITEMAP)}
        for row in rows
    }


def test_pages_stand_with_their_translations(client, news, article):
    russian = make_article("Августовское совещание", "Текст.", "ru", news, translation_of=article)
    event = make_event("Ашық сабақ")
    kazakh = located(client, "pages", "kk")
    assert kazakh[SITE + article.url] == {"kk": SITE + article.url, "ru": SITE + russian.url}
    assert kazakh[SITE + event.url] == {}
    assert set(kazakh[f"{SITE}/kk/"]) == {"kk", "ru", "en"}
    assert SITE + russian.url in located(client, "pages", "ru") and SITE + russian.url not in kazakh


def test_materials_that_anybody_may_read(client):
    author = make_person()
    shown, hidden = make_material(author, title="Бөлшектер"), make_material(author, title="Жасырылған")
    make_material(author, title="Мүшелерге", audience="members")
    actions.hide_material(make_administrator(), hidden, reason="Оқушының аты көрініп тұр.")
    found = located(client, "materials", "kk")
    assert list(found) == [f"{SITE}/kk/materials/{shown.pk}/"]
    assert found[f"{SITE}/kk/materials/{shown.pk}/"]["en"] == f"{SITE}/en/materials/{shown.pk}/"
    assert located(client, "materials", "en") == {}


def test_the_index_names_every_part(client, news, article, monkeypatch):
    make_material(make_person(), title="Бөлшектер")
    monkeypatch.setattr(sitemaps, "PART", 5)
    parts = [row.text for row in ElementTree.fromstring(client.get("/sitemap.xml").content).findall("s:sitemap/s:loc", SITEMAP)]
    assert any("/sitemaps/materials/kk/" in part for part in parts)
    found = {}
    for part in parts:
        key, language, number = part.removeprefix(f"{SITE}/sitemaps/").removesuffix(".xml").split("/")
        found |= located(client, key, language, int(number))
    assert SITE + article.url in found and f"{SITE}/en/" in found
    assert len([part for part in parts if "/pages/kk/" in part]) > 1


def test_an_unchanged_part_is_not_sent_again(client, article):
    where = reverse("sitemap", args=["pages", "kk", 0])
    first = client.get(where)
    assert client.get(where, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


@pytest.mark.parametrize("where", ["/sitemaps/nothing/kk/0.xml", "/sitemaps/pages/de/0.xml"])
def test_no_such_part(client, where):
    assert client.get(where).status_code == 404


def test_a_part_costs_the_same_for_one_page_and_for_twenty(client, news, article):
    where = reverse("sitemap", args=["pages", "kk", 0])
    few = queries(client, where)
    for number in range(19):
        make_article(f"{number}-жаңалық", "", "kk", news)
    assert queries(client, where) == few <= 6


def test_robots_are_led_to_the_map_and_away_from_lists_without_end(client):
    rules = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in rules
    assert "Disallow: /cms/" in rules and "Disallow: /*/materials/?" in rules


# Privacy


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS])
def test_what_is_not_for_everybody_is_in_no_feed_map_or_calendar(news, article, kind):
    event = make_event("Ашық сабақ")
    board = Group.objects.create(name="Board")
    teacher = make_person()
    teacher.groups.add(board)
    for section in (news, event.get_parent()):
        restrict(section, kind, *([board] if kind == PageViewRestriction.GROUPS else []))
    cache.clear()
    for reader in (Client(), signed_in(teacher)):
        assert titles(feed(reader, "pages_feed")) == []
        assert reader.get(address("section_feed", news.pk)).status_code == 404
        assert SITE + article.url not in located(reader, "pages", "kk")
        assert "Ашық сабақ" not in reader.get(address("events_calendar")).content.decode()
    home = Client().get("/kk/").content.decode()
    assert article.title not in home and event.title not in home
    assert Client().get(address("event_calendar", event.pk)).status_code == 404
    assert signed_in(teacher).get(address("event_calendar", event.pk)).status_code == 200
    assert event.title in signed_in(teacher).get("/kk/events/").content.decode()
