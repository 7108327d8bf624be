"""An editor's page is read, listed and found by those it is for, as long as it is."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from portal.demo import make_administrator
from portal.models import ArticlePage, SectionPage
from portal.preparation import make_article, make_section
from search.models import Entry

from .newsroom import TITLE, is_found, restrict, signed_in

pytestmark = pytest.mark.django_db


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


def test_a_page_for_groups_is_listed_to_administrators_and_one_with_a_password_to_nobody(client, member, article, teacher):
    board = Group.objects.create(name="Board")
    teacher.groups.add(board)
    administrator = signed_in(make_administrator())
    restriction = restrict(article, PageViewRestriction.GROUPS, board)
    for reader, listed in ((client, False), (member, True), (administrator, True)):
        assert (TITLE in reader.get("/kk/news/").content.decode()) is listed
    restriction.restriction_type, restriction.password = PageViewRestriction.PASSWORD, "сөз"
    restriction.save()
    assert restriction.groups.get() == board, "left over from before"
    for reader in (client, member, administrator):
        assert TITLE not in reader.get("/kk/news/").content.decode() and not is_found(reader, "ұстаздар")


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


def test_nothing_is_closed_with_a_password_that_goes_from_hand_to_hand(cms, article):
    """There is no page of ours to type one in."""
    form = {"restriction_type": "password", "password": "qar"}
    files = Collection.get_first_root_node().add_child(name="Құжаттар")
    for address in (
        reverse("wagtailadmin_pages:set_privacy", args=[article.pk]),
        reverse("wagtailadmin_collections:set_privacy", args=[files.pk]),
    ):
        assert "restriction_type" in cms.post(address, form).context["form"].errors
    assert not PageViewRestriction.objects.exists() and not CollectionViewRestriction.objects.exists()
