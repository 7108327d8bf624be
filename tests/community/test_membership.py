"""Coming in, being let in, looking after a group, leaving it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from community import actions
from community.demo import make_group, make_member, make_topic
from community.invitations import address_of
from community.models import Exclusion, Group, GroupInvitation, JoinRequest, Membership, StaffVisit
from community.notices import about as visited_address
from portal.demo import make_administrator, make_person, make_role, make_school
from portal.models import Act, Notice, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def speak_kazakh():
    with override("kk"):
        yield


@pytest.fixture
def owner() -> User:
    return make_person("owner@example.org", family_name="Әлиева", given_name="Сая")


@pytest.fixture
def teacher() -> User:
    return make_person()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def press(person: User, name: str, group: Group, *more, **typed):
    return signed_in(person).post(reverse(name, args=[group.pk, *more]), typed)


def page(person: User | None, name: str, group: Group):
    return (signed_in(person) if person else Client()).get(reverse(name, args=[group.pk]))


def is_member(person: User, group: Group) -> bool:
    return Membership.objects.filter(user=person, group=group).exists()


def told(person: User) -> list[str]:
    return list(Notice.objects.filter(user=person).values_list("kind", flat=True))


# Open groups


def test_an_open_group_is_joined_and_left_by_a_press(owner, teacher):
    group = make_group(owner)
    for _press in range(2):
        assert press(teacher, "join_group", group).url == reverse("group", args=[group.pk])
    group.refresh_from_db()
    assert group.members_count == 2 and is_member(teacher, group)
    assert reverse("leave_group", args=[group.pk]) in page(teacher, "group", group).content.decode()
    for _press in range(2):
        press(teacher, "leave_group", group)
    group.refresh_from_db()
    assert group.members_count == 1 and not is_member(teacher, group)
    assert Act.objects.filter(verb__in=["join group", "leave group"], actor=teacher).count() == 2


def test_a_guest_signs_in_first(owner):
    group = make_group(owner)
    assert reverse("account_login") in page(None, "group", group).content.decode()
    assert reverse("account_login") in Client().post(reverse("join_group", args=[group.pk])).url


# Requests


def test_a_request_is_answered_with_a_word(owner, teacher):
    group = make_group(owner, access="request", question="Қай мектептенсіз?")
    make_topic(owner, group, title="Ішкі әңгіме")
    closed = page(teacher, "group", group).content.decode()
    assert "Қай мектептенсіз?" in closed and "Ішкі әңгіме" not in closed
    refused = press(teacher, "join_group", group, answer="")
    assert refused.status_code == 422 and refused.context["door"]["form"].errors
    for _press in range(2):
        press(teacher, "join_group", group, answer="Ауыл мектебінен")
    asked = JoinRequest.objects.get()
    assert told(owner) == ["group-request"]
    queue = page(owner, "group_requests", group).content.decode()
    assert "Ауыл мектебінен" in queue and teacher.full_name in queue
    for _press in range(2):
        press(owner, "decide_request", group, asked.pk, approve="1", word="Қош келдіңіз")
    assert is_member(teacher, group) and "Ішкі әңгіме" in page(teacher, "group", group).content.decode()
    notice = Notice.objects.get(user=teacher)
    assert notice.kind == "group-request-decided" and notice.data["word"] == "Қош келдіңіз"
    assert "Қош келдіңіз" in signed_in(teacher).get(reverse("notices")).content.decode()


def test_a_request_is_declined_or_taken_back(owner, teacher):
    group = make_group(owner, access="request")
    press(teacher, "join_group", group)
    press(teacher, "take_back_request", group)
    assert JoinRequest.objects.get().state == "taken-back" and told(owner) == []
    press(teacher, "join_group", group)
    asked = JoinRequest.objects.get(state="waiting")
    press(owner, "decide_request", group, asked.pk, decline="1", word="Бұл топ физиктерге арналған")
    assert not is_member(teacher, group)
    press(owner, "decide_request", group, asked.pk, approve="1")
    assert not is_member(teacher, group), "decided once"
    assert told(teacher) == ["group-request-decided"]


@pytest.mark.parametrize("archived", [False, True])
def test_whoever_waits_before_a_group_that_becomes_open_is_let_in(owner, teacher, archived):
    group = make_group(owner, access="request")
    press(teacher, "join_group", group)
    if archived:
        actions.archive_group(owner, group)
    actions.change_group(owner, group, access="open")
    if archived:
        assert JoinRequest.objects.get().state == "waiting"
        actions.reopen_group(owner, group)
    asked = JoinRequest.objects.get()
    assert (asked.state, asked.decided_by) == ("approved", owner) and is_member(teacher, group)
    assert Act.objects.get(verb="join group", actor=teacher).after == {"request": asked.pk, "let in by": owner.pk}
    assert told(teacher) == ["group-request-decided"]


# Invitations


def test_whoever_has_the_link_comes_into_a_hidden_group(owner, teacher):
    group = make_group(owner, name="Жасырын топ", access="hidden")
    for _press in range(2):
        press(owner, "group_invitations", group)
    link = "/" + address_of(GroupInvitation.objects.get()).split("/", 3)[3]
    assert "Жасырын топ" in Client().get(link).content.decode()
    assert Client().post(link).url.startswith(reverse("account_login"))
    client = signed_in(teacher)
    for _press in range(2):
        assert client.post(link).url == reverse("group", args=[group.pk])
    assert is_member(teacher, group) and GroupInvitation.objects.get().taken == 1


@pytest.mark.parametrize("end", ["withdrawn", "expired", "orphaned", "archived", "wrong"])
def test_a_dead_link_opens_nothing_and_names_no_group(owner, teacher, end):
    group = make_group(owner, name="Жасырын топ", access="hidden")
    press(owner, "group_invitations", group)
    invitation = GroupInvitation.objects.get()
    link = "/" + address_of(invitation).split("/", 3)[3]
    if end == "withdrawn":
        press(owner, "withdraw_group_invitation", group, invitation.pk)
    elif end == "orphaned":
        Membership.objects.filter(user=owner).update(role="member")
    elif end == "archived":
        press(owner, "archive_group", group)
    elif end == "wrong":
        link = link[:-2] + "x/"
    with time_machine.travel(timezone.now() + timedelta(days=15 if end == "expired" else 0)):
        client = signed_in(teacher)
        for answer in (client.get(link), client.post(link)):
            assert answer.status_code == (404 if end == "wrong" else 410)
            assert "Жасырын топ" not in answer.content.decode()
    assert not is_member(teacher, group)


# Roles


def test_the_last_owner_names_another_before_she_leaves(owner, teacher):
    group = make_group(owner, teacher)
    refused = press(owner, "leave_group", group)
    assert refused.status_code == 422 and gettext("You are the only owner of this group") in refused.content.decode()
    press(owner, "set_group_role", group, teacher.pk, role="owner")
    assert told(teacher) == ["group-role"]
    press(owner, "leave_group", group)
    assert list(group.memberships.values_list("user", "role")) == [(teacher.pk, "owner")]


def test_roles_are_an_owners_to_give(owner, teacher):
    colleague = make_person("colleague@example.org")
    group = make_group(owner, teacher, colleague)
    press(owner, "set_group_role", group, teacher.pk, role="steward")
    assert Membership.objects.get(user=teacher, group=group).role == "steward"
    assert press(teacher, "set_group_role", group, colleague.pk, role="steward").status_code == 404
    assert press(teacher, "set_group_role", group, owner.pk, role="member").status_code == 404
    press(owner, "set_group_role", group, colleague.pk, role="owner")
    assert press(colleague, "set_group_role", group, owner.pk, role="member").status_code == 403, "owners do not decide about each other"
    assert press(owner, "set_group_role", group, owner.pk, role="member").status_code == 302


def test_who_was_removed_comes_back_only_when_a_steward_lets_her(owner, teacher):
    group = make_group(owner, teacher)
    address = reverse("remove_member", args=[group.pk, teacher.pk])
    assert signed_in(owner).post(address, {"reason": ""}).status_code == 422
    for _press in range(2):
        assert signed_in(owner).post(address, {"reason": "Жарнама таратты"}).url == reverse("group_exclusions", args=[group.pk])
    assert not is_member(teacher, group) and told(teacher) == ["group-role"]
    assert "Жарнама таратты" in page(teacher, "group", group).content.decode()
    assert press(teacher, "join_group", group).status_code == 403
    for _press in range(2):
        press(owner, "lift_exclusion", group, teacher.pk)
    assert not Exclusion.objects.exists() and Act.objects.filter(verb="lift exclusion").count() == 1
    assert press(teacher, "join_group", group).status_code == 302 and is_member(teacher, group)


def test_a_steward_removes_no_steward_and_no_owner(owner, teacher):
    colleague = make_person("colleague@example.org")
    group = make_group(owner)
    for person in (teacher, colleague):
        make_member(group, person, role="steward")
    for person in (owner, colleague, teacher):
        assert press(teacher, "remove_member", group, person.pk, reason="Себеп").status_code == 403
    assert group.memberships.count() == 3


def test_members_are_shown_to_people_who_are_signed_in_but_not_those_they_have_blocked(owner, teacher):
    group = make_group(owner, teacher)
    colleague = make_person("colleague@example.org", family_name="Оспан")
    assert owner.full_name in page(colleague, "group_members", group).content.decode()
    assert owner.full_name not in page(None, "group_members", group).content.decode()
    colleague.blocks.create(blocked=owner)
    assert owner.full_name not in page(colleague, "group_members", group).content.decode()


# Visits


@pytest.mark.parametrize("access", ["request", "hidden"])
def test_those_responsible_look_in_for_an_hour_with_a_reason_the_owner_reads(owner, access):
    staff = make_administrator()
    group = make_group(owner, name="Жабық топ", access=access)
    make_topic(owner, group, title="Ішкі әңгіме")
    assert "Ішкі әңгіме" not in page(staff, "group", group).content.decode()
    door = page(staff, "visit_group", group)
    assert door.status_code == 200 and "Жабық топ" not in door.content.decode()
    assert press(staff, "visit_group", group, reason="").status_code == 422
    for _press in range(2):
        press(staff, "visit_group", group, reason="Шағым бойынша")
    assert StaffVisit.objects.count() == Act.objects.filter(verb="visit group").count() == 1
    assert "Ішкі әңгіме" in page(staff, "group", group).content.decode()
    assert told(owner) == ["group-visited"]
    assert "Шағым бойынша" in page(owner, "group_about", group).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert page(staff, "group_about", group).status_code == 404


def test_a_visit_to_the_group_of_a_school_is_told_to_its_coordinator(teacher):
    staff, school = make_administrator(), make_school()
    coordinator = make_role(make_person("office@example.org"), "coordinator", f"school:{school.pk}")
    elsewhere = make_role(make_person("other@example.org"), "coordinator", f"school:{make_school('second').pk}")
    steward = make_person("steward@example.org")
    group = make_group(None, teacher, access="request", origin="school", school=school)
    make_member(group, steward, role=Membership.Role.STEWARD)
    press(staff, "visit_group", group, reason="Шағым бойынша")
    assert told(coordinator) == told(steward) == ["group-visited"]
    assert told(elsewhere) == told(teacher) == []
    assert "Шағым бойынша" in signed_in(coordinator).get("/kk/notices/").content.decode()
    assert "Шағым бойынша" in followed(coordinator)
    assert "Шағым бойынша" not in page(elsewhere, "group", group).content.decode()
    make_member(group, coordinator)
    assert "Шағым бойынша" in followed(coordinator), "the notice leads where she may read, also when she belongs to it by now"


def followed(person: User) -> str:
    """What she reads where the notice leads her."""
    notice = Notice.objects.get(user=person, kind="group-visited")
    return signed_in(person).get(f"/kk{visited_address(notice)}", follow=True).content.decode()


def test_where_there_is_no_owner_stewards_are_told_of_a_visit(teacher):
    staff, group = make_administrator(), make_group(None, teacher, access="request", origin="subject")
    steward = make_person("steward@example.org")
    make_member(group, steward, role=Membership.Role.STEWARD)
    press(staff, "visit_group", group, reason="Шағым бойынша")
    assert (told(steward), told(teacher)) == (["group-visited"], [])
    assert "Шағым бойынша" in followed(steward)


def test_a_visit_to_a_hidden_group_is_told_to_nobody_who_may_not_know_of_it(teacher):
    staff, colleague, school = make_administrator(), make_administrator("second@example.org"), make_school()
    coordinator = make_role(make_person("office@example.org"), "coordinator", f"school:{school.pk}")
    group = make_group(None, teacher, access="hidden", origin="school", school=school)
    press(staff, "visit_group", group, reason="Шағым бойынша")
    assert told(coordinator) == told(colleague) == []


def test_where_nobody_looks_after_a_group_other_administrators_are_told_of_a_visit(teacher):
    staff, colleague = make_administrator(), make_administrator("second@example.org")
    group = make_group(None, teacher, access="request", origin="subject")
    press(staff, "visit_group", group, reason="Шағым бойынша")
    assert (told(staff), told(colleague), told(teacher)) == ([], ["group-visited"], [])
    assert "Шағым бойынша" in followed(colleague)


def test_the_door_of_visits_tells_others_nothing(owner, teacher):
    hidden = make_group(owner, access="hidden")
    there = page(teacher, "visit_group", hidden)
    missing = signed_in(teacher).get(reverse("visit_group", args=[hidden.pk + 1000]))
    assert there.status_code == missing.status_code == 404
