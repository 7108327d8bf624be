"""Feeds and maps of the site: what everybody reads, and nothing of other groups."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.demo import make_group, make_topic
from community.models import Group, Topic
from portal.demo import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_person("owner@example.org", given_name="Айнұр", family_name="Сейітқалиева")


def channel(group):
    return ElementTree.fromstring(Client().get(f"/kk/groups/{group.pk}/feed/").content).find("channel")


def located(key: str, language: str = "kk") -> str:
    return b"".join(Client().get(f"/sitemaps/{key}/{language}/0.xml")).decode()


def test_the_feed_of_an_open_group_tells_what_is_new(owner):
    group = make_group(owner, name="Физиктер")
    topic = make_topic(owner, group, title="Лазер", text="**Қалай** бастайсыз?")
    Topic.objects.filter(pk=make_topic(owner, group, title="Жасырылған").pk).update(state=Topic.State.HIDDEN)
    shown = channel(group)
    [item] = shown.findall("item")
    assert shown.findtext("title").startswith("Физиктер · ")
    assert (item.findtext("title"), item.findtext("description")) == ("Лазер", "Қалай бастайсыз?")
    assert item.findtext("link").endswith(f"/kk/topics/{topic.pk}/")


def test_a_feed_costs_the_same_for_one_topic_and_for_twenty(owner):
    group = make_group(owner)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            channel(group)
        return len(captured)

    make_topic(owner, group)
    few = cost()
    for _topic in range(19):
        make_topic(owner, group)
    assert cost() == few <= 3


@pytest.mark.parametrize("access", ["request", "hidden"])
def test_other_groups_have_neither_feed_nor_place_on_the_map(owner, access):
    group = make_group(owner, access=access)
    topic = make_topic(owner, group)
    assert Client().get(f"/kk/groups/{group.pk}/feed/").status_code == 404
    assert f"/groups/{group.pk}/" not in located("groups") and f"/topics/{topic.pk}/" not in located("topics")


def test_the_map_names_open_groups_and_topics_in_their_language(owner):
    group = make_group(owner)
    topic = make_topic(owner, group, language="ru")
    assert f"/kk/groups/{group.pk}/" in located("groups") and f"/groups/{group.pk}/" not in located("groups", "ru")
    assert f"/ru/topics/{topic.pk}/" in located("topics", "ru") and f"/topics/{topic.pk}/" not in located("topics", "kk")
    Group.objects.filter(pk=group.pk).update(hidden_at=timezone.now())
    assert f"/groups/{group.pk}/" not in located("groups") and f"/topics/{topic.pk}/" not in located("topics", "ru")
