"""Nobody who has a second factor, or needs one, comes in without it."""

import pytest
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.contrib.auth.models import Group
from django.contrib.auth.views import LoginView
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import resolve, reverse

from portal.demo import PASSWORD, make_administrator, make_person, make_role, recovery_codes, set_up_second_factor
from portal.middleware import MACHINE_PAGES
from portal.models import Act, Role, User
from tests.addresses import every_pattern, names_under, own_patterns

from .entrance import address, ask_for_code, code_from, enter, is_in, prove, sign_in

pytestmark = pytest.mark.django_db

STILL_OPEN = ("account_logout", "account_reauthenticate")


def totp(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def current_totp(user) -> str:
    return totp(decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]))


def login_views() -> set[str]:
    """Addresses of every view that is Django's own sign-in, wherever it is included from."""
    return {f"/{whole}" for whole, pattern in every_pattern() if issubclass(view_class(pattern.callback), LoginView)}


def view_class(view) -> type:
    """The class beneath a view and its decorators."""
    while not hasattr(view, "view_class") and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return getattr(view, "view_class", object)


def test_a_password_alone_admits_nobody_with_a_second_factor():
    administrator = make_administrator()
    found = login_views() | {address("wagtailcore_login"), "/cms/login/", address("account_login"), address("account_reauthenticate")}
    assert "/cms/login/" in login_views()
    typed = dict.fromkeys(("login", "username", "email"), administrator.email) | {"password": PASSWORD}
    for entrance in found:
        visitor = Client()
        response = visitor.post(entrance, typed, follow=True)
        assert not is_in(visitor), entrance
        assert response.resolver_match.url_name in ("account_login", "mfa_authenticate"), entrance
        assert visitor.get("/cms/").status_code == 302
        assert visitor.get(address("start")).status_code == 302


def test_neither_a_code_by_mail_nor_a_reset_admits_past_the_second_factor():
    administrator = make_administrator()
    visitor = Client()
    ask_for_code(visitor, administrator.email)
    assert enter(visitor, "account_confirm_login_code", code_from(mail.outbox[-1])).url == address("mfa_authenticate")
    assert not is_in(visitor)
    visitor = Client()
    visitor.post(address("account_reset_password"), {"email": administrator.email})
    entered = enter(visitor, "account_confirm_password_reset_code", code_from(mail.outbox[-1]))
    visitor.post(entered.url, {"password1": "Ushinshi-2026", "password2": "Ushinshi-2026"}, follow=True)
    assert not is_in(visitor)


def test_the_code_of_the_app_completes_the_sign_in(client):
    administrator = make_administrator()
    assert sign_in(client, administrator.email).url == address("mfa_authenticate")
    assert enter(client, "mfa_authenticate", "000000").status_code == 200
    assert not is_in(client)
    assert enter(client, "mfa_authenticate", current_totp(administrator)).url == address("start")
    assert client.get("/cms/").status_code == 200
    assert client.get("/cms/account/").status_code == 200


def test_a_code_of_the_app_works_once(client):
    administrator = make_administrator()
    code = current_totp(administrator)
    for visitor, admitted in ((client, True), (Client(), False)):
        sign_in(visitor, administrator.email)
        enter(visitor, "mfa_authenticate", code)
        assert is_in(visitor) is admitted


def test_guessing_the_code_of_the_app_is_stopped(client):
    administrator = make_administrator()
    sign_in(client, administrator.email)
    for _attempt in range(5):
        enter(client, "mfa_authenticate", "000000")
    enter(client, "mfa_authenticate", current_totp(administrator))
    assert not is_in(client)


def test_a_recovery_code_works_once(client):
    administrator = make_administrator()
    code = recovery_codes(administrator)[0]
    sign_in(client, administrator.email)
    assert enter(client, "mfa_authenticate", code).url == address("start")
    other = Client()
    sign_in(other, administrator.email)
    assert enter(other, "mfa_authenticate", code).status_code == 200
    assert not is_in(other)


def test_an_administrator_without_a_second_factor_sets_one_up_first(client):
    administrator = make_administrator()
    Authenticator.objects.filter(user=administrator).delete()
    client.force_login(administrator)
    named = [pattern for pattern in own_patterns() if not pattern.pattern.converters and pattern.name not in (None, "set_look", "bell")]
    pages = [address(pattern.name) for pattern in named if not pattern.pattern.regex.groups]
    assert len(pages) > 15
    allauth = [address(name) for name in names_under("accounts/")]
    pages += [page for page in allauth if not page.startswith((address("mfa_index"), *(address(name) for name in STILL_OPEN)))]
    # Machines ask for these, without being anybody.
    pages = set(pages) - set(MACHINE_PAGES)
    for page in [*pages, "/cms/", "/cms/pages/", "/cms/portal/user/", "/documents/1/x.pdf"]:
        response = client.get(page)
        assert response.status_code == 302 and resolve(response.url).url_name == "mfa_index", page
        assert client.post(page).status_code == 302, page


def test_setting_up_the_second_factor_opens_the_doors_and_shows_the_codes_once(client):
    administrator = make_administrator()
    Authenticator.objects.filter(user=administrator).delete()
    sign_in(client, administrator.email)
    prove(client)
    form = client.get(address("mfa_activate_totp"))
    secret = form.context["form"].secret
    assert enter(client, "mfa_activate_totp", "000000").status_code == 200
    shown = client.get(enter(client, "mfa_activate_totp", totp(secret)).url)
    codes = recovery_codes(administrator)
    assert all(code in shown.content.decode() for code in codes)
    assert not any(code in client.get(address("mfa_view_recovery_codes")).content.decode() for code in codes)
    assert client.get("/cms/").status_code == 200


def reviewers(client) -> int:
    """How many there are after an attempt to make one."""
    person = User.objects.filter(email="teacher@example.org").first() or make_person()
    client.post(reverse("role:add"), {"user": person.pk, "name": Role.Name.REVIEWER})
    return Role.objects.filter(name=Role.Name.REVIEWER).count()


def test_roles_are_ended_and_access_is_changed_only_after_a_fresh_proof(client):
    client.force_login(make_administrator())
    person, editors = make_role(make_person(), Role.Name.REVIEWER), Group.objects.create(name="Редакция")
    role, page = person.roles.get(), reverse("wagtailusers_users:edit", args=[person.pk])
    deeds = [(reverse("role:delete", args=[role.pk]), {}), (page, {"is_active": "on", "groups": [editors.pk]})]
    for url, sent in deeds:
        assert resolve(client.post(url, sent).url.partition("?")[0]).url_name == "account_reauthenticate"
    assert person.roles.current().exists() and not person.groups.exists()
    assert client.get(page).status_code == 200, "looking asks for nothing"
    prove(client)
    for url, sent in deeds:
        client.post(url, sent)
    assert not person.roles.current().exists() and person.groups.get() == editors


def test_roles_are_given_only_by_whoever_has_just_proved_who_she_is(client):
    client.force_login(make_administrator())
    assert reviewers(client) == 0
    prove(client)
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= REAUTHENTICATION_TIMEOUT
    session.save()
    assert reviewers(client) == 0, "a proof grows old"
    prove(client)
    assert reviewers(client) == 1


def test_roles_are_given_by_nobody_without_a_second_factor(client):
    administrator = make_administrator()
    Authenticator.objects.filter(user=administrator).delete()
    client.force_login(administrator)
    prove(client)
    assert reviewers(client) == 0
    set_up_second_factor(administrator)
    assert reviewers(client) == 1, "nothing else stood in the way"


def test_secrets_of_the_second_factor_are_not_readable_in_the_database(client):
    person = make_person()
    sign_in(client)
    prove(client)
    secret = client.get(address("mfa_activate_totp")).context["form"].secret
    enter(client, "mfa_activate_totp", totp(secret))
    stored = str(list(Authenticator.objects.filter(user=person).values_list("data", flat=True)))
    assert stored.count("gAAAAA") == 2
    assert secret not in stored and not any(code in stored for code in recovery_codes(person))


def test_the_app_shows_the_name_of_the_portal(client):
    make_person()
    sign_in(client)
    prove(client)
    assert "testserver" not in client.get(address("mfa_activate_totp")).context["totp_url"]


# The first administrator


def test_the_command_line_makes_an_administrator_with_her_role_who_still_needs_a_second_factor(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    named = {"email": "first@example.org", "family_name": "Ахметов", "given_name": "Данияр"}
    call_command("createsuperuser", interactive=False, verbosity=0, **named)
    first = User.objects.get(email_key="first@example.org")
    assert first.has_role(Role.Name.ADMINISTRATOR) and first.is_superuser and first.is_staff
    assert Act.objects.get(verb="give role").object_id == first.pk
    sign_in(client, first.email)
    enter(client, "account_email_verification_sent", code_from(mail.outbox[-1]))
    assert resolve(client.get("/cms/").url).url_name == "mfa_index"
