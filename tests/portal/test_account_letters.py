"""Letters of the entrance: their language, their sender, and where a developer reads them."""

import re
from email import message_from_string, policy

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import gettext, override

from portal.demo import PASSWORD, make_person

from .entrance import LANGUAGES, NEW, address, ask_for_code, code_from, enter, prove, sign_up

pytestmark = pytest.mark.django_db


def test_letters_speak_the_language_of_their_reader():
    make_person(language="ru")
    ask_for_code(Client())
    [letter] = mail.outbox
    with override("ru"):
        assert letter.subject == gettext("Sign-In Code")
    assert letter.extra_headers["Content-Language"] == "ru"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_names_the_portal_and_no_other_site(client, language):
    person = make_person(language=language)
    with override(language):
        name = gettext("Teachers' portal")
    sign_up(Client(), language, email=person.email)
    Client().post(address("account_reset_password", language), {"email": person.email})
    Client().post(address("account_request_login_code", language), {"email": "nobody@example.org"})
    ask_for_code(client)
    enter(client, "account_confirm_login_code", code_from(mail.outbox[-1]))
    prove(client)
    twice = {"oldpassword": PASSWORD, "password1": "Ekinshi-2026", "password2": "Ekinshi-2026"}
    client.post(address("account_change_password", language), twice)
    client.post(address("account_email", language), {"action_add": "", "email": "new@example.org"})
    enter(client, "account_email_verification_sent", code_from(mail.outbox[-1]))
    assert len(mail.outbox) == 7
    for letter in mail.outbox:
        assert name in letter.body and "example.com" not in letter.body
        assert message_from_string(letter.message().as_string(), policy=policy.default)["From"] == f"{name} <portal@localhost>"
        assert not re.search(r"https?://(?!testserver/)", letter.body)
    if language != "en":
        assert not [letter.subject for letter in mail.outbox if letter.subject.isascii()]


def test_on_a_developers_machine_the_page_of_sent_mails_shows_the_code(client, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "portal.sent_mail.backend.FileBackend", tmp_path
    sign_up(client, "kk")
    page = client.get(address("sent_mail", "en")).content.decode()
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", page)[0]
    assert NEW in page and 'class="prose" lang="kk"' in page
    assert enter(client, "account_email_verification_sent", code).url == address("welcome")
