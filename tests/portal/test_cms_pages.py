"""An administrator writes in the CMS, behind her second factor."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from portal.demo import PASSWORD, make_administrator, make_person, recovery_codes
from portal.models import ArticlePage
from portal.slugs import make_slug

from .newsroom import TITLE, is_found, page_form

pytestmark = pytest.mark.django_db


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
