"""What is known of participants, as `evaluate` asks for it: three queries, however many they are.

facts = facts_of(enrolments)      # fetched with their cohort
outcome = evaluate(rule, facts[enrolment.pk], now)
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from operator import itemgetter

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from . import evaluate
from .evaluate import External, Facts, Step, Work
from .models import (
    Assignment,
    AttendanceMark,
    Certificate,
    Enrolment,
    Extension,
    ExternalResult,
    Meeting,
    MentorMeeting,
    Milestone,
    Submission,
)


def facts_of(enrolments: Iterable[Enrolment]) -> dict[int, Facts]:
    seats = list(enrolments)
    ids, cohorts = [seat.pk for seat in seats], {seat.cohort_id for seat in seats}
    held, asked = asked_in(cohorts)
    handed_in, marked = handed_in_and_marked(ids)
    meetings, done = meetings_of(held, marked), done_by(ids)
    ends = {seat.cohort_id: end_of(seat.cohort.ends_on) for seat in seats}
    return {
        seat.pk: Facts(
            meetings=meetings(seat),
            works=works(asked[seat.cohort_id], handed_in[seat.pk]),
            ends_at=ends[seat.cohort_id],
            **of_rows(done[seat.pk]),
        )
        for seat in seats
    }


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


# Meetings and assignments


def asked_in(cohorts: set[int]) -> tuple[dict[int, list[tuple]], dict[int, list[tuple]]]:
    """Of each cohort the meetings whose hours count, and the assignments that meet a requirement."""
    held = Meeting.objects.planned().filter(cohort__in=cohorts, counts=True).order_by()
    given = Assignment.objects.filter(cohort__in=cohorts, requirement__isnull=False).exclude(state=Assignment.State.DRAFT).order_by()
    rows = given.values_list("cohort", Cast("requirement__code", CharField()), "pk", "due_at", "due_at", "max_points")
    meetings = held.values_list("cohort", Value("", CharField()), "pk", "starts_at", "ends_at", Value(0))
    found = {True: defaultdict(list), False: defaultdict(list)}
    for cohort, code, *facts in rows.union(meetings, all=True):
        found[code == ""][cohort].append((code, *facts))
    return {cohort: sorted(rows, key=itemgetter(2, 1)) for cohort, rows in found[True].items()}, found[False]


def meetings_of(held: dict[int, list[tuple]], marked: dict[tuple[int, int], str]):
    """The meetings of one participant, with her marks. People with the same mark share what is known of a meeting."""
    shared = {}

    def meetings(seat: Enrolment) -> tuple[evaluate.Meeting, ...]:
        found = []
        for _code, pk, starts_at, ends_at, _points in held.get(seat.cohort_id, ()):
            key = pk, marked.get((seat.pk, pk), "")
            if key not in shared:
                shared[key] = evaluate.Meeting(pk, starts_at, ends_at, key[1])
            found.append(shared[key])
        return tuple(found)

    return meetings


# What is handed in, and who was there

MARK = "mark:"


def handed_in_and_marked(ids: list[int]) -> tuple[dict[int, dict[int, list[tuple]]], dict[tuple[int, int], str]]:
    """By participant and assignment: the versions that were handed in, whether she has more time; by participant and meeting: her mark."""
    sent = Submission.objects.filter(enrolment__in=ids).exclude(state=Submission.State.DRAFT).order_by()
    longer = Extension.objects.filter(enrolment__in=ids).order_by()
    marks = AttendanceMark.objects.current().filter(enrolment__in=ids, meeting__counts=True, meeting__state=Meeting.State.PLANNED)
    rows = sent.values_list("enrolment", "assignment", Cast("state", CharField()), "assessment__points", "handed_in_at")
    more = longer.values_list("enrolment", "assignment", Value("extension"), Value(0), "due_at")
    there = marks.order_by().values_list("enrolment", "meeting", Concat(Value(MARK), F("mark")), Value(0), "meeting__starts_at")
    found, marked = defaultdict(lambda: defaultdict(list)), {}
    for seat, number, kind, *facts in rows.union(more, there, all=True):
        if kind.startswith(MARK):
            marked[seat, number] = kind.removeprefix(MARK)
        else:
            found[seat][number].append((kind, *facts))
    return found, marked


def works(asked: list[tuple], handed_in: dict[int, list[tuple]]) -> dict[str, Work]:
    return {code: work(pk, due_at, most, handed_in.get(pk, ())) for code, pk, due_at, _due_at, most in asked}


READ = (Submission.State.ACCEPTED, Submission.State.RETURNED)


def work(pk: int, due_at: datetime, most: int, versions: Iterable[tuple]) -> Work:
    """The best of what was released counts."""
    points, passed, waiting = 0, False, False
    for kind, number, moment in versions:
        if kind == "extension":
            due_at = moment
        elif kind in READ:
            points, passed = max(points, number or 0), passed or kind == Submission.State.ACCEPTED
        else:
            waiting = True
    return Work(pk, due_at, most, points, passed, waiting)


# Milestones, meetings with the mentor, results from outside, earlier certificates


def done_by(ids: list[int]) -> dict[int, list[tuple]]:
    """As rows of one shape: participant, kind, code, state, number, day."""
    milestones = Milestone.objects.filter(project__enrolment__in=ids, requirement__isnull=False)
    meetings = MentorMeeting.objects.filter(enrolment__in=ids)
    results = ExternalResult.objects.filter(enrolment__in=ids).annotate(code=F("requirement__code"))
    held = Certificate.objects.valid().filter(user__enrolments__in=ids)
    parts = [
        shaped(milestones, "project__enrolment", "milestone", F("requirement__code"), F("state"), F("pk"), F("due_on")),
        shaped(meetings, "enrolment", "mentoring", Value(""), Value(""), F("minutes"), F("held_on")),
        shaped(
            results.filter(passed=True), "enrolment", "external", F("requirement__code"), Value("passed"), F("points"), F("assessed_on")
        ),
        shaped(results.filter(passed=False), "enrolment", "external", F("code"), Value(""), F("points"), F("assessed_on")),
        shaped(held, "user__enrolments", "certificate", Value(""), Value(""), F("version__programme"), F("issued_at__date")),
    ]
    found = defaultdict(list)
    for seat, *facts in parts[0].union(*parts[1:], all=True):
        found[seat].append(facts)
    return found


def shaped(rows: QuerySet, seat: str, kind: str, code, state, number, day) -> QuerySet:
    return rows.order_by().values_list(seat, Value(kind), Cast(code, CharField()), Cast(state, CharField()), number, day)


def of_rows(rows: list[tuple]) -> dict:
    steps, mentoring, external, certificates = {}, [], {}, set()
    for kind, code, state, number, day in rows:
        if kind == "milestone":
            steps[code] = step(number, state, day)
        elif kind == "mentoring":
            mentoring.append(number)
        elif kind == "external":
            external[code] = External(state == "passed", number)
        else:
            certificates.add(number)
    return {"steps": steps, "mentoring": tuple(mentoring), "external": external, "certificates": frozenset(certificates)}


def step(pk: int, state: str, due_on: date | None) -> Step:
    due_at = end_of(due_on) if due_on else None
    return Step(pk, due_at, accepted=state == Milestone.State.ACCEPTED, waiting=state == Milestone.State.SUBMITTED)
