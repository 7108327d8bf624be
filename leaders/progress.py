"""An outcome in words: what is left, by when, and where to press; and who is at risk, and why. In the language that is active."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import inf

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .evaluate import GROUPS, Outcome, left, lost, overdue
from .models import Enrolment

# Groups of which not every part is asked
CHOICES = ("any", "some", "hours", "points")


@dataclass(frozen=True)
class Line:
    """One requirement: `state` is met, waiting, open, late or lost; `address` is without the language, `action` what the link says."""

    name: str
    state: str
    said: str
    due: datetime | None = None
    address: str = ""
    action: str = ""
    group: str = ""


@dataclass(frozen=True)
class Risk:
    """`level`: lost, late, close, or empty where all is well."""

    level: str = ""
    reasons: tuple[str, ...] = ()


def name_of(outcome: Outcome) -> str:
    return outcome.rule.names.get(get_language()) or outcome.rule.names.get("kk", outcome.rule.code)


def lines_left(outcome: Outcome, seat: Enrolment) -> list[Line]:
    """What can still be done, what is due first at the beginning."""
    groups = {id(leaf): group for leaf, group in with_groups(outcome)}
    return [line_of(leaf, seat, groups.get(id(leaf), "")) for leaf in left(outcome)]


def lines_of(outcome: Outcome, seat: Enrolment) -> list[Line]:
    """Every requirement, in the order of the programme."""
    return [line_of(leaf, seat, group) for leaf, group in with_groups(outcome)]


def with_groups(outcome: Outcome, group: str = "") -> Iterator[tuple[Outcome, str]]:
    """The leaves, each with the group of which it is only one way."""
    if outcome.rule.kind not in GROUPS:
        yield outcome, group
    for child in outcome.children:
        yield from with_groups(child, name_of(outcome) if outcome.rule.kind in CHOICES else group)


def line_of(leaf: Outcome, seat: Enrolment, group: str = "") -> Line:
    address, action = place_of(leaf, seat)
    return Line(name_of(leaf), state_of(leaf), said_of(leaf), leaf.due, address, action, group)


def state_of(outcome: Outcome) -> str:
    states = (("met", outcome.met), ("lost", outcome.lost), ("waiting", outcome.waiting), ("late", outcome.late))
    return next((state for state, holds in states if holds), "open")


# What is left


def said_of(leaf: Outcome) -> str:
    return SAID[leaf.rule.kind](leaf)


def attendance(leaf: Outcome) -> str:
    numbers = {"has": hours(leaf.has), "needs": hours(leaf.needs)}
    if leaf.lost:
        return _("The meetings that are left are not enough: hours attended %(has)s, needed %(needs)s.") % numbers
    return _("Hours attended: %(has)s, needed: %(needs)s.") % numbers


def hours(minutes: int) -> str:
    return number_format(round(minutes / 60, 1) if minutes % 60 else minutes // 60)


def assignment(leaf: Outcome) -> str:
    if leaf.met:
        return _("Accepted.")
    if leaf.waiting:
        return _("Handed in: it waits to be read.")
    if not leaf.link:
        return _("It is not asked yet.")
    return _("The day has passed: hand it in as soon as you can.") if leaf.late else _("Hand in your work.")


def milestone(leaf: Outcome) -> str:
    if leaf.met:
        return _("Accepted.")
    if leaf.waiting:
        return _("It lies with your mentor.")
    if leaf.link == ("project", None):
        return _("Begin your change project.")
    return _("The day has passed: send it to your mentor.") if leaf.late else _("Send it to your mentor when it is done.")


def mentoring(leaf: Outcome) -> str:
    numbers = {"has": leaf.has, "needs": leaf.needs}
    if leaf.met:
        return _("Meetings held: %(has)s.") % numbers
    return ngettext("One more meeting with your mentor.", "%(number)s more meetings with your mentor.", leaf.missing) % {
        "number": leaf.missing
    }


def external(leaf: Outcome) -> str:
    if leaf.met:
        return _("Passed.")
    return _("Not passed.") if leaf.lost else _("The team writes the result down after the assessment.")


def certificate(leaf: Outcome) -> str:
    return _("You have it.") if leaf.met else _("You need a valid certificate of the earlier programme.")


SAID = {
    "attendance": attendance,
    "assignment": assignment,
    "milestone": milestone,
    "mentoring": mentoring,
    "external": external,
    "certificate": certificate,
}


# Where to press


def place_of(leaf: Outcome, seat: Enrolment) -> tuple[str, str]:
    kind, pk = leaf.link or ("", None)
    places = {
        "meeting": (f"/leaders/meetings/{pk}/", _("The next meeting")),
        "assignment": (f"/leaders/assignments/{pk}/", _("Open the assignment")),
        "milestone": (f"/leaders/milestones/{pk}/", _("Open the milestone")),
        "project": (f"/leaders/enrolments/{seat.pk}/project/", _("To my project")),
        "mentoring": (f"/leaders/enrolments/{seat.pk}/mentoring/", _("To my mentor")),
    }
    return places.get(kind, ("", ""))


# Who is at risk


def risk_of(outcome: Outcome) -> Risk:
    """What can be met no more, what is overdue, and whoever can hardly miss another meeting."""
    reasons = [("lost", _("can be met no more: %(name)s") % {"name": name_of(node)}) for node in lost(outcome)]
    reasons += [("late", _("overdue: %(name)s") % {"name": name_of(node)}) for node in overdue(outcome) if not node.waiting]
    reasons += [("close", said) for said in hardly_misses(outcome)]
    return Risk(reasons[0][0], tuple(said for _level, said in reasons)) if reasons else Risk()


CLOSE = 0.05


def hardly_misses(outcome: Outcome) -> Iterator[str]:
    """Attendance that is lost when she misses as little as a twentieth of what is needed."""
    for leaf in left(outcome):
        spare = leaf.minutes_possible - leaf.needs
        if leaf.rule.kind == "attendance" and leaf.minutes_possible != inf and leaf.needs and spare < leaf.needs * CLOSE:
            yield _("attendance: may miss only %(hours)s more hours") % {"hours": hours(int(spare))}
