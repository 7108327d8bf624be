"""Django's way to a mail server, with one look over the shoulder: the moment before the last line of a letter is sent.

Up to that line the server has accepted nothing, whatever happens to us; after it nobody but the server knows.
"""

import smtplib
from collections.abc import Callable

from django.core.mail.backends.smtp import EmailBackend

LAST_LINE = b".\r\n"


class LookedAfter:
    """`before_last_line` may raise: then the connection is cut, and the letter is not handed over."""

    before_last_line: Callable[[], None] | None = None

    def send(self, data) -> None:
        if self.before_last_line and isinstance(data, bytes) and data.endswith(b"\r\n" + LAST_LINE):
            super().send(data.removesuffix(LAST_LINE))
            try:
                self.before_last_line()
            except BaseException:
                self.close()
                raise
            data = LAST_LINE
        super().send(data)


class Connection(LookedAfter, smtplib.SMTP):
    pass


class SecureConnection(LookedAfter, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    @property
    def connection_class(self):
        return SecureConnection if self.use_ssl else Connection

    def look_after(self, before_last_line: Callable[[], None]) -> None:
        self.connection.before_last_line = before_last_line
