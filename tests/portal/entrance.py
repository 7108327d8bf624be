"""What a person does at the entrance: sign up, sign in, enter a code. Kazakh pages, where nothing else is asked for."""

import re

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from portal.demo import PASSWORD
from portal.models import User

LANGUAGES = [code for code, _name in settings.LANGUAGES]
CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", re.MULTILINE)
NEW = "aigerim@example.org"
TYPED = {"email": NEW, "given_name": "Айгерім", "family_name": "Қасым", "terms": "on"}


def address(name: str, language: str = "kk", **parameters) -> str:
    with override(language):
        return reverse(name, **parameters)


def code_from(letter) -> str:
    return CODE.search(letter.body)[0]


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def sign_up(client, language: str = "kk", **fields):
    return client.post(address("account_signup", language), TYPED | fields)


def sign_in(client, email: str = "teacher@example.org", password: str = PASSWORD, **more):
    return client.post(address("account_login"), {"login": email, "password": password} | more)


def prove(client, password: str = PASSWORD):
    """What touches the keys of an account asks who is there once again."""
    return client.post(address("account_reauthenticate"), {"password": password})


def ask_for_code(client, email: str = "teacher@example.org"):
    return client.post(address("account_request_login_code"), {"email": email})


def enter(client, name: str, code: str):
    return client.post(address(name), {"code": code})


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client
