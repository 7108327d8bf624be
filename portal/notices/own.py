"""What the ground itself tells people."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


KINDS = [
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
