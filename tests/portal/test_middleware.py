"""What stands around every page: its content policy, its headers, its cookies, its language and look."""

import pytest
from django.conf import settings

from portal.demo import make_administrator, make_person

from .entrance import address, sign_in

pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(response) -> dict[str, list[str]]:
    directives = (line.split() for line in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


def test_only_the_cms_allows_inline_scripts_and_visiting_it_changes_nothing_elsewhere(client):
    client.force_login(make_administrator())
    before = policy(client.get(address("home")))
    assert "'unsafe-inline'" in policy(client.get("/cms/"))["script-src"]
    after = policy(client.get(address("home")))
    assert before == after
    assert after["default-src"] == ["'self'"] and after["object-src"] == after["base-uri"] == ["'none'"]
    assert not {"script-src", "style-src"} & set(after)


@pytest.mark.parametrize("path", ["/kk/", "/kk/nowhere/", "/kk/accounts/login/", "/"])
def test_every_answer_carries_the_headers_of_safety(client, path):
    answered = client.get(path).headers
    assert {name: answered.get(name) for name in HEADERS} == HEADERS
    assert "Content-Security-Policy" in answered


def test_pages_of_somebody_who_is_signed_in_are_kept_by_no_cache(client):
    guest = client.get(address("home"))
    assert "Cache-Control" not in guest and "Cookie" in guest["Vary"]
    make_person()
    sign_in(client)
    for page in ("home", "start", "edit_profile", "account_email"):
        assert client.get(address(page))["Cache-Control"] == "private, no-cache", page


def test_the_cookie_of_a_session_is_kept_from_scripts_and_from_other_sites(client):
    make_person()
    cookie = sign_in(client).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]


def test_a_first_visitor_is_greeted_in_kazakh_and_later_in_the_language_read_last(client):
    assert client.get("/", headers={"Accept-Language": "en"}).url == "/kk/"
    client.get("/ru/")
    assert client.get("/", headers={"Accept-Language": "en"}).url == "/ru/"
    client.get("/en/nowhere/")
    assert client.get("/").url == "/ru/", "a page that does not exist was not read"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert client.get("/").url == "/kk/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example", ""]
)
def test_choosing_a_look_never_leads_elsewhere(client, target):
    response = client.post(address("set_look"), {"theme": "dark", "size": "<b>", "next": target})
    assert response.url == "/"
    assert response.cookies["look"].value == "dark.normal.normal"
