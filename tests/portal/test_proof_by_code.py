"""Who signs in by a code by mail, and has no other key, is asked for a code again before what touches her account."""

import pytest
from allauth.account.app_settings import LOGIN_BY_CODE_MAX_ATTEMPTS, REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import resolve
from django.utils.translation import gettext, override

from portal.demo import make_person, set_up_second_factor
from portal.models import Departure, User

from .entrance import address, ask_for_code, code_from, enter, is_in, sign_in

pytestmark = pytest.mark.django_db

PAGE = "reauthenticate_by_code"
LEAVE = {"works": "remove", "email": "teacher@example.org"}
PASSWORDS = {"password1": "Ekinshi-2026", "password2": "Ekinshi-2026"}
NEW_ADDRESS = {"action_add": "", "email": "new@example.org"}


@pytest.fixture
def person() -> User:
    person = make_person()
    person.set_unusable_password()
    person.save()
    return person


@pytest.fixture
def stale(person) -> Client:
    """A browser that was left open."""
    client = signed_in_by_code()
    age(client)
    return client


def signed_in_by_code() -> Client:
    client = Client()
    ask_for_code(client)
    enter(client, "account_confirm_login_code", code_from(mail.outbox[-1]))
    assert is_in(client)
    mail.outbox.clear()
    return client


def age(client: Client) -> None:
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= REAUTHENTICATION_TIMEOUT
    session.save()


def asks_for_proof(response) -> bool:
    return response.status_code == 302 and resolve(response.url.partition("?")[0]).url_name == PAGE


def wrong(code: str) -> str:
    return code[::-1] if code != code[::-1] else f"{code[:-1]}Z"


@pytest.mark.parametrize("name", ["leave", "data_archive", "account_set_password", "mfa_activate_totp", "mfa_add_webauthn"])
def test_an_old_sign_in_opens_nothing_that_touches_the_account(stale, name):
    assert asks_for_proof(stale.get(address(name)))
    assert asks_for_proof(stale.post(address(name), LEAVE | PASSWORDS))
    assert not Departure.objects.exists() and not User.objects.get().has_usable_password()


def test_an_old_sign_in_does_not_change_the_address(stale):
    assert asks_for_proof(stale.post(address("account_email"), NEW_ADDRESS))
    assert not mail.outbox


def test_a_code_just_entered_to_sign_in_is_proof_enough(person):
    client = signed_in_by_code()
    assert client.get(address("leave")).status_code == 200
    client.post(address("account_set_password"), PASSWORDS)
    assert User.objects.get().check_password(PASSWORDS["password1"])


def test_a_session_without_any_record_proves_nothing(person):
    client = Client()
    client.force_login(person)
    assert asks_for_proof(client.get(address("leave")))


def test_looking_sends_nothing_a_button_does_and_what_was_sent_goes_on(stale):
    asked = stale.post(address("leave"), LEAVE)
    page = stale.get(asked.url)
    assert page.status_code == 200 and not mail.outbox
    way = {"next": address("leave")}
    assert stale.post(address(PAGE), way | {"send": "1"}).url == f"{address(PAGE)}?next={address('leave').replace('/', '%2F')}"
    [letter] = mail.outbox
    assert letter.to == ["teacher@example.org"]
    assert 'name="code"' in stale.get(address(PAGE)).content.decode()
    assert not Departure.objects.exists()
    stale.post(address(PAGE), way | {"code": code_from(letter)})
    assert Departure.objects.exists(), "nothing typed was lost"
    assert stale.get(address("data_archive")).status_code == 404, "and for a while she is not asked again"
    age(stale)
    assert asks_for_proof(stale.get(address("data_archive")))


def test_a_few_wrong_codes_and_the_right_one_is_spent(stale):
    stale.post(address(PAGE), {"send": "1"})
    code = code_from(mail.outbox[-1])
    for _attempt in range(LOGIN_BY_CODE_MAX_ATTEMPTS):
        answer = enter(stale, PAGE, wrong(code))
    with override("kk"):
        assert gettext("Too many wrong codes. Ask for a new one.") in stale.get(answer.url).content.decode()
    enter(stale, PAGE, code)
    assert asks_for_proof(stale.get(address("leave")))


@pytest.mark.parametrize("code", ["", "-", " "])
def test_without_a_code_on_its_way_nothing_is_the_right_one(stale, code):
    enter(stale, PAGE, code)
    assert asks_for_proof(stale.get(address("leave")))


def test_letters_with_codes_are_not_sent_without_end(stale):
    answers = [stale.post(address(PAGE), {"send": "1"}).status_code for _press in range(3)]
    assert answers == [302, 302, 429] and len(mail.outbox) == 2, "the code that signed her in is one of three a minute"


def test_who_has_a_password_or_a_second_factor_proves_herself_by_that():
    person, client = make_person(), Client()
    sign_in(client)
    assert resolve(client.get(address("leave")).url.partition("?")[0]).url_name == "account_reauthenticate"
    assert client.post(address(PAGE), {"send": "1"}).url.startswith(address("account_reauthenticate"))
    set_up_second_factor(person)
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    assert resolve(client.get(address("leave")).url.partition("?")[0]).url_name == "mfa_reauthenticate"
    assert client.post(address(PAGE), {"send": "1"}).url.startswith(address("mfa_reauthenticate"))
    assert not mail.outbox, "a letter would be the weaker proof"


def test_a_guest_is_asked_to_sign_in():
    assert Client().get(address(PAGE)).url.startswith(address("account_login"))
    assert Client().post(address(PAGE), {"send": "1"}).url.startswith(address("account_login"))
    assert Client().get(address("account_set_password")).url.startswith(address("account_login"))
