"""The keys of an account, walked through in a browser: a passkey, the app, the day when the phone is lost."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from portal.demo import PASSWORD, make_person, make_school

from .walker import Walker

CREATE = "#mfa_webauthn_add"


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


def signs_in(person: Walker) -> None:
    person.open("accounts/login/")
    person.write('input[name="login"]', "teacher@example.org")
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


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 360), ("en", 1280)])
def test_a_passkey_is_added_and_signs_in(walk, teacher, language, width):
    person = walk(language, width)
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


def test_a_device_without_the_key_says_so_and_the_codes_let_in(walk, teacher):
    owner, lost = walk("kk", 360), walk("kk", 360)
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


def test_the_app_is_set_up_and_asked(walk, teacher):
    person = walk("kk", 360)
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
    person.see('input[name="code"]')


def totp(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
