"""Groups that nobody founds: of subjects, and of schools."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from community import actions
from community.demo import make_group
from community.models import Group, Membership
from community.search import index_group
from portal import actions as portal_actions
from portal.demo import make_administrator, make_person, make_school
from portal.models import Position, School, Subject, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return make_administrator()


def group_of(school: School) -> Group:
    return Group.objects.get(origin="school", school=school)


def is_member(person: User, school: School) -> bool:
    return Membership.objects.filter(user=person, group=group_of(school)).exists()


def test_every_subject_has_a_group_in_kazakh_and_one_in_russian(client):
    for _time in range(2):
        call_command("prepare")
    groups = Group.objects.filter(origin="subject")
    assert groups.count() == 2 * Subject.objects.count()
    kazakh, russian = groups.filter(subject__code="mathematics").order_by("language")
    assert (kazakh.languages, russian.languages) == (["kk"], ["ru"])
    assert kazakh.name == Subject.objects.get(code="mathematics").name_kk and "Математика" in russian.purpose_ru
    found = {hit.object_id for hit in client.get(reverse("groups"), {"subject": "mathematics"}).context["results"]}
    assert found >= {kazakh.pk, russian.pk}


def test_a_school_has_its_group_from_its_first_teacher_on(staff):
    school = make_school()
    person = make_person(school=school)
    group = group_of(school)
    assert (group.name_kk, group.access, group.members_count) == (school.name_kk, "request", 0)
    portal_actions.confirm_position(staff, person.positions.get())
    assert is_member(person, school)
    make_person("second@example.org", school=school)
    assert Group.objects.filter(school=school).count() == 1


def test_founded_groups_stand_before_automatic_ones(client):
    founded = make_group(make_person())
    index_group(founded)
    make_person("second@example.org", school=make_school())
    listed = [hit.object_id for hit in client.get(reverse("groups")).context["results"]]
    assert listed.index(founded.pk) < listed.index(Group.objects.get(origin="school").pk)


def test_a_proposed_school_has_none():
    school = portal_actions.propose_school(make_person(), name="Жаңа мектеп", region=make_school().region)
    portal_actions.take_position(make_person("second@example.org"), school=school, post="teacher")
    assert not Group.objects.filter(school=school).exists()


@pytest.mark.parametrize("end", ["moved", "unconfirmed"])
def test_who_works_there_no_longer_is_no_member(staff, end):
    school = make_school()
    person = make_person(school=school, confirmed_by=staff)
    assert is_member(person, school)
    if end == "moved":
        portal_actions.take_position(person, school=make_school("second"), post="teacher")
    else:
        portal_actions.withdraw_confirmation(staff, Position.objects.get(user=person), reason="Қате")
    assert not is_member(person, school)
    assert group_of(school).members_count == 0


def test_who_has_left_is_not_brought_back(staff):
    school = make_school()
    person = make_person(school=school, confirmed_by=staff)
    actions.leave_group(person, group_of(school))
    portal_actions.take_position(person, school=school, post="deputy")
    assert not is_member(person, school)
