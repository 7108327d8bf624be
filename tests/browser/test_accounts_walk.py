"""An account, walked through in a browser: its keys and the day when they are lost, its data, colleagues and their school."""

import time
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache

from portal.demo import PASSWORD, make_person, make_role, make_school
from portal.models import User
from resources.demo import make_material
from tests.portal.sample_files import make_pdf

from .stories import STORIES
from .walker import Walker

PHONE = 360
SECONDS_TO_TYPE = 8
CREATE = "#mfa_webauthn_add"
in_every_language = pytest.mark.parametrize("language", STORIES)


@pytest.fixture
def teacher(transactional_db):
    return make_person(school=make_school("school-7", name="№ 7 мектеп-лицей"), subjects=["physics"], languages=["kk"])


def with_a_finger(walker: Walker) -> None:
    """A phone whose owner lays her finger on it whenever a page asks for a passkey."""
    devtools = walker.context.new_cdp_session(walker.page)
    devtools.send("WebAuthn.enable")
    finger = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, **finger}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def signs_in(person: Walker, email: str = "teacher@example.org") -> None:
    person.open("accounts/login/")
    enters(person, email)


def enters(person: Walker, email: str) -> None:
    person.write('input[name="login"]', email)
    person.write('input[name="password"]', PASSWORD)
    person.press('main form button[type="submit"]')


def proves(person: Walker) -> None:
    person.arrive("accounts/reauthenticate/")
    person.check("asked again who she is")
    person.write('input[name="password"]', PASSWORD)
    person.press('main form button[type="submit"]')


def signs_out(person: Walker) -> None:
    person.open("accounts/logout/")
    person.press('main form button[type="submit"]')


@in_every_language
def test_a_passkey_is_added_and_signs_in(walk, teacher, language):
    person = walk(language, PHONE)
    with_a_finger(person)
    signs_in(person)
    person.arrive("start/")
    person.open("accounts/2fa/")
    person.check("the keys of the account")
    person.press('a[href$="/2fa/webauthn/add/"]')
    proves(person)
    person.arrive("accounts/2fa/webauthn/add/")
    person.check("a new passkey")
    person.press(CREATE)
    person.arrive("accounts/2fa/recovery-codes/")
    person.check("codes, shown once")
    person.open("accounts/2fa/")
    person.see("#passkeys-title + p + ul li", "Chrome")
    person.check("the passkey in its list")
    person.open("accounts/sessions/")
    person.see(".row", "Chrome")
    person.check("devices")
    signs_out(person)
    person.open("accounts/login/")
    person.check("sign in")
    person.press("#passkey_login")
    person.arrive("start/")


@in_every_language
def test_a_device_without_the_key_says_so_and_the_codes_let_in(walk, teacher, language):
    owner, lost = walk(language, PHONE), walk(language, PHONE)
    with_a_finger(owner)
    signs_in(owner)
    owner.arrive("start/")
    owner.open("accounts/2fa/webauthn/add/")
    proves(owner)
    owner.press(CREATE)
    owner.arrive("accounts/2fa/recovery-codes/")
    codes = RecoveryCodes(Authenticator.objects.get(user=teacher, type=Authenticator.Type.RECOVERY_CODES)).get_unused_codes()
    with_a_finger(lost)
    signs_in(lost)
    lost.arrive("accounts/2fa/authenticate/")
    lost.press("#mfa_webauthn_authenticate")
    lost.see("#passkey-trouble")
    lost.check("the passkey was not used")
    lost.write('input[name="code"]', codes[0])
    lost.press('main form button[type="submit"]')
    lost.arrive("start/")


@in_every_language
def test_the_app_is_set_up_and_asked(walk, teacher, language):
    person = walk(language, PHONE)
    signs_in(person)
    person.arrive("start/")
    person.open("accounts/2fa/")
    person.press('a[href$="/2fa/totp/activate/"]')
    proves(person)
    person.check("the app")
    secret = person.at("#authenticator_secret").input_value()
    person.write('input[name="code"]', totp(secret))
    person.press('main form button[type="submit"]')
    person.arrive("accounts/2fa/recovery-codes/")
    signs_out(person)
    signs_in(person)
    person.arrive("accounts/2fa/authenticate/")
    person.check("the second step")
    half_a_minute_passes()
    person.write('input[name="code"]', totp(secret))
    person.press('main form button[type="submit"]')
    person.arrive("start/")


def half_a_minute_passes() -> None:
    """A code of the app is taken once; the same code stands for the next one."""
    cache.clear()


def totp(secret: str) -> str:
    """One that still counts when the page has been filled in: in the last seconds of its half minute the next is waited for."""
    if (left := 30 - time.time() % 30) < SECONDS_TO_TYPE:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@in_every_language
def test_everything_is_taken_along_and_the_account_deleted(walk, teacher, language):
    make_material(teacher, title="Гук заңы", files=[("жоспар.pdf", make_pdf())])
    person = walk(language, PHONE)
    signs_in(person)
    person.arrive("start/")
    person.open("me/data/")
    person.check("my data")
    person.press('form[action$="/me/data/ask/"] button')
    person.arrive("me/data/")
    person.see('a[href$="/me/data/archive/"]')
    person.check("the archive is ready")
    person.open("accounts/reauthenticate/")
    proves(person)
    person.open("me/data/")
    with person.page.expect_download() as download:
        person.press('a[href$="/me/data/archive/"]')
    assert any(name.endswith("жоспар.pdf") for name in ZipFile(download.value.path()).namelist())
    person.press('a[href$="/me/leave/"]')
    person.arrive("me/leave/")
    person.press("main .button-danger")
    person.check("what is left, before the deletion")
    person.write('input[name="email"]', teacher.email)
    person.press("main .button-danger")
    person.arrive("me/data/")
    person.check("fourteen days")
    person.press('form[action$="/me/stay/"] button')
    person.see('a[href$="/me/leave/"]')
    assert User.objects.filter(pk=teacher.pk).exists()


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("en", 1280)])
def test_a_colleague_is_found_and_chooses_to_be_found_no_more(walk, teacher, language, width):
    make_person("reader@example.org", given_name="Марат", family_name="Әлімов")
    reader, person = walk(language, width), walk(language, width)
    signs_in(reader, "reader@example.org")
    reader.arrive("start/")
    reader.open("people/?subject=physics")
    reader.see("#results .row-title", teacher.family_name)
    reader.check("colleagues")
    reader.press("#results .row-title a")
    reader.arrive(rf"people/{teacher.pk}/")
    reader.check("a colleague")
    signs_in(person)
    person.arrive("start/")
    person.open("me/")
    person.check("what the profile shows")
    person.press('input[name="listed_to"][value="nobody"]')
    person.press('main form button[type="submit"].button-primary')
    person.arrive("me/")
    reader.open("people/?subject=physics")
    reader.see(".empty")
    reader.check("nobody any more")


def test_a_coordinator_invites_and_a_teacher_comes(walk, teacher):
    school = make_school("school-8", name="№ 8 мектеп")
    make_role(make_person("coordinator@example.org", given_name="Сәуле", family_name="Төлеген"), "coordinator", f"school:{school.pk}")
    desk, guest = walk("kk", 360), walk("kk", 360)
    signs_in(desk, "coordinator@example.org")
    desk.arrive("start/")
    desk.open("invitations/")
    desk.check("nobody invited yet")
    desk.press('button[name="how"][value="link"]')
    desk.see(".copy-link input")
    desk.check("a link to pass on")
    guest.page.goto(urlsplit(desk.at(".copy-link input").first.input_value()).path)
    guest.check("an invitation")
    guest.press('main a[href*="/accounts/login/"]')
    enters(guest, teacher.email)
    guest.arrive("invitations/[^/]+/")
    guest.check("one press from the school")
    guest.press("main .button-large")
    guest.arrive("start/")
    assert User.objects.get(pk=teacher.pk).main_position.school == school
    desk.open("confirmations/?state=confirmed")
    desk.see("main", teacher.family_name)
    desk.check("confirmed")
