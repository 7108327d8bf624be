"""Signing in and out, by a code and by a password."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import resolve

from portal.demo import make_person
from portal.models import User

from .entrance import CODE, NEW, address, ask_for_code, code_from, enter, is_in, sign_in, sign_up

pytestmark = pytest.mark.django_db


def test_a_code_lets_in_and_works_once(client):
    make_person()
    ask_for_code(client)
    code = code_from(mail.outbox[0])
    assert enter(client, "account_confirm_login_code", code).url == address("start")
    other = Client()
    ask_for_code(other)
    enter(other, "account_confirm_login_code", code)
    assert not is_in(other)


def test_a_new_session_begins_at_sign_in(client):
    make_person()
    client.session.save()
    session = client.session
    session["before"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client)
    assert is_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != session.session_key


@pytest.mark.parametrize("next_url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "https:evil.example"])
def test_sign_in_never_leads_elsewhere(client, next_url):
    make_person()
    assert sign_in(client, next=next_url).url == address("start")
    client.logout()
    ask_for_code(client)
    response = client.post(address("account_confirm_login_code"), {"code": code_from(mail.outbox[0]), "next": next_url})
    assert response.url == address("start")


def test_sign_in_leads_back_to_where_one_was_going(client):
    make_person()
    asked = client.get(address("edit_profile"))
    assert resolve(asked.url.partition("?")[0]).url_name == "account_login"
    assert sign_in(client, next=address("edit_profile")).url == address("edit_profile")


def test_only_a_press_of_the_button_signs_out(client):
    make_person()
    sign_in(client)
    assert client.get(address("account_logout")).status_code == 200
    assert is_in(client)
    client.post(address("account_logout"))
    assert not is_in(client)


def test_whoever_is_shut_out_stays_out(client):
    person = make_person()
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(sign_in(client).url).status_code == 200
    ask_for_code(client)
    for letter in mail.outbox:
        if code := CODE.search(letter.body):
            enter(client, "account_confirm_login_code", code[0])
    assert not is_in(client)


def test_a_person_who_is_in_is_put_out_at_once(client):
    person = make_person()
    sign_in(client)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(address("start")).status_code == 302


def test_a_password_is_set_changed_and_reset(client):
    sign_up(client)
    enter(client, "account_email_verification_sent", code_from(mail.outbox[0]))
    twice = {"password1": "Birinshi-2026", "password2": "Birinshi-2026"}
    client.post(address("reauthenticate_by_code"), {"send": "1"})
    enter(client, "reauthenticate_by_code", code_from(mail.outbox[-1]))
    client.post(address("account_set_password"), twice)
    assert User.objects.get(email_key=NEW).check_password("Birinshi-2026")
    changed = {"oldpassword": "Birinshi-2026", "password1": "Ekinshi-2026", "password2": "Ekinshi-2026"}
    assert client.post(address("account_change_password"), changed).status_code == 302
    assert User.objects.get(email_key=NEW).check_password("Ekinshi-2026")
    assert is_in(client)
    visitor = Client()
    visitor.post(address("account_reset_password"), {"email": NEW})
    entered = enter(visitor, "account_confirm_password_reset_code", code_from(mail.outbox[-1]))
    visitor.post(entered.url, {"password1": "Ushinshi-2026", "password2": "Ushinshi-2026"})
    assert not is_in(visitor)
    assert client.get(address("start")).status_code == 302, "a reset puts out every other browser"
    sign_in(visitor, NEW, "Ekinshi-2026")
    assert not is_in(visitor)
    sign_in(visitor, NEW, "Ushinshi-2026")
    assert is_in(visitor)
