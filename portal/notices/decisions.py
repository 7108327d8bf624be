"""What is told of complaints, takedowns and appeals."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Case
from .kinds import Kind, Rhythm
from .own import quoted, sentence


def reason(notice) -> str:
    return Case.Decision(notice.data["decision"]).label


def is_upheld(notice) -> bool:
    return notice.data["state"] == Case.State.UPHELD


def decided(notice) -> str:
    said = {"title": quoted(notice.data["title"]), "reason": reason(notice)}
    if is_upheld(notice):
        return sentence(_("Your report about “%(title)s” was right. Reason: %(reason)s."), **said)
    return sentence(_("Your report about “%(title)s” was looked at, and nothing changes. Reason: %(reason)s."), **said)


def taken_down(notice) -> str:
    said = {"title": quoted(notice.data["title"]), "reason": reason(notice)}
    return sentence(_("“%(title)s” was reported and is hidden now. Reason: %(reason)s. You can appeal within 30 days."), **said)


def is_of_a_person(notice) -> bool:
    return notice.data["source"] == "people"


def appealed(notice) -> str:
    if is_upheld(notice) and is_of_a_person(notice):
        return _("Your appeal is granted: you may write again.")
    if is_upheld(notice):
        return sentence(_("Your appeal is granted: “%(title)s” is back."), title=quoted(notice.data["title"]))
    return sentence(_("Your appeal about “%(title)s” is not granted: the first decision stands."), title=quoted(notice.data["title"]))


def back(notice) -> str:
    if is_of_a_person(notice):
        return _("Your suspension is lifted: you may write again.")
    return sentence(_("“%(title)s” is shown again."), title=quoted(notice.data["title"]))


def suspended(notice) -> str:
    if not notice.data["until"]:
        return _("You can read, but not write, until this is lifted. The reason and your appeal stand on this page.")
    until = localtime(datetime.fromisoformat(notice.data["until"]))
    said = {"until": date_format(until, "SHORT_DATETIME_FORMAT")}
    return _("You can read, but not write, until %(until)s. The reason and your appeal stand on this page.") % said


def own_reports(notice) -> str:
    return "/complaints/mine/"


def own_case(notice) -> str:
    return f"/complaints/{notice.object_id}/appeal/"


KINDS = [
    Kind("complaint-decided", gettext_lazy("Decisions about my reports"), decided, own_reports, rhythm=Rhythm.DAILY),
    Kind("taken-down", gettext_lazy("My work was hidden"), taken_down, own_case, rhythm=Rhythm.AT_ONCE, urgent=True),
    Kind("appeal-decided", gettext_lazy("Answers to my appeals"), appealed, own_case, rhythm=Rhythm.AT_ONCE, urgent=True),
    Kind("suspended", gettext_lazy("My account is suspended"), suspended, own_case, rhythm=Rhythm.AT_ONCE, urgent=True),
    Kind("put-back", gettext_lazy("My work is shown again"), back, own_case, rhythm=Rhythm.AT_ONCE, urgent=True),
]
