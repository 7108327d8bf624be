"""A fresh proof of who is there, by a code by mail, for people who have neither password nor second factor.

allauth has nothing to ask them for, and so asks for nothing: a browser left open would give away the account.
"""

from time import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows

STATE = "proof_by_code"


def proves_by_code(user) -> bool:
    return user.is_authenticated and not get_reauthentication_flows(user)


def has_fresh_code(request) -> bool:
    """Entered a moment ago, here or to sign in."""
    entered = [record["at"] for record in get_authentication_records(request, request.user) if record["method"] == "code"]
    return bool(entered) and time() - entered[-1] < app_settings.REAUTHENTICATION_TIMEOUT


class ProofByCode(AbstractCodeVerificationProcess):
    """A code on its way, kept in the session; it is good for a few minutes and a few attempts."""

    def __init__(self, request, state: dict) -> None:
        self.request = request
        super().__init__(app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS, app_settings.LOGIN_BY_CODE_TIMEOUT, state, request.user)

    @classmethod
    def begin(cls, request) -> None:
        process = cls(request, cls.initial_state(request.user, request.user.email))
        process.send()
        process.persist()

    @classmethod
    def resume(cls, request) -> "ProofByCode | None":
        state = request.session.get(STATE)
        return cls(request, state).abort_if_invalid() if state else None

    def send(self) -> None:
        adapter = get_adapter()
        self.state["code"] = adapter.generate_login_code()
        adapter.send_mail("account/email/login_code", self.state["email"], {"request": self.request, "code": self.code})

    def persist(self) -> None:
        self.request.session[STATE] = self.state

    def abort(self) -> None:
        self.request.session.pop(STATE, None)

    def finish(self) -> None:
        self.abort()
        record_authentication(self.request, self.user, method="code", email=self.state["email"], reauthenticated=True)
