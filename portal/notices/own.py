"""The kinds of notices of the ground itself."""

from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from search.analysis import guess_language

from ..models import Notice, Rhythm
from ..seams import notice_kinds
from .kinds import Kind

ACCOUNT = gettext_lazy("Your account")


def register() -> None:
    more = {"rhythm": Rhythm.AT_ONCE, "group": ACCOUNT}
    notice_kinds.append(Kind("position-confirmed", gettext_lazy("Your place of work is confirmed"), confirmed, profile, **more))
    withdrawn = gettext_lazy("The confirmation of your place of work is withdrawn")
    notice_kinds.append(Kind("position-unconfirmed", withdrawn, unconfirmed, profile, **more))


def profile(notice: Notice) -> str:
    return "/me/"


def confirmed(notice: Notice) -> str:
    return _("Your place of work is confirmed: %(school)s. Everything on the portal is open to you now.") % {"school": school(notice)}


def unconfirmed(notice: Notice) -> str:
    sentence = _("The confirmation of your place of work is withdrawn: {school}. The reason: {reason}")
    return format_html(sentence, school=school(notice), reason=quoted(notice.data["reason"]))


def school(notice: Notice) -> str:
    return notice.data["school"][get_language()]


def quoted(text: str, language: str = "") -> str:
    """What somebody wrote, in a language of its own within our sentence."""
    return format_html('<span lang="{}">{}</span>', language or guess_language(text), text)
