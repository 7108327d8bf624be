"""What saved searches tell."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Notice
from .kinds import Kind, Rhythm
from .own import quoted, sentence


def found(notice: Notice) -> str:
    said = {name: quoted(notice.data[name]) for name in ("name", "title")}
    return sentence(_("New for your search “%(name)s”: %(title)s"), **said)


def address(notice: Notice) -> str:
    return notice.data["address"]


KINDS = [Kind("saved-search", gettext_lazy("New materials for my saved searches"), found, address, rhythm=Rhythm.DAILY)]
