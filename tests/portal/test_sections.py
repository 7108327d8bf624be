"""The editors' pages as they are read: sections page by page, articles with every block, in three languages."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from portal.blocks import embed_address
from portal.demo import make_event
from portal.models import ArticlePage, Picture, SectionPage
from portal.models.media import LARGE, SHARED, SMALL
from portal.preparation import make_article, make_section
from resources.demo import make_material

from .newsroom import TITLE, queries, restrict

pytestmark = pytest.mark.django_db


def test_a_section_costs_the_same_for_one_row_and_for_twenty(client, news):
    make_article("Бір", "", "kk", news)
    few = queries(client, "/kk/news/")
    assert few <= 5
    for number in range(19):
        make_article(f"{number}-жаңалық", "", "kk", news)
    assert queries(client, "/kk/news/") == few


def test_news_are_read_page_by_page_and_none_is_missed_when_one_comes_in(client, news):
    for number in range(23):
        make_article(f"{number}-жаңалық", "", "kk", news, published_at=timezone.now() - timedelta(days=number))
    first = client.get("/kk/news/").context["listed"]
    assert [article.title for article in first.rows] == [f"{number}-жаңалық" for number in range(20)]
    make_article("Кейін келген", "", "kk", news)
    with CaptureQueriesContext(connection) as captured:
        second = client.get(first.older_url).context["listed"]
    assert [article.title for article in second.rows] == ["20-жаңалық", "21-жаңалық", "22-жаңалық"]
    assert not [query for query in captured if "OFFSET" in query["sql"]]
    assert not second.older_url and client.get(second.newer_url).context["listed"].rows[0].title == "Кейін келген"


def test_articles_of_other_sections_stand_in_the_order_of_the_tree_page_by_page(client, news):
    section = make_section("Әдістеме", news.get_parent())
    for number in range(23):
        make_article(f"{number}-мақала", "", "kk", section)
    ArticlePage.objects.get(title="22-мақала").move(section, "first-child")
    first = client.get(section.url).context["listed"]
    assert [article.title for article in first.rows][:2] == ["22-мақала", "0-мақала"]
    second = client.get(first.next_url).context["listed"]
    assert [article.title for article in second.rows] == ["19-мақала", "20-мақала", "21-мақала"]
    assert client.get(second.previous_url).context["listed"].rows == first.rows


@pytest.mark.parametrize("cursor", ["2~1", "x", "~", "%00~1", "2026-13-45T00:00~1", "0001-01-01~1", "0002~99999999999999999999"])
def test_a_place_in_a_list_that_never_was_is_no_error(client, news, cursor):
    make_article("Бір", "", "kk", news)
    make_event("Өткен", starts_at=timezone.now() - timedelta(days=2))
    for slug in ("news", "events", "about"):
        assert client.get(f"/kk/{slug}/?after={cursor}").status_code == 200


def test_an_article_with_every_block(client, news, teacher):
    make_material(teacher, title="Бөлшектерді салыстыру")
    make_material(teacher, title="Өз мектебіме ғана арналған бөлшектер", audience="me")
    picture = make_picture()
    article = make_article(TITLE, "Мәтін.", "kk", news)
    article.body = [
        ("text", "<h2>Тақырып</h2>"),
        ("picture", picture_block(picture)),
        ("quote", {"text": "Бөліскен жақсы", "source": "Мұғалім"}),
        ("video", {"title": "Сабақ жазбасы", "address": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"}),
        ("search_list", {"title": "Бөлшектер", "words": "бөлшектердің", "source": "materials", "count": 5}),
    ]
    article.picture = picture
    article.save_revision().publish()
    text = client.get(article.url).content.decode()
    assert "<h2>Тақырып</h2>" in text
    assert 'alt="Сыныптағы тақта"' in text and "srcset" in text
    assert "Бөліскен жақсы" in text
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" data-video="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"' in text
    assert "<iframe" not in text
    assert ">Бөлшектерді салыстыру</a>" in text and "Өз мектебіме ғана" not in text
    assert '<meta property="og:image"' in text
    assert f'lang="kk">\n        <h1>{TITLE}' in text


def picture_block(picture):
    picture.contextual_alt_text, picture.decorative = "Сыныптағы тақта", False
    return picture


def make_picture() -> Picture:
    content = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(content, "PNG")
    return Picture.objects.create(title="Тақта", file=ImageFile(content, name="board.png"))


def test_sizes_of_a_picture_are_made_when_it_is_saved():
    assert set(make_picture().renditions.values_list("filter_spec", flat=True)) == {SMALL, LARGE, SHARED}


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=abc-_1", "https://www.youtube-nocookie.com/embed/abc-_1"),
        ("https://www.youtube.com/watch?t=5&v=abc", "https://www.youtube-nocookie.com/embed/abc"),
        ("https://youtu.be/abc?si=x", "https://www.youtube-nocookie.com/embed/abc"),
        ("https://m.youtube.com/shorts/abc", "https://www.youtube-nocookie.com/embed/abc"),
        ("https://vimeo.com/12345", "https://player.vimeo.com/video/12345"),
        ("https://www.youtube.com/@channel", None),
        ("https://youtube.com.example.org/watch?v=abc", None),
        ("javascript:alert(1)//youtu.be/abc", None),
    ],
)
def test_videos_of_known_sites_alone_are_played(address, player):
    assert embed_address(address) == player


def test_language_links_lead_to_the_translation_or_say_where_the_page_exists(client, article, news):
    russian = make_article("Встреча учителей", "Текст.", "ru", news, translation_of=article)
    links = {link["code"]: link["url"] for link in client.get(article.url).context["language_links"]}
    assert links["kk"] == article.url and links["ru"] == russian.url
    english = client.get(links["en"])
    assert english.status_code == 200
    assert TITLE in english.content.decode() and "Встреча учителей" in english.content.decode()


def test_an_address_that_exists_in_another_language_says_so(client, article):
    answer = client.get(article.url.replace("/kk/", "/ru/"))
    assert answer.status_code == 404
    assert f'<a href="{article.url}" lang="kk" hreflang="kk">{TITLE}</a>' in answer.content.decode()


def test_an_address_in_the_wrong_tree_leads_to_the_translation(client, article, news):
    russian = make_article("Встреча учителей", "Текст.", "ru", news, translation_of=article)
    russian.slug = "vstrecha"
    russian.save_revision().publish()
    assert client.get(article.url.replace("/kk/", "/ru/"))["Location"] == "/ru/news/vstrecha/"


def test_what_is_not_public_does_not_exist_in_any_language(client, article):
    address = article.url.replace("/kk/", "/ru/")
    restrict(article, PageViewRestriction.LOGIN)
    answer = client.get(address)
    assert answer.status_code == 404 and TITLE not in answer.content.decode()
    assert client.get("/ru/no/such/page/").status_code == 404


def test_a_footer_page_without_a_translation_is_shown_in_kazakh(client):
    about = SectionPage.objects.get(slug="about", locale__language_code="kk")
    terms = make_article("Пайдалану шарттары", "Мәтін.", "kk", about, footer_place="terms")
    assert terms.url in client.get("/ru/").content.decode()
    russian = make_article("Условия использования", "Текст.", "ru", about, translation_of=terms, footer_place="terms")
    text = client.get("/ru/").content.decode()
    assert russian.url in text and terms.url not in text
