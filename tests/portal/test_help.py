"""The help centre: put up once on every installation, in three languages, with pictures; then it belongs to the editors."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from PIL import Image

from portal.demo import make_person
from portal.help_centre import FOLDER, PICTURE, articles, install_help
from portal.models import ArticlePage, HelpArticle, SectionPage

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru", "en")
TEXTS = [(article["key"], language, article[language]) for article in articles() for language in LANGUAGES]
NAMES = [f"{key}-{language}" for key, language, _text in TEXTS]
LINK = re.compile(r"\]\((/[^)]+)\)")
MOST_BYTES = 30_000
WORDS = {"kk": "кіру кілтін", "ru": "ключ доступа", "en": "passkeys"}


@pytest.fixture
def centre():
    install_help()


def test_there_are_twelve_articles_and_more():
    assert len({key for key, _language, _text in TEXTS}) >= 12


@pytest.mark.parametrize(("key", "language", "text"), TEXTS, ids=NAMES)
def test_an_article_is_short_has_steps_and_says_the_same_in_every_language(key, language, text):
    kazakh = next(article for article in articles() if article["key"] == key)["kk"]
    assert 0 < len(text["title"]) <= 60 and text["summary"].endswith(".")
    for marks in (r"^## ", r"^(?:\d+\.|-) ", PICTURE.pattern, LINK.pattern):
        assert len(re.findall(marks, text["body"], re.M)) == len(re.findall(marks, kazakh["body"], re.M)), marks
    assert re.search(r"^(?:1\.|-) ", text["body"], re.M)


@pytest.mark.parametrize(("key", "language", "text"), TEXTS, ids=NAMES)
def test_every_picture_is_there_small_and_described(key, language, text):
    pictures = list(PICTURE.finditer(text["body"]))
    assert pictures
    for picture in pictures:
        file = Path(finders.find(f"help/{language}/{picture['name']}.webp"))
        assert file.stat().st_size <= MOST_BYTES
        assert Image.open(file).size == (540, 960)
        assert len(picture["alt"]) > 20


def test_no_picture_is_left_over():
    shown = {f"{language}/{picture['name']}.webp" for _key, language, text in TEXTS for picture in PICTURE.finditer(text["body"])}
    assert {str(file.relative_to(FOLDER / "pictures")) for file in (FOLDER / "pictures").rglob("*.webp")} == shown


def test_links_inside_lead_somewhere(client):
    client.force_login(make_person())
    for key, language, text in TEXTS:
        for address in LINK.findall(text["body"]):
            assert address.startswith(f"/{language}/"), (key, address)
            assert client.get(address).status_code in (200, 302), (key, address)


def test_a_reader_comes_from_the_footer_to_an_article_and_back(client, centre):
    for language in LANGUAGES:
        section = SectionPage.objects.get(footer_place="help", locale__language_code=language)
        assert f'href="{section.url}"' in client.get(f"/{language}/").content.decode()
        listed = client.get(section.url).content.decode()
        for article in ArticlePage.objects.child_of(section):
            assert article.url in listed
        page = client.get(f"{section.url}protect-account/")
        text = page.content.decode()
        assert page.status_code == 200
        assert f'src="/static/help/{language}/protect-account.webp"' in text
        assert section.title in [step["label"] for step in page.context["trail"]]
        assert {link["code"] for link in page.context["language_links"] if "/help/protect-account/" in link["url"]} == set(LANGUAGES)


def test_help_is_found(client, centre):
    for language, words in WORDS.items():
        hits = client.get(f"/{language}/search/", {"q": words, "in": "pages"}).context["results"].hits
        assert f"/{language}/help/protect-account/" in [hit.entry.data["url"] for hit in hits]


def test_what_editors_have_changed_or_deleted_stays_so(centre):
    page = ArticlePage.objects.get(slug="share", locale__language_code="kk")
    page.title = "Біздің мәтініміз"
    page.save_revision().publish()
    ArticlePage.objects.get(slug="find", locale__language_code="ru").delete()
    number = ArticlePage.objects.count()
    assert install_help() == 0
    assert ArticlePage.objects.count() == number
    assert ArticlePage.objects.get(pk=page.pk).title == "Біздің мәтініміз"


def test_an_article_of_a_later_version_joins_the_others():
    call_command("prepare")
    section = SectionPage.objects.get(footer_place="help", locale__language_code="kk")
    section.slug = "komek"
    section.save_revision().publish()
    HelpArticle.objects.get(key="share").delete()
    ArticlePage.objects.filter(slug="share").delete()
    assert install_help() == 1
    assert ArticlePage.objects.get(slug="share", locale__language_code="kk").get_parent().pk == section.pk
    assert SectionPage.objects.filter(footer_place="help").count() == len(LANGUAGES)
