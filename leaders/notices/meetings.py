"""What people are told of the meetings of their cohort."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Notice, Rhythm
from portal.notices import Kind
from portal.notices.own import quoted, sentence

from ..models import Meeting
from .named import PROGRAMMES


def told_of(meeting: Meeting) -> dict:
    return {"title": meeting.title, "language": meeting.language, "starts_at": meeting.starts_at.isoformat(), "place": meeting.place}


def moved(notice: Notice) -> str:
    said = {"title": title(notice), "time": time(notice), "place": quoted(notice.data["place"]) if notice.data["place"] else ""}
    words = _("“%(title)s” takes place at another time or place now: %(time)s, %(place)s") if said["place"] else ""
    return sentence(words or _("“%(title)s” takes place at another time or place now: %(time)s"), **said)


def cancelled(notice: Notice) -> str:
    said = _("“%(title)s” of %(time)s is cancelled: %(reason)s")
    return sentence(said, title=title(notice), time=time(notice), reason=quoted(notice.data["reason"]))


def title(notice: Notice) -> str:
    return quoted(notice.data["title"], notice.data["language"])


def time(notice: Notice) -> str:
    return date_format(localtime(datetime.fromisoformat(notice.data["starts_at"])), "SHORT_DATETIME_FORMAT")


def meeting(notice: Notice) -> str:
    return f"/leaders/meetings/{notice.object_id}/"


def seen(user, ids: list[int]) -> set[int]:
    return set(Meeting.objects.visible_to(user).filter(pk__in=ids).order_by().values_list("pk", flat=True))


KINDS = [
    Kind("meeting-moved", gettext_lazy("A meeting was moved"), moved, meeting, Rhythm.AT_ONCE, visible=seen, group=PROGRAMMES),
    Kind("meeting-cancelled", gettext_lazy("A meeting was cancelled"), cancelled, meeting, Rhythm.AT_ONCE, visible=seen, group=PROGRAMMES),
]
