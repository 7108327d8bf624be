"""What somebody has done of what a programme asks, and what is left. Pure: no query, no clock, no translation.

    evaluate(rule, facts, now) -> Outcome

A rule is a node of a tree. Groups (`all`, `any`, `some`) count their children that are met; `hours` and `points` add up what the leaves
below have brought. A leaf asks the facts. Times are in minutes, wherever they come from.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import ceil, inf

COUNTING = ("all", "any", "some")
ADDING = ("hours", "points")
GROUPS = (*COUNTING, *ADDING)
THERE = ("present", "late")


@dataclass(frozen=True)
class Rule:
    """`amount`: of `some` how many children, of `attendance` the per cent of the time, of `mentoring` how many meetings; hours and points.
    `hours` is what a leaf that is met brings into a sum of hours."""

    code: str
    kind: str
    amount: int = 0
    hours: int = 0
    programme: int | None = None
    children: tuple["Rule", ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Meeting:
    """One whose hours count and that was not cancelled. Without a mark it is still to come, or nobody has noted it yet."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    mark: str = ""

    @cached_property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@dataclass(frozen=True)
class Work:
    """An assignment: what has been released of it, and whether something waits to be read."""

    pk: int
    due_at: datetime
    max_points: int
    points: int = 0
    passed: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class Step:
    """A milestone of the change project."""

    pk: int
    due_at: datetime | None = None
    accepted: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class External:
    passed: bool
    points: int = 0


@dataclass(frozen=True)
class Facts:
    """By the code of the requirement they are for. `ends_at` is the end of the course: the day of whatever has none of its own."""

    meetings: tuple[Meeting, ...] = ()
    works: Mapping[str, Work] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)
    mentoring: tuple[int, ...] = ()
    external: Mapping[str, External] = field(default_factory=dict)
    certificates: frozenset[int] = frozenset()
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """`has` of `needs`; `due` is the last chance; `late`: it has passed; `lost`: it can be met no more; `waiting`: others have to act.

    `minutes` and `points` are what it brings into a sum, `*_possible` what it may still come to.
    """

    rule: Rule
    met: bool
    has: int
    needs: int
    due: datetime | None = None
    late: bool = False
    lost: bool = False
    waiting: bool = False
    link: tuple[str, int | None] | None = None
    minutes: int = 0
    minutes_possible: float = 0
    points: int = 0
    points_possible: float = 0
    children: tuple["Outcome", ...] = ()

    @property
    def missing(self) -> int:
        return max(self.needs - self.has, 0)


def evaluate(rule: Rule, facts: Facts, now: datetime) -> Outcome:
    if rule.kind in GROUPS:
        return group(rule, tuple(evaluate(child, facts, now) for child in rule.children), now)
    return LEAVES[rule.kind](rule, facts, now)


def left(outcome: Outcome) -> list[Outcome]:
    """The leaves that still can and must be met, what is due first at the beginning."""
    return sorted(open_leaves(outcome), key=lambda leaf: leaf.due.timestamp() if leaf.due else inf)


def open_leaves(outcome: Outcome) -> Iterator[Outcome]:
    if outcome.met or outcome.lost:
        return
    if outcome.rule.kind not in GROUPS:
        yield outcome
    for child in outcome.children:
        yield from open_leaves(child)


def lost(outcome: Outcome) -> list[Outcome]:
    """The innermost nodes that can be met no more, where that keeps the whole from being met."""
    if outcome.met or not outcome.lost:
        return []
    return [deeper for child in outcome.children for deeper in lost(child)] or [outcome]


def overdue(outcome: Outcome) -> list[Outcome]:
    """The innermost nodes whose day has passed, where that keeps the whole from being met."""
    if outcome.met or outcome.lost or not outcome.late:
        return []
    return [deeper for child in outcome.children for deeper in overdue(child)] or [outcome]


# Groups


def group(rule: Rule, children: tuple[Outcome, ...], now: datetime) -> Outcome:
    has, needs, possible = amounts(rule, children)
    met, still = has >= needs, [child for child in children if not child.met and not child.lost]
    due = None if met else last_chance(rule, needs - has, still)
    return Outcome(
        rule,
        met,
        has,
        needs,
        due,
        late=not met and is_past(due, now),
        lost=not met and possible < needs,
        waiting=not met and waits(rule, needs - has, still),
        minutes=sum(child.minutes for child in children),
        minutes_possible=sum(child.minutes_possible for child in children),
        points=sum(child.points for child in children),
        points_possible=sum(child.points_possible for child in children),
        children=children,
    )


def amounts(rule: Rule, children: tuple[Outcome, ...]) -> tuple[int, int, float]:
    """What it has, needs, and may still come to."""
    if rule.kind == "hours":
        return sum(child.minutes for child in children), rule.amount * 60, sum(child.minutes_possible for child in children)
    if rule.kind == "points":
        return sum(child.points for child in children), rule.amount, sum(child.points_possible for child in children)
    needs = {"all": len(children), "any": 1, "some": rule.amount}[rule.kind]
    return sum(child.met for child in children), needs, sum(child.met or not child.lost for child in children)


def last_chance(rule: Rule, missing: int, still: list[Outcome]) -> datetime | None:
    """Of those that can still be met the latest; where several must be, the first of the latest that suffice."""
    dues = sorted((child.due.timestamp() if child.due else inf, index) for index, child in enumerate(still))
    if not dues:
        return None
    taken = 1 if rule.kind in ADDING else min(missing, len(dues))
    return still[dues[-taken][1]].due


def waits(rule: Rule, missing: int, still: list[Outcome]) -> bool:
    waiting = [child for child in still if child.waiting]
    return bool(waiting) and (len(waiting) == len(still) or (rule.kind in COUNTING and len(waiting) >= missing))


# Leaves


def attendance(rule: Rule, facts: Facts, now: datetime) -> Outcome:
    """What was excused is asked of nobody. Once enough hours are reached it is met for good."""
    asked = [meeting for meeting in facts.meetings if meeting.mark != "excused"]
    has = sum(meeting.minutes for meeting in asked if meeting.mark in THERE)
    coming = [meeting for meeting in asked if not meeting.mark]
    possible = has + sum(meeting.minutes for meeting in coming)
    needs = ceil(sum(meeting.minutes for meeting in asked) * rule.amount / 100)
    met = has >= needs and bool(facts.meetings)
    following = min((meeting for meeting in coming if meeting.ends_at >= now), key=lambda meeting: meeting.starts_at, default=None)
    return leaf(
        rule,
        now,
        met=met,
        has=has,
        needs=needs,
        due=max((meeting.ends_at for meeting in asked), default=facts.ends_at),
        lost=possible < needs,
        link=following and ("meeting", following.pk),
        minutes=has,
        minutes_possible=possible if facts.meetings else inf,
    )


def assignment(rule: Rule, facts: Facts, now: datetime) -> Outcome:
    work = facts.works.get(rule.code)
    if not work:
        return leaf(rule, now, met=False, due=facts.ends_at, points_possible=inf)
    link = ("assignment", work.pk)
    points = {"points": work.points, "points_possible": work.points if work.passed else max(work.points, work.max_points)}
    return leaf(rule, now, met=work.passed, due=work.due_at, waiting=work.waiting, link=link, **points)


def milestone(rule: Rule, facts: Facts, now: datetime) -> Outcome:
    step = facts.steps.get(rule.code)
    if not step:
        return leaf(rule, now, met=False, due=facts.ends_at, link=("project", None))
    return leaf(rule, now, met=step.accepted, due=step.due_at or facts.ends_at, waiting=step.waiting, link=("milestone", step.pk))


def mentoring(rule: Rule, facts: Facts, now: datetime) -> Outcome:
    has = len(facts.mentoring)
    sums = {"minutes": sum(facts.mentoring), "minutes_possible": inf}
    return leaf(rule, now, met=has >= rule.amount, has=has, needs=rule.amount, due=facts.ends_at, link=("mentoring", None), **sums)


def external(rule: Rule, facts: Facts, now: datetime) -> Outcome:
    """A result that is not enough stands until another one is put in its place."""
    result = facts.external.get(rule.code)
    points = {"points": result.points, "points_possible": result.points} if result else {"points_possible": inf}
    return leaf(rule, now, met=bool(result and result.passed), due=facts.ends_at, lost=bool(result and not result.passed), **points)


def certificate(rule: Rule, facts: Facts, now: datetime) -> Outcome:
    return leaf(rule, now, met=rule.programme in facts.certificates, due=facts.ends_at, link=("programme", rule.programme))


def leaf(
    rule: Rule,
    now: datetime,
    *,
    met: bool,
    has: int | None = None,
    needs: int = 1,
    due: datetime | None = None,
    lost: bool = False,
    waiting: bool = False,
    minutes: int | None = None,
    minutes_possible: float | None = None,
    **others,
) -> Outcome:
    """One that knows no minutes of its own brings its hours once it is met."""
    promised = rule.hours * 60
    return Outcome(
        rule,
        met,
        int(met) if has is None else has,
        needs,
        None if met else due,
        late=not met and is_past(due, now),
        lost=not met and lost,
        waiting=not met and waiting,
        minutes=(promised if met else 0) if minutes is None else minutes,
        minutes_possible=(0 if lost and not met else promised) if minutes_possible is None else minutes_possible,
        **others,
    )


def is_past(due: datetime | None, now: datetime) -> bool:
    return due is not None and due < now


LEAVES = {
    "attendance": attendance,
    "assignment": assignment,
    "milestone": milestone,
    "mentoring": mentoring,
    "external": external,
    "certificate": certificate,
}

# The tree itself


def grow(requirements: Iterable) -> Rule | None:
    """The tree of the rows of `Requirement`, in their order; None where there are none."""
    below: dict = {}
    for row in sorted(requirements, key=lambda row: (row.position, row.pk)):
        below.setdefault(row.parent_id, []).append(row)
    return branch(below[None][0], below) if below.get(None) else None


def branch(row, below: dict) -> Rule:
    children = tuple(branch(child, below) for child in below.get(row.pk, ()))
    names = {"kk": row.name_kk, "ru": row.name_ru or row.name_kk, "en": row.name_en or row.name_kk}
    return Rule(row.code, row.kind, row.amount, row.hours, row.programme_id, children, names)


def flaws(rule: Rule) -> Iterator[str]:
    """The codes of nodes that nobody could ever meet, or that everybody meets who has done nothing."""
    is_group = rule.kind in GROUPS
    if is_group != bool(rule.children) or (rule.kind == "some" and rule.amount > len(rule.children)):
        yield rule.code
    for child in rule.children:
        yield from flaws(child)
