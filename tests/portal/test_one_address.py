"""One address, one person: whatever its letters, when it changes, and without telling who has which."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import resolve

from portal.demo import make_person
from portal.models import User

from .entrance import TYPED, address, code_from, enter, is_in, prove, sign_in, sign_up

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("known", "typed"), [("teacher@example.org", "Teacher@EXAMPLE.org"), ("teacher@мектеп.қаз", "Teacher@МЕКТЕП.ҚАЗ")])
def test_an_address_in_other_letters_is_the_same_address(client, known, typed):
    person = make_person(known)
    sign_up(client, email=typed)
    assert list(User.objects.all()) == [person]
    mail.outbox.clear()
    visitor = Client()
    sign_in(visitor, typed)
    assert is_in(visitor)


def test_a_changed_address_frees_the_old_one(client):
    person = make_person()
    sign_in(client)
    prove(client)
    client.post(address("account_email"), {"action_add": "", "email": "New@example.org"})
    assert User.objects.get(pk=person.pk).email == "teacher@example.org"
    enter(client, "account_email_verification_sent", code_from(mail.outbox[-1]))
    changed = User.objects.get(pk=person.pk)
    assert (changed.email, changed.email_key) == ("new@example.org", "new@example.org")
    assert sign_up(Client(), email="teacher@example.org").status_code == 302
    assert User.objects.filter(email_key="teacher@example.org").exists()


def test_a_new_address_is_asked_for_only_by_whoever_proves_who_she_is(client):
    make_person()
    sign_in(client)
    mail.outbox.clear()
    asked = client.post(address("account_email"), {"action_add": "", "email": "new@example.org"})
    assert resolve(asked.url.partition("?")[0]).url_name == "account_reauthenticate"
    assert not mail.outbox


def faceless(response, email: str) -> str:
    """A page without what differs between any two visits."""
    page = response.content.decode().replace(email, "ADDRESS")
    return re.sub(r'(name="csrfmiddlewaretoken" value|"X-CSRFToken")[=:]\s*"[^"]+"', "", page)


@pytest.mark.parametrize(
    ("asked", "then"),
    [
        ("account_signup", "account_email_verification_sent"),
        ("account_request_login_code", "account_confirm_login_code"),
        ("account_reset_password", "account_confirm_password_reset_code"),
    ],
)
def test_nobody_learns_whose_address_is_known(asked, then):
    make_person("known@example.org")
    seen = []
    for email in ("known@example.org", "fresh@example.org"):
        visitor = Client()
        first = visitor.post(address(asked), TYPED | {"email": email})
        steps = [first.status_code, first.url, faceless(visitor.get(first.url), email)]
        for _attempt in range(3):
            wrong = enter(visitor, then, "AAAA-AAAA")
            steps += [wrong.status_code, faceless(wrong, email), wrong.get("Location")]
        seen.append([*steps, sorted(visitor.cookies)])
    assert seen[0] == seen[1]
    assert [letter.to for letter in mail.outbox] == [["known@example.org"], ["fresh@example.org"]]
