"""What is met, what is missing and by when: tables of rules and facts, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaders.evaluate import External, Facts, Meeting, Rule, Step, Work, evaluate, flaws, grow, left, lost

NOW = datetime(2026, 9, 15, 12, tzinfo=UTC)
END = NOW + timedelta(days=60)
ATTENDANCE, REPORT, ESSAY = Rule("attendance", "attendance", 80), Rule("report", "assignment", hours=6), Rule("essay", "assignment")
CHANGE, MENTORING, TEST = Rule("change", "milestone", hours=10), Rule("mentor", "mentoring", 2), Rule("test", "external")
EARLIER = Rule("earlier", "certificate", programme=7)


def day(number: float) -> datetime:
    return NOW + timedelta(days=number)


def meeting(number: float, mark: str = "", hours: int = 2) -> Meeting:
    return Meeting(int(number * 10), day(number), day(number) + timedelta(hours=hours), mark)


def work(number: float = 5, **fields) -> Work:
    return Work(pk=1, due_at=day(number), max_points=20, **fields)


def node(kind: str, *children: Rule, amount: int = 0) -> Rule:
    return Rule("node", kind, amount, children=children)


def facts(**fields) -> Facts:
    return Facts(ends_at=END, **fields)


def passed(code: str, points: int = 15) -> dict[str, Work]:
    return {code: work(points=points, passed=True)}


# Leaves


@pytest.mark.parametrize(
    ("marks", "met", "is_lost", "has", "needs"),
    [
        (["present", "present", "present", "late", ""], True, False, 480, 480),
        (["present", "present", "present", "", ""], False, False, 360, 480),
        (["absent", "present", "present", "present", "present"], True, False, 480, 480),
        (["absent", "absent", "present", "present", ""], False, True, 240, 480),
        (["excused", "excused", "present", "present", "present"], True, False, 360, 288),
        (["excused"] * 5, True, False, 0, 0),
        (["", "", "", "", ""], False, False, 0, 480),
    ],
)
def test_attendance_is_a_share_of_the_hours_that_count(marks, met, is_lost, has, needs):
    held = tuple(meeting(number - len(marks) + 0.5, mark) for number, mark in enumerate(marks, 1))
    outcome = evaluate(ATTENDANCE, facts(meetings=held), NOW)
    assert (outcome.met, outcome.lost, outcome.has, outcome.needs) == (met, is_lost, has, needs)


def test_without_meetings_nobody_has_attended():
    outcome = evaluate(ATTENDANCE, facts(), NOW)
    assert (outcome.met, outcome.lost, outcome.due) == (False, False, END)


def test_attendance_leads_to_the_next_meeting():
    held = (meeting(-1, "present"), meeting(3), meeting(1))
    outcome = evaluate(ATTENDANCE, facts(meetings=held), NOW)
    assert (outcome.link, outcome.due) == (("meeting", 10), meeting(3).ends_at)


@pytest.mark.parametrize(
    ("known", "met", "late", "waiting"),
    [
        ({}, False, False, False),
        ({"report": work(5)}, False, False, False),
        ({"report": work(-1)}, False, True, False),
        ({"report": work(-1, waiting=True)}, False, True, True),
        ({"report": work(-1, passed=True, points=12)}, True, False, False),
        ({"essay": work(5, passed=True)}, False, False, False),
    ],
)
def test_an_assignment(known, met, late, waiting):
    outcome = evaluate(REPORT, facts(works=known), NOW)
    assert (outcome.met, outcome.late, outcome.waiting) == (met, late, waiting)
    assert outcome.due == (None if met else known["report"].due_at if "report" in known else END)


@pytest.mark.parametrize(
    ("rule", "known", "met", "is_lost"),
    [
        (CHANGE, {"steps": {"change": Step(3, accepted=True)}}, True, False),
        (CHANGE, {"steps": {"change": Step(3, waiting=True)}}, False, False),
        (CHANGE, {}, False, False),
        (MENTORING, {"mentoring": (60, 45)}, True, False),
        (MENTORING, {"mentoring": (60,)}, False, False),
        (TEST, {"external": {"test": External(True)}}, True, False),
        (TEST, {"external": {"test": External(False)}}, False, True),
        (TEST, {}, False, False),
        (EARLIER, {"certificates": frozenset({7})}, True, False),
        (EARLIER, {"certificates": frozenset({8})}, False, False),
    ],
)
def test_the_other_leaves(rule, known, met, is_lost):
    outcome = evaluate(rule, facts(**known), NOW)
    assert (outcome.met, outcome.lost) == (met, is_lost)


# Groups


@pytest.mark.parametrize(
    ("rule", "known", "met"),
    [
        (node("all", REPORT, ESSAY), passed("report"), False),
        (node("all", REPORT, ESSAY), passed("report") | passed("essay"), True),
        (node("all"), {}, True),
        (node("any", REPORT, ESSAY), passed("essay"), True),
        (node("any", REPORT, ESSAY), {}, False),
        (node("any"), {}, False),
        (node("some", REPORT, ESSAY, CHANGE, amount=2), passed("report"), False),
        (node("some", REPORT, ESSAY, CHANGE, amount=2), passed("report") | passed("essay"), True),
        (node("points", REPORT, ESSAY, amount=30), passed("report", 15) | passed("essay", 14), False),
        (node("points", REPORT, ESSAY, amount=30), passed("report", 15) | passed("essay", 15), True),
        (node("hours", REPORT, CHANGE, amount=6), passed("report"), True),
        (node("hours", REPORT, CHANGE, amount=7), passed("report"), False),
    ],
)
def test_a_group(rule, known, met):
    assert evaluate(rule, facts(works=known), NOW).met == met


def test_hours_are_added_wherever_they_come_from():
    rule = node("hours", ATTENDANCE, MENTORING, node("all", REPORT), amount=12)
    known = {"meetings": (meeting(-1, "present", 4), meeting(1, hours=4)), "mentoring": (60, 60), "works": passed("report")}
    outcome = evaluate(rule, facts(**known), NOW)
    assert (outcome.met, outcome.has, outcome.needs) == (True, (4 + 2 + 6) * 60, 12 * 60)


@pytest.mark.parametrize(
    ("rule", "is_lost"),
    [
        (node("all", TEST, REPORT), True),
        (node("any", TEST, REPORT), False),
        (node("any", TEST), True),
        (node("some", TEST, REPORT, ESSAY, amount=2), False),
        (node("some", TEST, REPORT, amount=2), True),
        (node("all", node("any", TEST, REPORT), ESSAY), False),
    ],
)
def test_what_can_be_met_no_more(rule, is_lost):
    assert evaluate(rule, facts(external={"test": External(False)}), NOW).lost == is_lost


def test_hours_that_no_meeting_can_bring_any_more_are_lost():
    rule = node("hours", ATTENDANCE, amount=5)
    assert evaluate(rule, facts(meetings=(meeting(-1, "absent"), meeting(1, hours=4))), NOW).lost
    assert not evaluate(rule, facts(meetings=(meeting(-1, "present"), meeting(1, hours=4))), NOW).lost


def test_points_that_no_assignment_can_bring_any_more_are_lost():
    rule = node("points", REPORT, ESSAY, amount=35)
    known = {"report": work(points=14, passed=True), "essay": work()}
    assert evaluate(rule, facts(works=known), NOW).lost
    assert not evaluate(replace(rule, amount=34), facts(works=known), NOW).lost


@pytest.mark.parametrize(
    ("kind", "amount", "due"),
    [("all", 0, 2), ("any", 0, 9), ("some", 1, 9), ("some", 2, 5), ("some", 3, 2), ("points", 40, 9)],
)
def test_the_last_chance_of_a_group(kind, amount, due):
    rule = node(kind, REPORT, ESSAY, Rule("plan", "assignment"), amount=amount)
    known = {"report": work(2), "essay": work(9), "plan": work(5)}
    assert evaluate(rule, facts(works=known), NOW).due == day(due)


def test_what_is_left_stands_by_its_day_without_what_is_met_lost_or_needed_no_more():
    rule = node("all", ESSAY, REPORT, node("any", CHANGE, MENTORING), TEST)
    known = {"works": {"essay": work(9), "report": work(2)}, "steps": {"change": Step(3, accepted=True)}}
    outcome = evaluate(rule, facts(external={"test": External(False)}, **known), NOW)
    assert outcome.lost and [one.rule.code for one in lost(outcome)] == ["test"]
    assert [leaf.rule.code for leaf in left(replace(outcome, lost=False))] == ["report", "essay"]


def test_a_group_waits_when_others_have_to_act():
    rule, handed_in = node("all", REPORT, ESSAY), work(waiting=True)
    assert not evaluate(rule, facts(works={"report": handed_in}), NOW).waiting
    assert evaluate(rule, facts(works={"report": handed_in, "essay": handed_in}), NOW).waiting
    assert evaluate(node("any", REPORT, ESSAY), facts(works={"report": handed_in}), NOW).waiting


# The tree


def row(pk: int, kind: str, parent: int | None = None, **fields) -> SimpleNamespace:
    names = {"name_kk": "Есеп", "name_ru": "", "name_en": "Report"}
    plain = {"position": 0, "code": f"r{pk}", "amount": 0, "hours": 0, "programme_id": None}
    return SimpleNamespace(pk=pk, kind=kind, parent_id=parent, **(plain | names | fields))


def test_rows_grow_into_a_tree():
    grown = grow([row(3, "milestone", 1, position=2), row(1, "all"), row(2, "assignment", 1, position=1, hours=4)])
    assert [child.code for child in grown.children] == ["r2", "r3"]
    assert grown.children[0].hours == 4 and grown.names == {"kk": "Есеп", "ru": "Есеп", "en": "Report"}
    assert grow([]) is None


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (node("all", REPORT), []),
        (node("all"), ["node"]),
        (node("some", REPORT, amount=2), ["node"]),
        (node("all", Rule("report", "assignment", children=(ESSAY,))), ["report"]),
    ],
)
def test_a_tree_that_nobody_could_meet_has_flaws(rule, wrong):
    assert list(flaws(rule)) == wrong


# Whatever the tree

codes = st.sampled_from(["a", "b", "c"])
leaves = st.builds(Rule, codes, st.just("assignment"), hours=st.integers(0, 9))
kinds = st.sampled_from(["all", "any", "some", "hours", "points"])
trees = st.recursive(
    leaves, lambda below: st.builds(lambda kind, n, few: Rule("g", kind, n, children=tuple(few)), kinds, st.integers(1, 9), st.lists(below))
)
works = st.builds(Work, st.just(1), st.integers(-9, 9).map(day), st.just(20), st.integers(0, 20), st.booleans(), st.booleans())
many_works = st.dictionaries(codes, works)


@given(trees, many_works, codes)
def test_what_was_met_stays_met_when_more_is_done(rule, known, code):
    before = evaluate(rule, facts(works=known), NOW)
    done = known | {code: work(points=20, passed=True)}
    assert evaluate(rule, facts(works=done), NOW).met >= before.met


@given(trees, many_works)
def test_the_order_of_children_means_nothing(rule, known):
    there, back = (evaluate(tree, facts(works=known), NOW) for tree in (rule, mirrored(rule)))
    assert (there.met, there.has, there.needs, there.due, there.lost) == (back.met, back.has, back.needs, back.due, back.lost)


@given(trees, many_works)
def test_what_is_met_is_neither_late_nor_lost_nor_due(rule, known):
    outcome = evaluate(rule, facts(works=known), NOW)
    assert not (outcome.met and (outcome.late or outcome.lost or outcome.waiting or outcome.due or left(outcome)))


def mirrored(rule: Rule) -> Rule:
    return replace(rule, children=tuple(mirrored(child) for child in reversed(rule.children)))
