"""Pages kept for guests: the same bytes without asking the database, never anything of a person, never anything that is no longer so."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.demo import make_administrator, make_person
from portal.editorial import forget_pages
from portal.guest_pages import EDITION
from resources import actions
from resources.demo import make_material

HOME = "/kk/"


@pytest.fixture
def author(db):
    return make_person(given_name="Айнұр")


def read(client=None, address=HOME, **headers) -> str:
    return (client or Client()).get(address, **headers).content.decode()


def queries(client: Client, **headers) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(HOME, **headers)
    return len(captured)


def test_a_second_guest_gets_the_same_without_a_query(author):
    first = read()
    client = Client()
    assert queries(client) == 0
    assert read(client) == first
    assert "Cookie" in Client().get(HOME).headers["Vary"]


def test_a_signed_in_person_is_neither_kept_nor_given_what_is_kept(author):
    client = Client()
    client.force_login(author)
    assert "Айнұр" in read(client)
    guest = read()
    assert "Айнұр" not in guest and "csrf" not in guest
    assert "Айнұр" in read(client)
    assert queries(client) > 0


def test_look_language_and_htmx_have_pages_of_their_own(author):
    plain = read()
    dark = Client()
    dark.cookies["look"] = "dark.normal.normal"
    assert 'data-theme="dark"' in read(dark) and 'data-theme="dark"' not in plain
    assert 'lang="ru"' in read(address="/ru/") and read() == plain
    assert queries(Client(), headers={"HX-Request": "true"}) > 0


def test_any_other_cookie_or_word_in_the_address_goes_past_the_kept_page(author):
    read()
    stranger = Client()
    stranger.cookies["anything"] = "1"
    assert queries(stranger) > 0
    with CaptureQueriesContext(connection) as captured:
        Client().get(f"{HOME}?page=2")
    assert len(captured) > 0


def test_what_is_shared_hidden_or_withdrawn_shows_at_once(author):
    assert "Бөлшек лотосы" not in read()
    material = make_material(author, title="Бөлшек лотосы")
    assert "Бөлшек лотосы" in read()
    actions.hide_material(make_administrator(), material, reason="Көшірілген.")
    assert "Бөлшек лотосы" not in read()


def test_an_editor_is_seen_at_once(author):
    read()
    edition = cache.get(EDITION)
    forget_pages()
    assert cache.get(EDITION) != edition
    assert queries(Client()) > 0
