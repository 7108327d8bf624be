"""What the ground itself tells people."""

from datetime import date

from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from search.analysis import guess_language

from ..models import Notice, Rhythm
from .kinds import Kind

ACCOUNT = gettext_lazy("Your account")


def second_factor_reset(notice: Notice) -> str:
    return _("An administrator has removed the second factor of your account: %(reason)s") % notice.data


def data_ready(notice: Notice) -> str:
    return _("Your data are packed: the archive can be downloaded for seven days")


def departure(notice: Notice) -> str:
    day = date_format(date.fromisoformat(notice.data["day"]), "DATE_FORMAT")
    return _("You asked to delete your account. It is deleted on %(day)s; until then you can change your mind") % {"day": day}


def understudy(notice: Notice) -> str:
    return _("The search cluster fails or is behind: until it is well the portal's own index answers")


def centre(notice: Notice) -> str:
    return "/notices/"


def of_administrators(user, ids: list[int]) -> set[int]:
    return set(ids) if user.is_administrator else set()


def my_data(notice: Notice) -> str:
    return "/me/data/"


def keys_of_the_account(notice: Notice) -> str:
    return "/accounts/2fa/"


def school_accepted(notice: Notice) -> str:
    return _("The school you proposed is in the list now: “%(school)s”.") % {"school": school(notice)}


def school_joined(notice: Notice) -> str:
    said = {"proposed": quoted(notice.data["proposed"]), "school": school(notice)}
    return sentence(_("“%(proposed)s” stood in the list already as “%(school)s”: your place of work is there now."), **said)


def school_refused(notice: Notice) -> str:
    said = {"proposed": quoted(notice.data["proposed"]), "reason": quoted(notice.data["reason"])}
    return sentence(_("“%(proposed)s” was not taken into the list of schools: %(reason)s"), **said)


def profile(notice: Notice) -> str:
    return "/me/"


def confirmed(notice: Notice) -> str:
    return _("Your place of work is confirmed: %(school)s. Everything on the portal is open to you now.") % {"school": school(notice)}


def unconfirmed(notice: Notice) -> str:
    sentence = _("The confirmation of your place of work is withdrawn: {school}. The reason: {reason}")
    return format_html(sentence, school=school(notice), reason=quoted(notice.data["reason"]))


def school(notice: Notice) -> str:
    return notice.data["school"][get_language()]


def sentence(words: str, **parts) -> SafeString:
    """Words of ours around parts that may be marked, such as what somebody wrote in another language."""
    return mark_safe(escape(words) % {name: conditional_escape(part) for name, part in parts.items()})  # noqa: S308 - all of it is escaped


def quoted(text: str, language: str = "") -> str:
    """What somebody wrote, in a language of its own within our sentence; a word of ours where it is forgotten."""
    if not text:
        return pgettext("instead of a title", "Deleted")
    return format_html('<span lang="{}">{}</span>', language or guess_language(text), text)


KINDS = [
    Kind(
        "second-factor-reset",
        gettext_lazy("The keys of my account"),
        text=second_factor_reset,
        address=keys_of_the_account,
        rhythm=Rhythm.AT_ONCE,
        urgent=True,
        group=ACCOUNT,
    ),
    Kind(
        "position-confirmed",
        gettext_lazy("Your place of work is confirmed"),
        text=confirmed,
        address=profile,
        rhythm=Rhythm.AT_ONCE,
        group=ACCOUNT,
    ),
    Kind(
        "position-unconfirmed",
        gettext_lazy("The confirmation of your place of work is withdrawn"),
        text=unconfirmed,
        address=profile,
        rhythm=Rhythm.AT_ONCE,
        group=ACCOUNT,
    ),
    Kind("data-ready", gettext_lazy("My data"), data_ready, my_data, rhythm=Rhythm.AT_ONCE, urgent=True, group=ACCOUNT),
    Kind("understudy", gettext_lazy("Failures of the search cluster"), understudy, centre, Rhythm.AT_ONCE, visible=of_administrators),
    Kind("departure", gettext_lazy("Deletion of my account"), departure, my_data, rhythm=Rhythm.AT_ONCE, urgent=True, group=ACCOUNT),
    Kind("school-accepted", gettext_lazy("A school I proposed is in the list"), school_accepted, profile, Rhythm.DAILY, group=ACCOUNT),
    Kind(
        "school-joined", gettext_lazy("A school I proposed stood in the list already"), school_joined, profile, Rhythm.DAILY, group=ACCOUNT
    ),
    Kind("school-refused", gettext_lazy("A school I proposed was refused"), school_refused, profile, Rhythm.AT_ONCE, group=ACCOUNT),
]
