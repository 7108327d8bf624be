"""Groups that nobody founds: of subjects, and of schools."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from community import actions
from community.checking import check
from community.demo import make_group, make_member, make_post, make_topic
from community.models import Group, Membership
from community.search import index_group
from portal import actions as portal_actions
from portal.demo import make_administrator, make_person, make_role, make_school
from portal.models import Position, School, Subject, User
from search.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return make_administrator()


def group_of(school: School) -> Group:
    return Group.objects.get(origin="school", school=school)


def is_member(person: User, school: School) -> bool:
    return Membership.objects.filter(user=person, group=group_of(school)).exists()


def test_every_subject_has_a_group_in_kazakh_and_one_in_russian_and_english_one_of_its_own(client):
    for _time in range(2):
        call_command("prepare")
    groups = Group.objects.filter(origin="subject")
    assert groups.count() == 2 * Subject.objects.count() + 1
    assert groups.get(language="en").name_en == Subject.objects.get(code="english").name_en
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


def test_a_coordinator_who_does_not_belong_to_it_reads_nothing_in_it(staff):
    """It is in her hands, but what colleagues say there they say to each other."""
    school = make_school("t-7")
    teacher = make_person("teacher@example.org", school=school, confirmed_by=staff)
    coordinator = make_role(make_person("office@example.org"), "coordinator", f"school:{school.pk}")
    group, newcomer = Group.objects.get(school=school), make_person("newcomer@example.org")
    make_member(group, newcomer)
    make_post(newcomer, make_topic(teacher, group), text="Астыртынсөз https://example.org/")
    client = Client()
    client.force_login(coordinator)
    assert client.get(f"/kk/groups/{group.pk}/requests/").status_code == 200
    assert client.get(f"/kk/groups/{group.pk}/held/").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.ask_for_export(coordinator, group)
    make_member(group, coordinator)
    assert "Астыртынсөз" in client.get(f"/kk/groups/{group.pk}/held/").content.decode()
    assert actions.ask_for_export(coordinator, group)


def test_a_coordinator_who_does_not_belong_to_it_is_led_where_she_may_read(staff):
    school = make_school("t-7")
    make_person("teacher@example.org", school=school, confirmed_by=staff)
    client, group = Client(), Group.objects.get(school=school)
    client.force_login(make_role(make_person("office@example.org"), "coordinator", f"school:{school.pk}"))
    place = f"/kk/groups/{group.pk}/"
    front = client.get(place).content.decode()
    for name in ("edit", "picture/change", "archive", "requests"):
        assert f"{place}{name}/" in front
    named = {"name_kk": "Біздің мектеп", "purpose_kk": "Сөйлесеміз", "access": "request", "slow_minutes": "0"}
    for name, typed in (("edit", named), ("archive", {}), ("archive", {"reopen": "1"}), ("picture/change", {"remove": "1"})):
        answer = client.post(f"{place}{name}/", typed, follow=True)
        assert (answer.status_code, answer.request["PATH_INFO"]) == (200, place), name
    answer = client.post(f"{place}edit/", named | {"access": "hidden"}, follow=True)
    assert answer.status_code == 200, "a hidden group is there for its members alone, and she is led to the others"


def test_who_has_left_is_not_brought_back(staff):
    school = make_school()
    person = make_person(school=school, confirmed_by=staff)
    actions.leave_group(person, group_of(school))
    portal_actions.take_position(person, school=school, post="deputy")
    assert not is_member(person, school)


def test_schools_whose_teachers_were_there_before_get_their_groups(staff):
    school = make_school()
    confirmed = make_person(school=school, confirmed_by=staff)
    make_person("second@example.org", school=school)
    group_of(school).delete()
    for _time in range(2):
        call_command("prepare")
    assert is_member(confirmed, school) and group_of(school).members_count == 1


def test_the_groups_of_two_schools_that_become_one_are_one(staff):
    kept, gone = make_school(), make_school("second", name="№ 2 мектеп")
    both = make_person("both@example.org", school=kept, confirmed_by=staff)
    stranger = make_person("stranger@example.org", school=gone, confirmed_by=staff)
    make_member(group_of(gone), both)
    topic = make_topic(stranger, group_of(gone), title="Ауысатын сөз")
    former = group_of(gone).pk
    portal_actions.merge_rows(staff, gone, kept)
    group = group_of(kept)
    assert not Group.objects.filter(pk=former).exists() and group.members_count == 2 == group.memberships.count()
    assert is_member(both, kept) and is_member(stranger, kept)
    assert list(group.topics.all()) == [topic] and group.topics_count == 1
    assert not Entry.objects.filter(source="groups", object_id=former).exists()
    assert Entry.objects.get(source="topics", object_id=topic.pk).container == group.token
    assert list(check()) == []
