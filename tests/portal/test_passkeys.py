"""A passkey signs in, stands as the second factor, and is taken away; the devices where a person is signed in."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from portal import actions
from portal.demo import make_administrator, make_person, recovery_codes, set_up_second_factor
from portal.devices import device_name
from portal.models import Act, Notice

from .entrance import address, code_from, enter, is_in, prove, sign_in
from .virtual_key import VirtualKey

pytestmark = pytest.mark.django_db

ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1"


def browser(user_agent: str = ANDROID) -> Client:
    return Client(headers={"User-Agent": user_agent})


def add_key(client: Client, *, alone: bool = True) -> VirtualKey:
    """Signed in with a password and proved, she adds the key of her phone."""
    prove(client)
    key = VirtualKey()
    form = client.get(address("mfa_add_webauthn"))
    typed = {"credential": key.create(form.context["js_data"]["creation_options"]), "name": form.context["form"].initial["name"]}
    response = client.post(address("mfa_add_webauthn"), typed | ({"passwordless": "on"} if alone else {}))
    assert response.status_code == 302, response.context["form"].errors
    return key


def options(client: Client) -> dict:
    return client.get(address("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()["request_options"]


@pytest.fixture
def keyed():
    """A person with a passkey, and the key."""
    person, client = make_person(), browser()
    sign_in(client)
    return person, add_key(client)


def test_a_passkey_signs_in_without_a_password_and_without_a_code(keyed):
    person, key = keyed
    visitor = browser()
    assert 'id="passkey_login"' in visitor.get(address("account_login")).content.decode()
    entered = visitor.post(address("mfa_login_webauthn"), {"credential": key.get(options(visitor))})
    assert entered.url == address("start") and visitor.session["_auth_user_id"] == str(person.pk)


def test_a_passkey_answers_only_the_challenge_it_was_asked(keyed):
    _person, key = keyed
    visitor = browser()
    answer = key.get(options(visitor))
    options(visitor)
    assert visitor.post(address("mfa_login_webauthn"), {"credential": answer}).url == address("account_login")
    stranger = VirtualKey()
    stranger.user = key.user
    visitor.post(address("mfa_login_webauthn"), {"credential": stranger.get(options(visitor))})
    assert not is_in(visitor)


def test_behind_a_password_the_passkey_is_the_second_step(keyed):
    person, key = keyed
    visitor = browser()
    assert sign_in(visitor).url == address("mfa_authenticate")
    assert not is_in(visitor)
    page = visitor.get(address("mfa_authenticate"))
    visitor.post(address("mfa_authenticate"), {"credential": key.get(page.context["js_data"]["request_options"])})
    assert is_in(visitor)


def test_a_passkey_of_an_administrator_opens_the_cms(client):
    administrator = make_administrator()
    Authenticator.objects.filter(user=administrator).delete()
    sign_in(client, administrator.email)
    led = client.get("/cms/", follow=True)
    assert led.resolver_match.url_name == "mfa_index"
    with override("ru"):
        assert gettext("Your role asks for a second factor") in led.content.decode()
    add_key(client)
    assert client.get("/cms/").status_code == 200


def test_the_keys_stand_on_one_page_by_the_name_of_the_device_and_are_renamed_and_removed(keyed):
    person, _key = keyed
    client = browser()
    client.force_login(person)
    prove(client)
    [row] = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    assert "Chrome, Android" in client.get(address("mfa_index")).content.decode()
    assert client.get(address("mfa_list_webauthn")).url == address("mfa_index")
    client.post(address("mfa_edit_webauthn", kwargs={"pk": row.pk}), {"name": "Телефон"})
    assert "Телефон" in client.get(address("mfa_index")).content.decode()
    mail.outbox.clear()
    client.post(address("mfa_remove_webauthn", kwargs={"pk": row.pk}))
    assert not Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()
    assert mail.outbox[0].to == [person.email]


def test_the_first_key_brings_codes_for_the_day_when_it_is_lost(client):
    person = make_person()
    sign_in(client)
    add_key(client)
    shown = client.get(address("mfa_view_recovery_codes")).content.decode()
    codes = recovery_codes(person)
    assert all(code in shown for code in codes)
    assert not any(code in client.get(address("mfa_view_recovery_codes")).content.decode() for code in codes)
    visitor = Client()
    sign_in(visitor)
    assert enter(visitor, "mfa_authenticate", codes[0]).url == address("start")


def test_nobody_touches_the_key_of_somebody_else(keyed):
    _person, _key = keyed
    row = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    other = make_person("other@example.org")
    client = browser()
    sign_in(client, other.email)
    prove(client)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.post(address(name, kwargs={"pk": row.pk}), {"name": "x"}).status_code == 404
    assert Authenticator.objects.filter(pk=row.pk).exists()


def test_pages_of_passkeys_carry_no_script_of_their_own(keyed):
    visitor = browser()
    sign_in(visitor)
    for page in (visitor.get(address("mfa_authenticate")), visitor.get(address("account_login"))):
        scripts = page.content.decode().split("<script")[1:]
        assert all("src=" in script.split(">")[0] or 'type="application/json"' in script.split(">")[0] for script in scripts)


# The phone is lost, and so are the codes


def test_an_administrator_removes_a_lost_second_factor_with_a_reason(client):
    person, administrator = make_person(), make_administrator()
    sign_in(browser())
    set_up_second_factor(person)
    elsewhere = browser(IPHONE)
    sign_in(elsewhere)
    enter(elsewhere, "mfa_authenticate", recovery_codes(person)[0])
    assert is_in(elsewhere)
    client.force_login(administrator)
    page = reverse("reset_second_factor", args=[person.pk])
    assert "/accounts/reauthenticate/" in client.get(page).url
    prove(client)
    assert page in client.get(reverse("wagtailusers_users:edit", args=[person.pk])).content.decode()
    assert client.post(page, {"reason": ""}).status_code == 200
    client.post(page, {"reason": "Телефонын жоғалтты."})
    assert not Authenticator.objects.filter(user=person).exists()
    assert elsewhere.get(address("start")).status_code == 302
    assert Act.objects.get(verb="reset second factor").reason == "Телефонын жоғалтты."
    assert Notice.objects.get(user=person, kind="second-factor-reset").data == {"reason": "Телефонын жоғалтты."}
    visitor = Client()
    sign_in(visitor)
    assert is_in(visitor)


def test_only_administrators_reset_and_never_their_own(client):
    person, administrator = make_person(), make_administrator()
    client.force_login(administrator)
    prove(client)
    assert client.get(reverse("reset_second_factor", args=[administrator.pk]), follow=True).status_code == 404
    sign_in(client, person.email)
    assert client.get(reverse("reset_second_factor", args=[administrator.pk])).status_code in (302, 403)
    assert Authenticator.objects.filter(user=administrator).exists()


# Devices


def test_a_person_sees_her_devices_and_signs_out_the_others():
    make_person()
    here, there = browser(ANDROID), browser(IPHONE)
    for client in (here, there):
        sign_in(client)
    page = here.get(address("usersessions_list")).content.decode()
    assert "Chrome, Android" in page and "Safari, iPhone" in page
    assert "127.0.0.1" not in page
    here.post(address("usersessions_list"))
    assert here.get(address("start")).status_code == 200
    assert there.get(address("start")).status_code == 302
    assert "Safari, iPhone" not in here.get(address("usersessions_list")).content.decode()


def test_whoever_is_shut_out_is_signed_out_everywhere():
    person, administrator, client = make_person(), make_administrator(), browser()
    sign_in(client)
    actions.change_access(administrator, person, is_active=False, groups=[])
    assert client.get(address("start")).status_code == 302
    assert not UserSession.objects.filter(user=person).exists()


def test_what_a_browser_said_is_forgotten_with_its_session():
    make_person()
    sign_in(browser())
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    actions.forget_ended_sessions()
    assert UserSession.objects.count() == 1
    Session.objects.all().delete()
    actions.forget_ended_sessions()
    assert not UserSession.objects.exists()


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (ANDROID, "Chrome, Android"),
        (IPHONE, "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Linux"),
    ],
)
def test_devices_are_called_as_their_owners_call_them(user_agent, name):
    assert device_name(user_agent) == name


# The address


def test_a_changed_address_is_told_to_the_old_one(client):
    person = make_person()
    sign_in(client)
    prove(client)
    client.post(address("account_email"), {"action_add": "", "email": "new@example.org"})
    code = code_from(mail.outbox[-1])
    mail.outbox.clear()
    enter(client, "account_email_verification_sent", code)
    told = [letter for letter in mail.outbox if letter.to == [person.email]]
    assert len(told) == 1 and "new@example.org" in told[0].body
