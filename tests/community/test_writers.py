"""Many people answer in one topic at the same moment: no number is left out or given twice, and nobody is sent away."""

import uuid
from functools import partial

import pytest
from django.core.management import call_command
from django.db import connection

from community import actions
from community.demo import make_group, make_topic
from community.models import Post, Topic
from portal.demo import make_person

from ..together import together

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, POSTS = 16, 50


@pytest.fixture
def patient(monkeypatch):
    """SQLite lets in by chance whoever waits to write: on a machine that runs three suites one of sixteen may wait longer than in use."""
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 120)


def test_sixteen_writers_leave_no_gap(patient, capsys):
    writers = [make_person(f"writer{number}@example.org") for number in range(WRITERS)]
    group = make_group(writers[0], *writers[1:])
    topic = make_topic(writers[0], group, kind="question")

    def write(writer) -> int:
        for number in range(POSTS):
            actions.reply(writer, topic, text=f"{number + 1}-жауап", key=uuid.uuid4())
        return POSTS

    assert together(*(partial(write, writer) for writer in writers)) == [POSTS] * WRITERS
    posts = Post.objects.filter(topic=topic)
    assert list(posts.order_by("number").values_list("number", flat=True)) == list(range(1, WRITERS * POSTS + 2))
    assert list(posts.order_by("created_at").values_list("number", flat=True)) == list(range(1, WRITERS * POSTS + 2))
    topic.refresh_from_db()
    assert (topic.highest_number, topic.posts_count) == (WRITERS * POSTS + 1, WRITERS * POSTS + 1)
    capsys.readouterr()
    call_command("check_community")
    assert capsys.readouterr().out == "0 wrong\n"


def test_one_form_pressed_many_times_sends_one_post():
    writer, key = make_person(), uuid.uuid4()
    topic = make_topic(writer, make_group(writer))
    sent = together(*[partial(actions.reply, writer, topic, text="Бір рет", key=key)] * WRITERS)
    assert {post.number for post in sent} == {2}
    assert Post.objects.filter(topic=topic).count() == Topic.objects.get().posts_count == 2


def test_one_form_pressed_many_times_starts_one_topic():
    writer, key = make_person(), uuid.uuid4()
    group = make_group(writer)
    sent = together(*[partial(actions.post_topic, writer, group, title="Бір тақырып", text="Бір рет", key=key)] * WRITERS)
    assert len({post.pk for post in sent}) == Topic.objects.count() == 1
    group.refresh_from_db()
    assert group.topics_count == 1
