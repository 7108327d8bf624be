"""What is read of participants: everything that counts, nothing that does not, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leaders import actions
from leaders.demo import RULES, make_cohort, make_enrolment, make_mentor, make_programme, make_version
from leaders.demo.change import make_mentor_meeting, make_milestone, make_project
from leaders.demo.work import make_assessment, make_assignment, make_submission
from leaders.evaluate import evaluate, grow
from leaders.facts import facts_of
from leaders.models import AttendanceMark, Certificate, Cohort, Enrolment, ExternalResult, Meeting
from leaders.moves import move
from portal.demo import make_person, make_school
from portal.models import User

pytestmark = pytest.mark.django_db

MORE = [
    {"code": "talks", "kind": "mentoring", "amount": 1, "name_kk": "Тәлімгермен кездесу"},
    {"code": "test", "kind": "external", "name_kk": "Сыртқы бағалау"},
]


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org")


@pytest.fixture
def cohort(manager) -> Cohort:
    earlier = make_programme("earlier")
    last = {"code": "before", "kind": "certificate", "programme": earlier, "name_kk": "Алдыңғы сертификат"}
    return make_cohort(make_version(rules=RULES | {"children": [*RULES["children"], *MORE, last]}), manager=manager)


@pytest.fixture
def seat(cohort) -> Enrolment:
    return make_enrolment(make_person("participant@example.org", school=make_school()), cohort)


def make_meeting(cohort: Cohort, number: int, **fields) -> Meeting:
    begins = timezone.now() + timedelta(days=number)
    return Meeting.objects.create(cohort=cohort, title=f"{number}", starts_at=begins, ends_at=begins + timedelta(hours=2), **fields)


def note(meeting: Meeting, seat: Enrolment, mark: str, **fields) -> None:
    AttendanceMark.objects.create(meeting=meeting, enrolment=seat, mark=mark, source="roster", **fields)


def known(seat: Enrolment):
    return facts_of(Enrolment.objects.filter(pk=seat.pk).select_related("cohort"))[seat.pk]


def test_meetings_count_with_the_last_mark(cohort, seat):
    first, second = make_meeting(cohort, -2), make_meeting(cohort, -1)
    coming = make_meeting(cohort, 1)
    make_meeting(cohort, 2, counts=False)
    move(make_meeting(cohort, 3), "cancelled", actor=None)
    note(first, seat, "absent", superseded_at=timezone.now())
    note(first, seat, "late")
    note(second, seat, "excused")
    assert [(row.pk, row.mark) for row in known(seat).meetings] == [(first.pk, "late"), (second.pk, "excused"), (coming.pk, "")]


def test_of_works_the_best_counts_once_it_is_released(cohort, seat, manager):
    assert known(seat).works == {}
    make_assignment(cohort, "none")
    assignment = make_assignment(cohort)
    first = make_submission(seat, assignment)
    make_assessment(manager, first, points=5, released=False)
    work = known(seat).works["report"]
    assert (work.pk, work.points, work.passed, work.waiting) == (assignment.pk, 0, False, True)
    actions.release(manager, first.assessment)
    work = known(seat).works["report"]
    assert (work.points, work.passed, work.waiting, work.due_at) == (5, False, False, assignment.due_at)
    make_assessment(manager, make_submission(seat, assignment), points=9)
    later = assignment.due_at + timedelta(days=2)
    actions.extend(manager, assignment, seat, due_at=later)
    work = known(seat).works["report"]
    assert (work.points, work.passed, work.due_at) == (9, True, later)


def test_a_draft_is_asked_of_nobody(cohort, seat):
    make_assignment(cohort, state="draft")
    assert known(seat).works == {}


def test_milestones_meetings_with_the_mentor_and_results_from_outside(cohort, seat, manager):
    mentor = make_person("mentor@example.org")
    make_mentor(seat, mentor)
    milestone = make_milestone(make_project(seat))
    make_mentor_meeting(mentor, seat)
    requirement = cohort.version.requirements.get(code="test")
    given = {"enrolment": seat, "requirement": requirement, "assessor": "ҰТО", "assessed_on": timezone.localdate()}
    result = ExternalResult.objects.create(passed=False, points=30, **given)
    facts = known(seat)
    assert (facts.steps["change"].pk, facts.steps["change"].waiting, facts.mentoring) == (milestone.pk, True, (60,))
    assert (facts.external["test"].passed, facts.external["test"].points) == (False, 30)
    actions.decide_milestone(mentor, milestone, accepted=True)
    result.passed = True
    result.save()
    assert known(seat).steps["change"].accepted and known(seat).external["test"].passed


def test_only_certificates_that_are_valid(cohort, seat):
    earlier = make_programme("earlier")
    held = {"version": make_version(earlier), "user": seat.user, "snapshot": {}, "digest": "d"}
    certificate = Certificate.objects.create(number=1, code="a", **held)
    assert known(seat).certificates == {earlier.pk}
    Certificate.objects.update(reason="Қате", ground="mistake")
    move(certificate, "revoked", actor=None)
    assert known(seat).certificates == frozenset()


def test_the_whole_is_met_by_what_really_happened(cohort, seat, manager):
    mentor = make_person("mentor@example.org")
    make_mentor(seat, mentor)
    note(make_meeting(cohort, -1), seat, "present")
    make_assessment(manager, make_submission(seat, make_assignment(cohort)))
    make_milestone(make_project(seat), mentor=mentor)
    make_mentor_meeting(mentor, seat)
    requirement = cohort.version.requirements.get(code="test")
    day = timezone.localdate()
    actions.put_external_result(manager, seat, requirement, passed=True, points=70, assessor="ҰТО", assessed_on=day)
    rule = grow(cohort.version.requirements.all())
    outcome = evaluate(rule, known(seat), timezone.now())
    assert [child.met for child in outcome.children] == [True] * 5 + [False]
    held = {"version": make_version(make_programme("earlier")), "user": seat.user, "snapshot": {}, "digest": "d"}
    Certificate.objects.create(number=1, code="a", **held)
    assert evaluate(rule, known(seat), timezone.now()).met


def test_what_one_has_done_is_not_anothers(cohort, seat, manager):
    other = make_enrolment(make_person("other@example.org", school=make_school()), cohort)
    note(make_meeting(cohort, -1), seat, "present")
    make_submission(seat, make_assignment(cohort))
    make_project(seat)
    facts = facts_of(Enrolment.objects.select_related("cohort"))
    assert [facts[row.pk].meetings[0].mark for row in (seat, other)] == ["present", ""]
    assert [facts[row.pk].works["report"].waiting for row in (seat, other)] == [True, False]
    assert facts[other.pk].steps == {} != facts[seat.pk].steps


def test_three_queries_however_many_they_are(cohort, django_assert_num_queries):
    make_assignment(cohort)
    for number in range(12):
        seat = make_enrolment(make_person(f"p{number}@example.org", school=make_school()), cohort)
        make_project(seat)
    rows = list(Enrolment.objects.select_related("cohort"))
    with django_assert_num_queries(3):
        facts_of(rows)
