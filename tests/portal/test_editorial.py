"""The editors' pages: prepared, written in the CMS, read in three languages, found, and closed to those they are not for."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image
from wagtail.models import Locale, Page, PageViewRestriction, Site

from portal.blocks import embed_address
from portal.demo import PASSWORD, make_administrator, make_event, make_person, recovery_codes
from portal.models import ArticlePage, HomePage, Picture, SectionPage
from portal.models.media import LARGE, SHARED, SMALL
from portal.preparation import make_article, make_section, prepare
from portal.slugs import LONGEST, make_slug
from resources.demo import make_material
from search.models import Entry

from .newsroom import is_found, page_form, restrict

pytestmark = pytest.mark.django_db
TITLE = "Ұстаздар кездесуі қаңтарда өтеді"


@pytest.fixture
def news():
    return SectionPage.objects.get(slug="news", locale__language_code="kk")


@pytest.fixture
def article(news):
    return make_article(TITLE, "Мұғалімдер **сейсенбіде** жиналады.", "kk", news, lead="Екі күн, сегіз дәріс.")


@pytest.fixture
def teacher():
    return make_person()


@pytest.fixture
def member(teacher):
    client = Client()
    client.force_login(teacher)
    return client


# What a new portal starts with


def test_preparing_again_changes_nothing():
    call_command("prepare")
    before = list(Page.objects.order_by("pk").values_list("pk", "url_path", "title"))
    prepare()
    call_command("prepare")
    assert list(Page.objects.order_by("pk").values_list("pk", "url_path", "title")) == before
    assert set(HomePage.objects.values_list("slug", flat=True)) == {"kk", "ru", "en"}
    assert len(set(HomePage.objects.values_list("translation_key", flat=True))) == 1
    assert Site.objects.get(is_default_site=True).root_page.slug == "kk"
    assert not Page.objects.filter(slug="home").exists()


def test_editors_may_write_publish_and_translate_but_not_look_after_people():
    editor = make_person("editor@example.org")
    editor.groups.add(Group.objects.get(name="Editors"))
    assert editor.has_perms(["wagtailadmin.access_admin", "simple_translation.submit_translation"])
    section = SectionPage.objects.filter(is_news=True).first()
    assert section.permissions_for_user(editor).can_publish_subpage()
    assert not editor.has_perm("portal.change_user")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Жаңа оқу жылы", "zhana-oqu-zhyly"),
        ("Щётка и ёлка", "schetka-i-elka"),
        ("ҚМЖ: 5-сынып, 1-тоқсан", "qmzh-5-synyp-1-toqsan"),
        ("Lesson Study", "lesson-study"),
        ("???", "page"),
        ("", "page"),
    ],
)
def test_slug(title, slug):
    assert make_slug(title) == slug


def test_a_long_slug_ends_with_a_whole_word():
    slug = make_slug("Әдістемелік бірлестік " * 10)
    assert len(slug) <= LONGEST
    assert slug.endswith(("adistemelik", "birlestik"))


def test_the_same_title_twice_gets_a_number(news):
    for expected in ("zhanalyq", "zhanalyq-2", "zhanalyq-3"):
        assert news.add_child(instance=ArticlePage(title="Жаңалық")).slug == expected


# The home page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_guest_reads_what_the_portal_is_for(client, language):
    answer = client.get(f"/{language}/")
    home = HomePage.objects.get(slug=language)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert home.title in text and home.lead in text
    assert all(example in text for example in home.example_list)
    assert f'<html lang="{language}"' in text


def test_home_shows_newest_materials_subjects_and_three_news(client, news, teacher):
    make_material(teacher, title="Жай бөлшектер", subjects=["mathematics"])
    for number in range(4):
        make_article(f"{number}-жаңалық", "", "kk", news, published_at=timezone.now() + timedelta(minutes=number))
    answer = client.get("/kk/")
    assert [hit.entry.title for hit in answer.context["newest"]] == ["Жай бөлшектер"]
    assert [(subject["name"], subject["count"]) for subject in answer.context["subjects"]] == [("Математика", 1)]
    assert [row["title"] for row in answer.context["news"]["articles"]] == ["3-жаңалық", "2-жаңалық", "1-жаңалық"]
    assert "Жай бөлшектер" in answer.content.decode()


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert not [query for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return len(captured)


def test_home_costs_few_queries_however_many_rows(client, member, news, teacher):
    make_material(teacher, title="Бір")
    make_article("Бір", "", "kk", news)
    # Any word in the address goes past the copy that is kept for guests.
    guest = queries(client, "/kk/?read")
    assert 0 < guest <= 6
    assert queries(member, "/kk/") <= guest + 3
    for number in range(20):
        make_material(teacher, title=f"{number}-материал")
        make_article(f"{number}-жаңалық", "", "kk", news)
    assert queries(client, "/kk/?read") == guest


def test_a_section_costs_the_same_for_one_row_and_for_twenty(client, news):
    make_article("Бір", "", "kk", news)
    few = queries(client, "/kk/news/")
    assert few <= 5
    for number in range(19):
        make_article(f"{number}-жаңалық", "", "kk", news)
    assert queries(client, "/kk/news/") == few


# Sections and articles


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


# Languages


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


# Privacy: lists, search and the footer


def test_a_published_article_is_found_by_a_word_of_its_text(client, article):
    assert is_found(client, "сейсенбі")
    assert TITLE in client.get("/kk/").content.decode()


def test_a_draft_is_nowhere(client, news):
    news.add_child(instance=ArticlePage(title=TITLE, live=False)).save_revision()
    assert not is_found(client, "ұстаздар")
    assert TITLE not in client.get("/kk/news/").content.decode() + client.get("/kk/").content.decode()


def test_an_unpublished_article_is_gone(client, article):
    client.get("/kk/")
    article.unpublish()
    assert not is_found(client, "ұстаздар")
    assert TITLE not in client.get("/kk/news/").content.decode() + client.get("/kk/").content.decode()
    assert client.get(article.url).status_code == 404


def test_an_article_for_members_is_listed_and_found_by_members_alone(client, member, article):
    client.get("/kk/")
    restriction = restrict(article, PageViewRestriction.LOGIN)
    assert not is_found(client, "ұстаздар")
    assert TITLE not in client.get("/kk/news/").content.decode() + client.get("/kk/").content.decode()
    assert reverse("account_login") in client.get(article.url)["Location"]
    assert is_found(member, "ұстаздар")
    assert TITLE in member.get("/kk/news/").content.decode()
    assert member.get(article.url).status_code == 200
    restriction.delete()
    assert is_found(client, "ұстаздар")


def test_a_restricted_section_closes_what_stands_below_it(client, member, news, article, teacher):
    board = Group.objects.create(name="Board")
    restrict(news, PageViewRestriction.GROUPS, board)
    for reader in (client, member):
        assert not is_found(reader, "ұстаздар")
        assert TITLE not in reader.get("/kk/").content.decode()
    teacher.groups.add(board)
    assert TITLE in member.get("/kk/news/").content.decode()


def test_a_restricted_page_leaves_the_footer(client):
    about = SectionPage.objects.get(slug="about", locale__language_code="kk")
    contact = make_article("Байланыс", "Мәтін.", "kk", about, footer_place="contact")
    assert contact.url in client.get("/kk/").content.decode()
    restrict(contact, PageViewRestriction.LOGIN)
    assert contact.url not in client.get("/kk/").content.decode()


def test_an_article_goes_live_and_expires_by_the_clock(client, news, monkeypatch):
    now = timezone.now()
    opens, closes = now + timedelta(hours=1), now + timedelta(hours=3)
    draft = news.add_child(instance=ArticlePage(title=TITLE, live=False, go_live_at=opens, expire_at=closes))
    draft.save_revision().publish()
    assert not is_found(client, "ұстаздар")
    for moment, found in ((opens + timedelta(hours=1), True), (closes + timedelta(hours=1), False)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        call_command("publish_scheduled")
        assert is_found(client, "ұстаздар") is found


def test_a_moved_article_is_found_at_its_new_address(article, news):
    archive = make_section("Мұрағат", news.get_parent())
    article.move(archive, pos="last-child")
    entry = Entry.objects.get(source="pages", object_id=article.pk)
    assert (entry.data["url"], entry.data["section"]) == (f"/kk/muraghat/{article.slug}/", "Мұрағат")


def test_a_section_that_gets_another_address_takes_its_articles_along(article, news):
    news.slug = "habar"
    news.save_revision().publish()
    assert Entry.objects.get(source="pages", object_id=article.pk).data["url"] == f"/kk/habar/{article.slug}/"


def test_a_deleted_article_and_a_deleted_section_leave_nothing_to_find(client, article, news):
    second = make_article("Екінші жаңалық", "", "kk", news)
    second.delete()
    assert not Entry.objects.filter(source="pages", object_id=second.pk).exists()
    restrict(article, PageViewRestriction.LOGIN)
    SectionPage.objects.get(pk=news.pk).delete()
    assert not Entry.objects.filter(source="pages", object_id__in=[article.pk, news.pk]).exists()


# An administrator at work


LOGIN_PAGES = ["/kk/accounts/login/", "/cms/login/", "/kk/_util/login/"]


@pytest.mark.parametrize("address", LOGIN_PAGES)
def test_a_password_alone_admits_nobody_with_a_second_factor(client, address):
    administrator = make_administrator()
    for login in ({"login": administrator.email, "password": PASSWORD}, {"username": administrator.email, "password": PASSWORD}):
        client.post(address, login, follow=True)
        assert "_auth_user_id" not in client.session
    assert client.get("/cms/").status_code == 302


def test_whoever_has_no_second_factor_yet_sets_one_up_before_the_cms(client):
    editor = make_person("editor@example.org")
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    assert reverse("mfa_index") in client.get("/cms/")["Location"]


def sign_in(client, person) -> None:
    """By a code from the mail and one of the codes kept for emergencies."""
    with translation.override("kk"):
        client.post(reverse("account_request_login_code"), {"email": person.email})
        code = re.search(r"\b[A-Z0-9]{4}-?[A-Z0-9]{4}\b", mail.outbox[-1].body)[0]
        client.post(reverse("account_confirm_login_code"), {"code": code})
        assert "_auth_user_id" not in client.session
        client.post(reverse("mfa_authenticate"), {"code": recovery_codes(person)[0]})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_administrator_writes_news_in_three_languages(client, news):
    administrator = make_administrator()
    sign_in(client, administrator)
    assert client.get("/cms/").status_code == 200

    address = reverse("wagtailadmin_pages:add", args=["portal", "articlepage", news.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, page_form(TITLE, "Мұғалімдер сейсенбіде жиналады.")).status_code == 302
    written = ArticlePage.objects.get(title=TITLE)
    assert written.live and written.slug == make_slug(TITLE) and written.locale.language_code == "kk"

    languages = Locale.objects.exclude(language_code="kk")
    address = reverse("simple_translation:submit_page_translation", args=[written.pk])
    client.post(address, {"locales": [language.pk for language in languages]})
    for code, title, text, word in [
        ("ru", "Встреча учителей пройдёт в январе", "Учителя соберутся во вторник.", "вторника"),
        ("en", "Teachers meet in January", "Teachers gather on Tuesday.", "gathering"),
    ]:
        translated = written.get_translation(Locale.objects.get(language_code=code))
        assert not translated.live
        client.post(reverse("wagtailadmin_pages:edit", args=[translated.pk]), page_form(title, text, slug=translated.slug))
        guest = Client()
        assert title in guest.get(f"/{code}/").content.decode()
        assert title in guest.get(f"/{code}/news/{written.slug}/").content.decode()
        assert is_found(guest, word, code)
    assert TITLE in Client().get("/kk/").content.decode()
    assert is_found(Client(), "ұстаздардың")


def test_a_kazakh_title_typed_twice_in_the_cms_gets_two_addresses(client, news):
    sign_in(client, make_administrator())
    address = reverse("wagtailadmin_pages:add", args=["portal", "articlepage", news.pk])
    for _time in range(2):
        client.post(address, page_form("Жаңалық", "Мәтін."))
    assert set(ArticlePage.objects.values_list("slug", flat=True)) == {"zhanalyq", "zhanalyq-2"}


def test_the_cms_previews_an_article(client, article):
    sign_in(client, make_administrator())
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    client.post(address, page_form("Алдын ала қарау", "Мәтін.", slug=article.slug))
    answer = client.get(address, {"mode": ""})
    assert answer.status_code == 200 and "Алдын ала қарау" in answer.content.decode()
