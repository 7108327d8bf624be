"""Signing up: a code opens the account, once, for whoever owns the address."""

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.core import mail
from django.test import Client
from django.utils.translation import gettext, override

from portal.demo import PASSWORD, make_person
from portal.forms.signup import SignupForm
from portal.models import Consent, User

from .entrance import LANGUAGES, NEW, TYPED, address, ask_for_code, code_from, enter, is_in, sign_up

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_in_the_language_of_the_page_opens_the_account(client, language):
    assert sign_up(client, language).url == address("account_email_verification_sent", language)
    [letter] = mail.outbox
    with override(language):
        assert letter.subject == gettext("Please Confirm Your Email Address")
        assert gettext("Teachers' portal") in letter.body
    response = client.post(address("account_email_verification_sent", language), {"code": code_from(letter)})
    assert response.url == address("welcome", language)
    user = User.objects.get(email_key=NEW)
    assert is_in(client)
    assert (user.given_name, user.family_name, user.interface_language) == ("Айгерім", "Қасым", language)
    assert EmailAddress.objects.get(user=user).verified


@pytest.mark.parametrize(
    "name",
    [
        "http://example.org/win",
        "portal.kz",
        "Айгерім www.portal.kz",
        "<b>Айгерім</b>",
        "Айгерім 2",
        "Асан\nҮсен",
        "x" * 81,
        "😀",
        "-",
        "Хабарлас: +7 700",
    ],
)
def test_a_name_carries_no_message_and_no_markup(client, name):
    response = sign_up(client, given_name=name)
    assert response.status_code == 200 and response.context["form"].has_error("given_name")
    assert not mail.outbox


@pytest.mark.parametrize("name", ["Д’Артаньян", "Нұр-Сұлтан", "Әбу Нәсір", "O'Neil", "Ә.", "А.С.", "Ә. Нұр", "Ли", "ы" * 80])
def test_names_of_people_are_accepted(client, name):
    sign_up(client, given_name=name)
    assert User.objects.get().given_name == name


def test_a_wrong_code_is_refused_and_a_new_one_replaces_the_first(client):
    sign_up(client)
    first = code_from(mail.outbox[0])
    page = enter(client, "account_email_verification_sent", "AAAA-AAAA")
    assert page.status_code == 200 and page.context["verify_form"].errors
    client.post(address("account_email_verification_sent"), {"action": "resend"})
    second = code_from(mail.outbox[1])
    assert first != second
    assert enter(client, "account_email_verification_sent", first).status_code == 200
    assert enter(client, "account_email_verification_sent", second).url == address("welcome")


def test_after_three_wrong_codes_the_code_is_worth_nothing(client):
    sign_up(client)
    for _attempt in range(3):
        response = enter(client, "account_email_verification_sent", "AAAA-AAAA")
    assert response.url == address("account_login")
    enter(client, "account_email_verification_sent", code_from(mail.outbox[0]))
    assert not is_in(client)


def test_whoever_left_before_the_code_comes_in_later_by_another_code(client):
    sign_up(client)
    later = Client()
    ask_for_code(later, NEW)
    enter(later, "account_confirm_login_code", code_from(mail.outbox[-1]))
    assert is_in(later)
    assert EmailAddress.objects.get(email=NEW).verified


def test_signing_up_again_before_the_code_goes_on_with_the_same_account(client):
    sign_up(client, given_name="Айгерм")
    again = Client()
    assert sign_up(again).url == address("account_email_verification_sent")
    assert enter(again, "account_email_verification_sent", code_from(mail.outbox[-1])).url == address("welcome")
    assert User.objects.get().given_name == "Айгерім"


def test_two_presses_at_once_make_one_account(rf):
    """Both forms were looked at before either was saved."""
    request = rf.post(address("account_signup"))
    request.session = Client().session
    forms = [SignupForm(TYPED) for _press in range(2)]
    assert all(form.is_valid() for form in forms)
    with request_context(request):
        first, second = [form.save(request) for form in forms]
    assert first == second == User.objects.get()
    assert EmailAddress.objects.get().user == Consent.objects.get().user == first


def test_nobody_is_shown_before_the_address_is_proved(client):
    sign_up(client)
    page = address("person", args=[User.objects.get().pk])
    assert Client().get(page).status_code == 404
    enter(client, "account_email_verification_sent", code_from(mail.outbox[0]))
    assert Client().get(page).status_code == 200


def test_signing_up_never_touches_an_account_that_is_in_use(client):
    invited = User.objects.create_user("invited@example.org", PASSWORD, given_name="Данияр", family_name="Ахметов")
    for person in (make_person(), invited):
        sign_up(Client(), email=person.email)
        assert User.objects.get(pk=person.pk).get_full_name() == person.get_full_name()
        with override("kk"):
            assert mail.outbox[-1].subject == gettext("Account Already Exists")


def test_nobody_sets_a_password_before_the_address_is_proved(client):
    sign_up(client, password1=PASSWORD)
    assert not User.objects.get().has_usable_password()


def test_the_trap_for_machines_makes_no_account(client):
    sign_up(client, website="https://example.org/")
    assert not User.objects.exists()
