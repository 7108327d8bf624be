"""Coming in and going out: sign-up, sign-in, second factor, consent and the letters, through HTTP."""

import re
from email import message_from_string, policy

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import gettext, override

from portal.demo import PASSWORD, make_administrator, make_demo_pages, make_person
from portal.forms.signup import SignupForm
from portal.models import Act, Consent, User
from tests.addresses import names_under

from .entrance import CODE, NEW, TYPED, address, ask_for_code, code_from, enter, is_in, prove, sign_in, sign_up

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def footer():
    """The pages at the foot, among them what a person agrees to."""
    make_demo_pages()


# Sign-up


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


def test_consent_is_kept_with_version_time_and_language(client):
    sign_up(client, "ru")
    consent = Consent.objects.get(user__email_key=NEW)
    assert (consent.version, consent.language) == (settings.TERMS_VERSION, "ru")
    assert (timezone.now() - consent.given_at).total_seconds() < 60
    assert Act.objects.filter(verb="join", object_id=consent.user_id).exists()


def test_the_agreement_links_to_what_is_agreed_to(client, footer):
    label = re.search(r'<label for="id_terms">.*?</label>', client.get(address("account_signup")).content.decode(), re.DOTALL)[0]
    links = re.findall(r'href="([^"]+)"', label)
    assert len(links) == 2
    assert all(client.get(link).status_code == 200 for link in links)


def test_without_agreement_nothing_is_made_and_nothing_typed_is_lost(client, footer):
    response = sign_up(client, terms="")
    page = response.content.decode()
    assert response.status_code == 200
    assert not User.objects.exists() and not mail.outbox
    assert f'value="{NEW}"' in page and 'value="Айгерім"' in page and 'value="Қасым"' in page
    # A link inside a link of the error summary would fall apart.
    assert not re.search(r"<a [^>]*>[^<]*<a ", page)


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


# One address, one person


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


# Sign-in


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


# Every page of allauth


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_allauth_stands_in_the_frame_of_the_portal(language):
    names = names_under("accounts/")
    assert len(names) > 20
    seen = set()
    for person in (None, make_person(), make_administrator()):
        visitor = Client()
        if person:
            visitor.force_login(person)
        for page in (address(name, language) for name in names):
            response = visitor.get(page)
            assert response.status_code in (200, 302, 404), page
            if response.status_code == 200:
                seen.add(page)
                assert '<header class="header">' in response.content.decode(), page
            else:
                assert response.status_code == 404 or response.url.startswith("/"), page
    assert len(seen) > 10


# Limits


@pytest.mark.parametrize(
    ("name", "attempts", "typed"),
    [
        ("account_login", 30, {"login": "nobody@example.org", "password": "x"}),
        ("account_signup", 100, {}),
        ("account_reset_password", 5, {"email": "nobody@example.org"}),
    ],
)
def test_too_many_attempts_are_told_so_on_a_page_of_ours(client, name, attempts, typed):
    for _attempt in range(attempts):
        assert client.post(address(name), typed).status_code != 429
    response = client.post(address(name), typed)
    assert response.status_code == 429
    with override("kk"):
        assert gettext("Too many attempts") in response.content.decode()
    assert 'lang="kk"' in response.content.decode()


def test_guessing_one_password_is_stopped_for_that_account(client):
    make_person()
    for _attempt in range(5):
        sign_in(client, password="wrong")
    sign_in(client)
    assert not is_in(client)


# Consent once again


def test_newer_terms_are_asked_about_once(client, settings, footer):
    client.force_login(make_person())
    agree, start = address("agree"), address("start")
    assert agree not in client.get(start).content.decode()
    settings.TERMS_VERSION = "2027-09-01"
    page = client.get(start)
    assert agree in page.content.decode() and len(page.context["terms"]) == 2
    assert client.get(agree).status_code == 405
    assert client.get(address("share_material")).status_code == 200
    for _press in range(2):
        assert client.post(agree).url == start
    assert agree not in client.get(start).content.decode()
    assert [consent.version for consent in Consent.objects.order_by("given_at")] == ["2026-11-01", "2027-09-01"]


# Letters


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
