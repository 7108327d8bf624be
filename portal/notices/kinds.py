"""The kinds of notices, as the apps have registered them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ..seams import notice_kinds

if TYPE_CHECKING:
    from ..models import Notice


class Rhythm(TextChoices):
    """How soon a person is written to, besides what she reads on the portal."""

    AT_ONCE = "at-once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")


@dataclass(frozen=True)
class Kind:
    """`text` says in the active language what happened, `address` where it leads, without the language: `/materials/7/`.

    `visible(user, ids)` answers which of the things she may still see; without it the search source of the thing is asked, and where
    there is none, the notice is about the person herself and always hers. `urgent` kinds cannot be turned off and never wait.
    """

    key: str
    label: Any
    text: Callable[["Notice"], str]
    address: Callable[["Notice"], str]
    rhythm: Rhythm = Rhythm.WEEKLY
    urgent: bool = False
    visible: Callable[[Any, list[int]], set[int]] | None = None


def kind_of(key: str) -> Kind | None:
    return next((kind for kind in notice_kinds if kind.key == key), None)
