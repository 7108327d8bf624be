"""Posts are numbered as they come, stored once, and counted."""

import uuid

import pytest

from community import actions
from community.demo import make_group, make_member, make_post, make_topic
from community.models import Post, Topic
from portal.demo import make_person

pytestmark = pytest.mark.django_db


def test_posts_are_numbered_and_counted():
    owner, colleague = make_person(), make_person("colleague@example.org")
    group = make_group(owner, colleague)
    topic = make_topic(owner, group, kind="question")
    posts = [make_post(colleague, topic) for _ in range(3)]
    topic.refresh_from_db()
    assert [post.number for post in posts] == [2, 3, 4]
    assert (topic.highest_number, topic.posts_count, topic.last_author) == (4, 4, colleague)
    assert topic.answered_at


def test_one_form_sends_one_post():
    owner = make_person()
    group, key = make_group(owner), uuid.uuid4()
    posts = [actions.post_topic(owner, group, title="Бір рет", text="Мәтін", key=key) for _ in range(2)]
    assert posts[0] == posts[1]
    assert Topic.objects.count() == Post.objects.count() == 1


@pytest.mark.parametrize("access", ["open", "request", "hidden"])
def test_who_reads(access):
    owner, member, outsider = (make_person(f"{name}@example.org") for name in ("owner", "member", "outsider"))
    group = make_group(owner, access=access)
    make_member(group, member)
    topic = make_topic(owner, group)
    assert Topic.objects.visible_to(member).filter(pk=topic.pk).exists()
    assert Post.objects.visible_to(member).filter(topic=topic).exists()
    assert Topic.objects.visible_to(outsider).filter(pk=topic.pk).exists() == (access == "open")
    assert type(group).objects.visible_to(outsider).filter(pk=group.pk).exists() == (access != "hidden")
