"""A person takes along what she said in groups, or leaves it by nobody, or takes it back."""

import pytest

from community import actions
from community.checking import check
from community.demo import make_group, make_member, make_post, make_topic
from community.models import Group, Membership, Post, Topic
from portal import actions as portal_actions
from portal import my_data
from portal.demo import make_person
from portal.models import Act, User
from search.models import Entry, Passage

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver() -> User:
    return make_person("leaver@example.org", given_name="Жаңыл", family_name="Сапарқызы")


@pytest.fixture
def colleague() -> User:
    return make_person("colleague@example.org")


def test_she_takes_along_what_she_said_and_where_she_belongs(leaver):
    make_topic(leaver, make_group(leaver, name="Физиктер"), title="Лазер", text="Менің сөзім")
    data = next(part for part in my_data.seams.person_data if part.app == "community").export(leaver)
    assert data["groups"][0]["group__name_kk"] == "Физиктер"
    assert (data["topics"][0]["title"], data["posts"][0]["text"]) == ("Лазер", "Менің сөзім")


def test_what_she_takes_along_does_not_name_a_topic_that_she_may_no_longer_read(leaver, colleague):
    group = make_group(colleague, leaver, access=Group.Access.HIDDEN)
    topic = make_topic(colleague, group, title="Жұмбақтақырып")
    make_post(leaver, topic, text="Менің сөзім")
    export = next(part for part in my_data.seams.person_data if part.app == "community").export
    assert export(leaver)["posts"][0]["title"] == "Жұмбақтақырып"
    actions.leave_group(leaver, group)
    taken = export(leaver)
    assert "Жұмбақтақырып" not in str(taken) and taken["posts"][0]["text"] == "Менің сөзім"


@pytest.mark.parametrize("keep", [True, False])
def test_her_posts_stay_by_nobody_or_are_erased(leaver, colleague, keep):
    group = make_group(colleague, leaver)
    topic, alone = make_topic(leaver, group, text="Менің сөзім"), make_topic(leaver, group, title="Жалғыз")
    make_post(colleague, topic, text=f"[@Жаңыл Сапарқызы](/people/{leaver.pk}/) дұрыс айтады")
    portal_actions.forget_person(leaver, keep=keep)
    opening, named = topic.posts.order_by("number")
    assert (opening.author, opening.state) == (None, Post.State.SHOWN if keep else Post.State.DELETED)
    assert ("Менің сөзім" in opening.text) == keep == Passage.objects.filter(text__contains="Менің сөзім").exists()
    assert "Сапарқызы" not in named.text + named.html and "дұрыс айтады" in named.text
    assert not Passage.objects.filter(text__contains="Сапарқызы").exists()
    assert Topic.objects.get(pk=alone.pk).title == ("Жалғыз" if keep else "")
    assert Entry.objects.filter(source="topics", object_id=alone.pk).exists() == keep
    assert all(entry.data["author"] == "" for entry in Entry.objects.filter(source="topics"))


def test_a_group_whose_last_owner_leaves_goes_to_who_has_looked_after_it_longest(leaver, colleague):
    group = make_group(leaver, colleague)
    make_member(group, make_person("steward@example.org"), role=Membership.Role.STEWARD)
    make_member(group, make_person("later@example.org"), role=Membership.Role.STEWARD)
    portal_actions.forget_person(leaver, keep=True)
    assert group.memberships.get(role=Membership.Role.OWNER).user.email == "steward@example.org"
    assert Act.objects.get(verb="change role", actor=None).ref == group.ref
    group.refresh_from_db()
    assert group.members_count == 3


def test_a_row_that_goes_leaves_every_counter_right(leaver, colleague):
    group, other = make_group(colleague, leaver), make_group(leaver, colleague)
    make_post(leaver, make_topic(colleague, group))
    make_topic(leaver, other)
    portal_actions.forget_person(leaver, keep=False)
    assert not User.objects.filter(pk=leaver.pk).exists()
    assert set(Group.objects.filter(pk__in=[group.pk, other.pk]).values_list("members_count", flat=True)) == {1}
    assert list(check()) == []
