"""What is kept counted follows from the rows, and only what differs is written."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community import actions
from community.demo import make_group, make_post, make_topic
from community.models import Group, GroupInvitation, Post, Topic
from portal.demo import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return make_person("colleague@example.org")


@pytest.fixture
def question(colleague):
    group = make_group(make_person(), colleague)
    topic = make_topic(group.founder, group, kind="question")
    make_post(colleague, topic)
    make_post(group.founder, topic)
    return Topic.objects.get(pk=topic.pk)


def said(capsys, **options) -> list[str]:
    capsys.readouterr()
    call_command("check_community", **options)
    return capsys.readouterr().out.splitlines()


def test_what_actions_write_is_right(question, capsys):
    make_topic(question.author, question.group)
    assert said(capsys) == ["0 wrong"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"posts_count": 7},
        {"highest_number": 2},
        {"bumped_at": timezone.now() - timedelta(days=3)},
        {"last_author": None},
        {"answered_at": None},
        {"posts_count": 0, "answered_at": timezone.now()},
    ],
)
def test_a_wrong_counter_of_a_topic_is_found_and_repaired(question, capsys, wrong):
    Topic.objects.filter(pk=question.pk).update(**wrong)
    assert said(capsys)[-1] == f"{len(wrong)} wrong"
    assert len(said(capsys, fix=True)) == len(wrong) + 1
    assert said(capsys) == ["0 wrong"]
    assert Topic.objects.values().get(pk=question.pk) == {name: vars(question)[name] for name in Topic.objects.values().get()}


def test_wrong_counters_of_a_group_are_found_and_repaired(question, capsys):
    Group.objects.update(members_count=40, topics_count=0)
    assert said(capsys, fix=True) == [
        f"group {question.group_id}: members_count says 40, has 2",
        f"group {question.group_id}: topics_count says 0, has 1",
        "2 wrong",
    ]
    assert Group.objects.values_list("members_count", "topics_count").get() == (2, 1)


def test_who_came_by_an_invitation_is_counted_by_the_act(question, capsys):
    invitation = actions.invite_to_group(question.group.founder, question.group)
    for number in range(2):
        assert actions.accept_group_invitation(make_person(f"invited{number}@example.org"), invitation)
    assert said(capsys) == ["0 wrong"]
    GroupInvitation.objects.update(taken=9)
    assert said(capsys, fix=True) == [f"invitation {invitation.pk}: taken says 9, has 2", "1 wrong"]
    assert GroupInvitation.objects.get().taken == 2


def test_a_hidden_post_keeps_its_number_and_is_not_counted(question, capsys):
    Post.objects.filter(number__gt=1).update(state=Post.State.HIDDEN)
    said(capsys, fix=True)
    topic, first = Topic.objects.get(), Post.objects.get(number=1)
    assert (topic.posts_count, topic.highest_number, topic.last_author) == (1, 3, first.author)
    assert (topic.bumped_at, topic.answered_at) == (first.created_at, None)


def test_nobody_can_tell_who_answered_somebody_who_left(question, capsys):
    Topic.objects.update(author=None)
    Post.objects.update(author=None)
    Topic.objects.update(last_author=None)
    assert said(capsys) == ["0 wrong"]


def test_rows_that_are_right_are_not_written(question, capsys):
    others = [make_topic(question.author, question.group) for _ in range(3)]
    Topic.objects.filter(pk=others[1].pk).update(posts_count=9)
    with CaptureQueriesContext(connection) as queries:
        said(capsys, fix=True)
    written = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    assert len(written) == 2
    assert written[0].endswith(f'"id" IN ({others[1].pk})') and written[1].endswith(f'"id" = {others[1].pk}')
    assert 'SET "posts_count" = 1 WHERE' in written[1]
    with CaptureQueriesContext(connection) as queries:
        said(capsys, fix=True)
    assert not [query for query in queries if query["sql"].startswith("UPDATE")]
