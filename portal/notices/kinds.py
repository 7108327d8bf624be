"""The kinds of notices, as the apps have registered them, and how soon a person wants letters of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Notice, NoticeChoice, Rhythm
from ..seams import notice_kinds


@dataclass(frozen=True)
class Kind:
    """`text` says in the active language what happened, `address` where it leads, without the language: `/materials/7/`.

    A text is plain, or made by `format_html` when a part of it is in a language of its own. It asks the database for nothing: what it
    needs besides the actor stands in the notice's `data`.
    `visible(user, ids)` answers which of the things she may still see; without it the search source of the thing is asked, and where
    there is none, the notice is about the person herself and always hers. `urgent` kinds cannot be turned off and never wait.
    `subject` says what a letter is headed with where the text is not for every eye; empty, the text itself heads it.
    Kinds of one `group` stand together among a person's settings.
    """

    key: str
    label: Any
    text: Callable[["Notice"], str]
    address: Callable[["Notice"], str]
    rhythm: Rhythm = Rhythm.WEEKLY
    urgent: bool = False
    visible: Callable[[Any, list[int]], set[int]] | None = None
    group: Any = _("The portal")
    subject: Callable[["Notice"], str] | None = None


def kind_of(key: str) -> Kind | None:
    return next((kind for kind in notice_kinds if kind.key == key), None)


class Rhythms:
    """How soon each of these people wants letters of each kind: what she chose, or what the kind proposes."""

    def __init__(self, people: Iterable[int]):
        chosen = NoticeChoice.objects.filter(user__in=list(people))
        self.chosen = {(user, kind): rhythm for user, kind, rhythm in chosen.values_list("user", "kind", "rhythm")}

    def of(self, user: int, kind: Kind) -> str:
        return Rhythm.AT_ONCE if kind.urgent else self.chosen.get((user, kind.key), kind.rhythm)
