"""What people are told of their seats."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Notice, User
from portal.notices import Kind, Rhythm, tell
from portal.notices.own import quoted, sentence

from ..models import Cohort, Enrolment
from .named import PROGRAMMES, cohort_name, named


def tell_of_seats(rows: Iterable[Enrolment], cohort: Cohort, kind: str, *, actor: User | None = None, **data) -> None:
    """Each is told of a seat of her own."""
    for row in rows:
        until = {"until": row.offered_until.isoformat()} if row.offered_until else {}
        tell([row.user], kind, row.ref, actor=actor, data=named(cohort) | until | data)


def until(notice: Notice) -> str:
    return date_format(localtime(datetime.fromisoformat(notice.data["until"])), "SHORT_DATETIME_FORMAT")


def offered(notice: Notice) -> str:
    said = _("You are offered a seat in “%(cohort)s”. Please answer by %(until)s.")
    return sentence(said, cohort=cohort_name(notice), until=until(notice))


def offer_ends(notice: Notice) -> str:
    said = _("Your seat in “%(cohort)s” is kept until %(until)s: please accept or decline it.")
    return sentence(said, cohort=cohort_name(notice), until=until(notice))


def lapsed(notice: Notice) -> str:
    return sentence(_("The time to accept a seat in “%(cohort)s” has passed; it is offered to the next one."), cohort=cohort_name(notice))


def enrolled(notice: Notice) -> str:
    return sentence(_("You are a participant of “%(cohort)s” now."), cohort=cohort_name(notice))


def closed(notice: Notice) -> str:
    return sentence(_("No seat became free in “%(cohort)s”: its waiting list is closed."), cohort=cohort_name(notice))


def changed(notice: Notice) -> str:
    said = {
        "active": _("You study in “%(cohort)s” again. %(reason)s"),
        "paused": _("Your course in “%(cohort)s” is interrupted: %(reason)s"),
        "completed": _("You have completed the course of “%(cohort)s”. %(reason)s"),
        "not-completed": _("The course of “%(cohort)s” is noted as not completed: %(reason)s"),
        "removed": _("You were removed from “%(cohort)s”: %(reason)s"),
    }[notice.data["state"]]
    reason = quoted(notice.data["reason"]) if notice.data["reason"] else ""
    return sentence(said, cohort=cohort_name(notice), reason=reason)


def cancelled(notice: Notice) -> str:
    reason = quoted(notice.data["reason"]) if notice.data["reason"] else ""
    said = _("“%(cohort)s” is cancelled: %(reason)s") if reason else _("“%(cohort)s” is cancelled.")
    return sentence(said, cohort=cohort_name(notice), reason=reason)


def own_seat(notice: Notice) -> str:
    return f"/leaders/enrolments/{notice.object_id}/"


KINDS = [
    Kind(key, label, text, own_seat, rhythm=Rhythm.AT_ONCE, urgent=urgent, group=PROGRAMMES)
    for key, label, text, urgent in (
        ("seat-offered", gettext_lazy("A seat is offered to me"), offered, True),
        ("offer-ends", gettext_lazy("The time to accept a seat is nearly over"), offer_ends, False),
        ("offer-lapsed", gettext_lazy("The time to accept a seat has passed"), lapsed, False),
        ("enrolled", gettext_lazy("I am a participant of a cohort"), enrolled, False),
        ("waiting-closed", gettext_lazy("A waiting list is closed"), closed, False),
        ("cohort-cancelled", gettext_lazy("My cohort is cancelled"), cancelled, False),
        ("seat-changed", gettext_lazy("My seat in a cohort has changed"), changed, False),
    )
]
