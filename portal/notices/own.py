"""What the ground itself tells people."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ..models import Notice
from .kinds import Kind, Rhythm


def second_factor_reset(notice: Notice) -> str:
    return _("An administrator has removed the second factor of your account: %(reason)s") % notice.data


def data_ready(notice: Notice) -> str:
    return _("Your data are packed: the archive can be downloaded for seven days")


def departure(notice: Notice) -> str:
    day = date_format(date.fromisoformat(notice.data["day"]), "DATE_FORMAT")
    return _("You asked to delete your account. It is deleted on %(day)s; until then you can change your mind") % {"day": day}


def my_data(notice: Notice) -> str:
    return "/me/data/"


def keys_of_the_account(notice: Notice) -> str:
    return "/accounts/2fa/"


def school_name(notice: Notice) -> str:
    names = notice.data["names"]
    return names.get(get_language() or "kk") or names["kk"]


def school_accepted(notice: Notice) -> str:
    return _("The school you proposed is in the list now: “%(school)s”.") % {"school": school_name(notice)}


def school_joined(notice: Notice) -> str:
    said = {"proposed": notice.data["proposed"], "school": school_name(notice)}
    return _("“%(proposed)s” stood in the list already as “%(school)s”: your place of work is there now.") % said


def school_refused(notice: Notice) -> str:
    said = {"proposed": notice.data["proposed"], "reason": notice.data["reason"]}
    return _("“%(proposed)s” was not taken into the list of schools: %(reason)s") % said


def own_school(notice: Notice) -> str:
    return "/me/"


KINDS = [
    Kind("school-accepted", gettext_lazy("A school I proposed is in the list"), school_accepted, own_school, rhythm=Rhythm.DAILY),
    Kind("school-joined", gettext_lazy("A school I proposed stood in the list already"), school_joined, own_school, rhythm=Rhythm.DAILY),
    Kind("school-refused", gettext_lazy("A school I proposed was refused"), school_refused, own_school, rhythm=Rhythm.AT_ONCE),
    Kind(
        "second-factor-reset",
        gettext_lazy("The keys of my account"),
        text=second_factor_reset,
        address=keys_of_the_account,
        rhythm=Rhythm.AT_ONCE,
        urgent=True,
    ),
    Kind("data-ready", gettext_lazy("My data"), text=data_ready, address=my_data, rhythm=Rhythm.AT_ONCE, urgent=True),
    Kind("departure", gettext_lazy("Deletion of my account"), text=departure, address=my_data, rhythm=Rhythm.AT_ONCE, urgent=True),
]
