"""What is told of large files with lists."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Import, Notice
from .kinds import Kind, Rhythm


def done(notice: Notice) -> str:
    said = {"name": notice.data["name"]}
    if notice.data["state"] == Import.State.WRITTEN:
        return _("The list “%(name)s” is taken in.") % said
    if notice.data["state"] == Import.State.UNREADABLE:
        return _("The file “%(name)s” cannot be read.") % said
    return _("The file “%(name)s” is read: look at what it would change.") % said


def page_of_import(notice: Notice) -> str:
    return f"/imports/{notice.object_id}/"


KINDS = [Kind("import", gettext_lazy("Lists that I import"), done, page_of_import, rhythm=Rhythm.AT_ONCE)]
