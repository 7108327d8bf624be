"""What a new portal starts with, and the addresses that titles get."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Page, Site

from portal.demo import make_person
from portal.models import ArticlePage, HomePage, SectionPage
from portal.preparation import prepare
from portal.slugs import LONGEST, make_slug

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("address", ["https://ustaz.example.org", "http://localhost:8000", "http://portal.example.org"])
def test_full_addresses_of_pages_begin_with_the_one_of_the_portal(settings, address):
    settings.SITE_URL = address
    prepare()
    assert SectionPage.objects.first().full_url.startswith(f"{address}/")


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
