"""A mail server of our own: it keeps what it accepts, and refuses, stops or goes away when a test says so; and who writes to whom, when."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller

from portal import actions
from portal.notices import kind_of, tell
from portal.refs import Ref

HOST = "127.0.0.1"
AUTHOR = "author@example.org"
ALMATY = ZoneInfo("Asia/Almaty")
# Days of December 2026; the 16th, a Wednesday, is a holiday.
MONDAY, TUESDAY, FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY = 7, 8, 11, 12, 13, 14


class PostOffice:
    """`of_receiver` and `of_letter` are what it says in place of accepting; it may also accept and break off before it says so."""

    def __init__(self):
        self.port = free_port()
        self.accepted: list[EmailMessage] = []
        self.of_receiver: dict[str, str] = {}
        self.of_letter = ""
        self.breaks_off = False

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - the name that aiosmtpd looks for
        if address in self.of_receiver:
            return self.of_receiver[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        if self.of_letter:
            return self.of_letter
        self.accepted.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.breaks_off:
            server.transport.abort()
        return "250 OK"

    @contextmanager
    def at_work(self) -> Iterator["PostOffice"]:
        controller = Controller(self, hostname=HOST, port=self.port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()

    @property
    def receivers(self) -> list[str]:
        return [letter["To"] for letter in self.accepted]


def free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return found.getsockname()[1]


def text(letter: EmailMessage, kind: str = "plain") -> str:
    return letter.get_body([kind]).get_content()


def head(letter: EmailMessage, name: str) -> str:
    """A header as it is meant, however its lines were folded."""
    return " ".join((letter[name] or "").split())


def stop_address(letter: EmailMessage) -> str:
    """Where one press ends such letters, on this portal."""
    return urlsplit(head(letter, "List-Unsubscribe").strip("<>")).path


def wants(person, rhythm: str) -> None:
    actions.choose_rhythms(person, {kind_of("material-thanks"): rhythm})


def tell_more(person) -> None:
    """And the moment at which the letter would leave."""
    tell([person], "second-factor-reset", Ref("people", person.pk), data={"reason": "Тағы."})


def is_stopped(client) -> bool:
    return "хаттарымыз кері қайтып жатыр" in client.get("/kk/notices/").content.decode()
