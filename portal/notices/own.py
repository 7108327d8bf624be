"""What the ground itself tells people."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Notice
from .kinds import Kind, Rhythm


def second_factor_reset(notice: Notice) -> str:
    return _("An administrator has removed the second factor of your account: %(reason)s") % notice.data


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
]
