"""What a letter says, in the language of its reader."""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from html import unescape
from itertools import groupby
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, override

from ..models import Bounce, Letter, Notice, Rhythm, User
from ..notices.kinds import Rhythms
from ..notices.reading import Line, lines
from .unsubscribing import unsubscribe_token

LINES_AT_MOST = 20
SUBJECT_LETTERS = 120
# Which notices a letter tells. What could not be told at once, because she chose so later or a letter went astray, is told in a day.
CARRIES = {
    Letter.Purpose.AT_ONCE: {Rhythm.AT_ONCE},
    Letter.Purpose.DAILY: {Rhythm.DAILY, Rhythm.AT_ONCE},
    Letter.Purpose.WEEKLY: {Rhythm.WEEKLY},
}
# Nobody's holiday reply should answer it.
BY_A_MACHINE = {"Auto-Submitted": "auto-generated"}


@dataclass(frozen=True)
class Told:
    """A line as a letter has it: once with its languages marked, once plain, and where it leads."""

    label: str
    text: str
    plain: str
    url: str
    subject: str


def sender() -> str:
    return formataddr((gettext("Teachers' portal"), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def account_message(letter: Letter) -> EmailMessage:
    with override(letter.language):
        headers = {"Message-ID": letter.message_id, "Content-Language": letter.language, **BY_A_MACHINE}
        return EmailMessage(plain(letter.subject), letter.body, sender(), [letter.address], headers=headers)


def still_to_tell(letter: Letter) -> list[Line]:
    """Asked again at the last moment: she is there, mail reaches her, and each notice is unread, visible and wanted in this rhythm.

    Whoever is suspended, or about to leave, is told at once what she must know, and nothing else until that is over.
    """
    user = letter.user
    if not user.is_active or Bounce.objects.stopping(user.email).exists():
        return []
    rhythms = Rhythms([user.pk])
    with override(user.interface_language):
        told = lines(user, letter.notices.unread().select_related("actor").newest())
    wanted = [line for line in told if rhythms.of(user.pk, line.kind) in CARRIES[letter.purpose]]
    if not User.objects.written_to().filter(pk=user.pk).exists():
        wanted = [line for line in wanted if line.kind.urgent and letter.purpose == Letter.Purpose.AT_ONCE]
    # She has chosen another rhythm since, or gets no letters for now: they belong to another letter, or to none.
    Notice.objects.filter(pk__in=[line.notice.pk for line in told if line not in wanted]).update(letter=None)
    return wanted


def letter_message(letter: Letter, lines: list[Line]) -> EmailMessage:
    language = letter.language
    with override(language):
        told = [told_line(line) for line in sorted(lines[:LINES_AT_MOST], key=lambda line: str(line.kind.label))]
        stop = unsubscribe_address(letter, lines)
        context = {
            "language": language,
            "groups": [(label, list(rows)) for label, rows in groupby(told, key=lambda row: row.label)],
            "name": letter.user.given_name,
            "number": len(lines),
            "more": len(lines) - len(told),
            "digest": letter.purpose != Letter.Purpose.AT_ONCE,
            "all_url": settings.SITE_URL + reverse("notices"),
            "settings_url": settings.SITE_URL + reverse("notice_settings"),
            "stop_url": stop,
        }
        context["subject"] = subject(letter, told, len(lines))
        message = EmailMultiAlternatives(
            context["subject"],
            render_to_string("mail/letter.txt", context),
            sender(),
            [letter.address],
            headers={
                "Message-ID": letter.message_id,
                "Content-Language": language,
                "List-Id": f"<notices.{urlsplit(settings.SITE_URL).hostname}>",
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                **BY_A_MACHINE,
            },
        )
        message.attach_alternative(render_to_string("mail/letter.html", context), "text/html")
    return message


def told_line(line: Line) -> Told:
    discreet = line.kind.subject(line.notice) if line.kind.subject else ""
    return Told(str(line.kind.label), line.text, plain(line.text), address(line), discreet or plain(line.text))


def plain(text: str) -> str:
    """A text without its marks of language, in one line: what a person wrote must not begin a header of its own."""
    words = unescape(strip_tags(text)) if isinstance(text, SafeString) else text
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def address(line: Line) -> str:
    """The page reports that the notice was read."""
    way = urlsplit(line.address)
    query = "&".join(filter(None, [way.query, urlencode({"notice": line.notice.pk})]))
    return settings.SITE_URL + way._replace(query=query).geturl()


def subject(letter: Letter, told: list[Told], number: int) -> str:
    if letter.purpose == Letter.Purpose.AT_ONCE:
        words = told[0].subject
    else:
        words = ngettext("%(number)s new notice on the portal", "%(number)s new notices on the portal", number) % {"number": number}
    return words if len(words) <= SUBJECT_LETTERS else f"{words[: SUBJECT_LETTERS - 1].rstrip()}…"


def unsubscribe_address(letter: Letter, lines: list[Line]) -> str:
    """From this kind, or from what came with the digest."""
    scope = lines[0].kind.key if letter.purpose == Letter.Purpose.AT_ONCE else letter.purpose
    return settings.SITE_URL + reverse("unsubscribe", args=[unsubscribe_token(letter.user, scope)])
