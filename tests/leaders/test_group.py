"""The group of a cohort follows its seats and roles, and nothing else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from community import actions as community
from community.models import Group, Membership
from leaders import actions
from leaders.demo import make_cohort, make_cohort_role, make_enrolment
from leaders.models import Cohort
from leaders.moves import move
from portal.actions import forget_person
from portal.demo import make_person
from portal.models import Act, User

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org")


@pytest.fixture
def participant() -> User:
    return make_person("participant@example.org")


@pytest.fixture
def cohort(manager, participant) -> Cohort:
    cohort = make_cohort(manager=manager)
    make_enrolment(participant, cohort)
    cohort.refresh_from_db()
    return cohort


def members(cohort: Cohort) -> dict[str, str]:
    rows = Membership.objects.filter(group=cohort.group).values_list("user__email", "role")
    return {email.partition("@")[0]: role for email, role in rows}


def test_the_group_begins_with_the_first_seat(manager):
    cohort = make_cohort(manager=manager, name_en="")
    make_enrolment(make_person("waiting@example.org"), cohort, state="waiting")
    cohort.refresh_from_db()
    assert cohort.group is None
    make_enrolment(make_person("first@example.org"), cohort, state="enrolled")
    cohort.refresh_from_db()
    group = cohort.group
    assert (group.name_kk, group.name_ru, group.name_en) == ("Күзгі лек", "Осенний поток", "")
    assert group.purpose_kk and group.purpose_ru != group.purpose_kk and not group.purpose_en
    assert group.is_hidden and group.members_count == 2
    assert members(cohort) == {"manager": "owner", "first": "member"}


def test_everybody_has_the_role_that_the_cohort_gives(cohort):
    both = make_person("both@example.org")
    for name in ("observer", "mentor"):
        make_cohort_role(cohort, both, name)
    make_cohort_role(cohort, make_person("examiner@example.org"), "examiner")
    assert members(cohort) == {"manager": "owner", "participant": "member", "both": "steward", "examiner": "member"}
    actions.end_cohort_role(None, cohort.roles.get(user=both, name="mentor"))
    assert members(cohort)["both"] == "member"
    actions.end_cohort_role(None, cohort.roles.get(user=both, until=None))
    assert "both" not in members(cohort)


def test_a_seat_that_is_given_up_leads_out(cohort, participant):
    move(participant.enrolments.get(), "withdrawn", actor=participant)
    actions.sync_group(cohort)
    assert members(cohort) == {"manager": "owner"}
    cohort.group.refresh_from_db()
    assert cohort.group.members_count == 1
    assert signed_in(participant).get(f"/kk/groups/{cohort.group_id}/").status_code == 404


def test_repeating_it_changes_nothing(cohort):
    before = Act.objects.count()
    actions.sync_group(cohort)
    assert Act.objects.count() == before
    assert Group.objects.filter(origin="cohort").count() == 1


def test_nobody_comes_or_goes_by_herself_or_by_a_steward(cohort, manager, participant):
    group, stranger = cohort.group, make_person("stranger@example.org")
    membership = Membership.objects.get(user=participant)
    for refused in (
        lambda: community.join_group(stranger, group),
        lambda: community.ask_to_join(stranger, group),
        lambda: community.leave_group(participant, group),
        lambda: community.invite_to_group(manager, group),
        lambda: community.set_role(manager, membership, "owner"),
        lambda: community.remove_member(manager, membership, reason="…"),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert members(cohort) == {"manager": "owner", "participant": "member"}


def test_no_door_is_shown_that_would_not_open(cohort, manager, participant):
    group = f"/kk/groups/{cohort.group_id}/"
    pages = [signed_in(manager).get(f"{group}members/").content.decode(), signed_in(participant).get(group).content.decode()]
    for door in ("/leave/", "/invitations/", "/role/", "/remove/", "/exclusions/"):
        assert not any(door in page for page in pages), door
    for person, path in ((participant, "leave/"), (manager, "invitations/"), (manager, f"members/{participant.pk}/remove/")):
        assert signed_in(person).get(f"{group}{path}").status_code == 403


def test_its_owner_writes_its_rules_but_opens_it_to_nobody(cohort, manager):
    client, address = signed_in(manager), f"/kk/groups/{cohort.group_id}/edit/"
    assert "access" not in client.get(address).context["form"].fields
    sent = {"name_kk": "Күзгі лек", "purpose_kk": "Лек әңгімесі.", "access": "open", "rules": "Сыйласамыз.", "slow_minutes": 0}
    assert client.post(address, sent).status_code == 302
    cohort.group.refresh_from_db()
    assert cohort.group.is_hidden and cohort.group.rules == "Сыйласамыз."


def test_the_group_is_called_as_its_cohort(cohort):
    actions.change_cohort(None, cohort, name_kk="Қысқы лек", name_en="Winter cohort")
    cohort.group.refresh_from_db()
    assert (cohort.group.name_kk, cohort.group.name_ru, cohort.group.name_en) == ("Қысқы лек", "Осенний поток", "Winter cohort")


@pytest.mark.parametrize("end", ["archived", "cancelled"])
def test_it_is_only_read_once_the_cohort_is_over(cohort, participant, end):
    steps = ("selection", "confirmed", "running", "assessment", "closed", "archived") if end == "archived" else ("cancelled",)
    for to in steps:
        cohort.group.refresh_from_db()
        assert cohort.group.archived_at is None
        cohort = actions.move_cohort(None, cohort, to)
    cohort.group.refresh_from_db()
    assert cohort.group.archived_at
    assert signed_in(participant).get(f"/kk/groups/{cohort.group_id}/").status_code == 200


def test_who_leaves_the_portal_makes_no_participant_an_owner(cohort, manager):
    forget_person(manager, keep=True)
    assert members(cohort) == {"participant": "member"}
