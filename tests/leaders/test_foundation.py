"""Programmes, cohorts, their teams; applying and waiting for a seat."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from leaders import actions
from leaders.demo import RULES, make_application, make_cohort, make_cohort_role, make_enrolment, make_programme, make_version
from leaders.models import Application, CohortRole, Enrolment, MentorLink, Requirement
from leaders.moves import NotAllowed, move
from portal.demo import make_administrator, make_person, make_school
from portal.models import Act, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_administrator()


@pytest.fixture
def person() -> User:
    return make_person(school=make_school())


# The catalogue


def test_versions_are_numbered_within_their_programme(administrator):
    programme = make_programme()
    numbers = [actions.start_version(administrator, programme, hours=80).number for _time in range(2)]
    assert numbers == [1, 2]
    assert actions.start_version(administrator, make_programme("other"), hours=80).number == 1


def test_only_administrators_keep_programmes(person):
    programme = make_programme()
    with pytest.raises(PermissionDenied):
        actions.found_programme(person, code="mine", name_kk="Менікі")
    with pytest.raises(PermissionDenied):
        actions.start_version(person, programme, hours=10)


def test_what_a_cohort_stands_on_never_changes(administrator):
    version = make_version(frozen=False)
    actions.put_requirements(administrator, version, RULES)
    cohort = make_cohort(version, state="draft")
    actions.move_cohort(administrator, cohort, "published")
    version.refresh_from_db()
    assert version.state == "frozen"
    with pytest.raises(PermissionDenied):
        actions.put_requirements(administrator, version, RULES)
    with pytest.raises(PermissionDenied):
        actions.put_rubric(administrator, version, code="x", criteria=[], name_kk="Х")


@pytest.mark.parametrize("children", [[], None])
def test_a_version_that_nobody_could_complete_is_put_to_no_use(administrator, children):
    version = make_version(frozen=False)
    if children is None:
        version.requirements.all().delete()
    else:
        actions.put_requirements(administrator, version, RULES | {"children": children})
    cohort = make_cohort(version, state="draft")
    with pytest.raises(actions.Flawed):
        actions.move_cohort(administrator, cohort, "published")
    cohort.refresh_from_db()
    assert cohort.state == "draft"


@pytest.mark.parametrize(
    "fields",
    [{"kind": "some", "amount": 0}, {"kind": "attendance", "amount": 101}, {"kind": "certificate"}, {"kind": "all", "parent": None}],
)
def test_the_database_takes_no_requirement_without_sense(fields):
    version = make_version(frozen=False)
    root = version.requirements.get(parent=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Requirement.objects.create(**{"version": version, "code": "wrong", "name_kk": "Қате", "parent": root, **fields})


# Cohorts and who looks after them


def test_only_whose_cohort_it_is_moves_it(administrator, person):
    cohort = make_cohort(state="draft")
    with pytest.raises(PermissionDenied):
        actions.move_cohort(person, cohort, "published")
    make_cohort_role(cohort, person)
    actions.move_cohort(person, cohort, "published")
    with pytest.raises(NotAllowed):
        actions.move_cohort(administrator, cohort, "running")
    assert Act.objects.get(verb="cohorts published").actor == person


def test_a_role_is_held_once_and_ends(administrator, person):
    cohort = make_cohort(state="draft")
    roles = [actions.give_cohort_role(administrator, cohort, person, "trainer") for _time in range(2)]
    assert roles[0] == roles[1]
    actions.end_cohort_role(administrator, roles[0])
    assert not CohortRole.objects.current().exists()
    actions.end_cohort_role(administrator, roles[0])
    assert Act.objects.filter(verb="end cohort role").count() == 1


def test_a_cohort_that_people_apply_to_keeps_a_manager(administrator, person):
    cohort = make_cohort(manager=person)
    make_application(make_person("applicant@example.org"), cohort, state="draft")
    with pytest.raises(PermissionDenied):
        actions.end_cohort_role(administrator, CohortRole.objects.get())
    make_cohort_role(cohort, make_person("second@example.org"))
    actions.end_cohort_role(administrator, CohortRole.objects.get(user=person))


def test_with_her_role_a_mentor_leaves_her_people(administrator, person):
    enrolment = make_enrolment(person, make_cohort())
    mentor = make_person("mentor@example.org")
    role = make_cohort_role(enrolment.cohort, mentor, "mentor")
    MentorLink.objects.create(enrolment=enrolment, mentor=mentor)
    actions.end_cohort_role(administrator, role)
    assert not MentorLink.objects.current().exists()


@pytest.mark.parametrize("make", [make_application, make_enrolment])
def test_nobody_looks_after_a_cohort_she_applies_to_or_studies_in(administrator, person, make):
    cohort = make_cohort()
    make(person, cohort)
    with pytest.raises(actions.ConflictOfInterest):
        actions.give_cohort_role(administrator, cohort, person, "examiner")
    manager = make_person("manager@example.org")
    make_cohort_role(cohort, manager)
    with pytest.raises(actions.ConflictOfInterest):
        actions.start_application(manager, cohort)


@pytest.mark.parametrize(
    "fields", [{"capacity": 0}, {"ends_on": "2020-01-01"}, {"opens_at": "2026-02-02 00:00Z", "closes_at": "2026-02-01 00:00Z"}]
)
def test_the_database_takes_no_cohort_without_sense(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_cohort(state="draft", **fields)


def test_the_page_of_a_cohort_says_when_for_whom_and_what_it_takes(client):
    cohort = make_cohort(place="Астана")
    page = client.get(f"/kk/leaders/{cohort.pk}/").content.decode()
    for said in (
        "Күзгі лек",
        "Астана",
        "240",
        "Кездесулерге қатысу: сағаттың кемінде 80 пайызы",
        "Рефлексиялық есеп",
        "өтінім қабылдануда",
    ):
        assert said in page
    assert "Осенний поток" in client.get(f"/ru/leaders/{cohort.pk}/").content.decode()


def test_the_page_of_a_cohort_asks_no_more_for_a_larger_tree(client, django_assert_num_queries):
    tree = RULES | {"children": [dict(node, code=f"{node['code']}-{n}") for n in range(10) for node in RULES["children"]]}
    for rules in (RULES, tree):
        address = f"/kk/leaders/{make_cohort(make_version(rules=rules)).pk}/"
        client.get(address)
        with django_assert_num_queries(4):
            client.get(address)


# Applying


def test_a_second_press_finds_the_draft(person):
    cohort = make_cohort()
    assert actions.start_application(person, cohort) == actions.start_application(person, cohort)


def test_an_application_goes_with_the_place_of_work_and_with_consent(person):
    application = make_application(person, make_cohort())
    application.refresh_from_db()
    assert (application.state, application.school, application.region_id) == (
        "submitted",
        person.main_position.school,
        application.school.region_id,
    )
    assert application.consent_at and application.consent_version
    with pytest.raises(PermissionDenied):
        actions.submit_application(person, application)


@pytest.mark.parametrize(("state", "closed"), [("published", False), ("selection", False), ("open", True)])
def test_out_of_time_nobody_applies(person, state, closed):
    cohort = make_cohort(state=state, closes_at=timezone.now() + timedelta(days=-1 if closed else 1))
    with pytest.raises(actions.NotOpen):
        actions.start_application(person, cohort)


def test_nobody_sends_what_another_has_written(person):
    application = make_application(person, make_cohort(), state="draft")
    with pytest.raises(PermissionDenied):
        actions.submit_application(make_person("other@example.org"), application)


def test_one_live_application_for_each_person(person):
    cohort = make_cohort()
    move(make_application(person, cohort), "withdrawn", actor=person)
    make_application(person, cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(cohort=cohort, user=person)


# Waiting


def test_those_who_wait_stand_in_the_order_in_which_they_came():
    cohort = make_cohort()
    people = [make_person(f"p{number}@example.org") for number in range(3)]
    rows = [actions.join_waiting(None, cohort, person) for person in people]
    assert rows == list(Enrolment.objects.waiting().by_time()) and actions.join_waiting(None, cohort, people[0]) == rows[0]
    Enrolment.objects.filter(pk=rows[2].pk).update(score=90)
    assert list(Enrolment.objects.waiting().by_score()) == [rows[2], rows[0], rows[1]]


def test_only_managers_put_people_on_the_list(person):
    with pytest.raises(PermissionDenied):
        actions.join_waiting(person, make_cohort(), person)
