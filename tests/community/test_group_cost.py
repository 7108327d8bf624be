"""Pages of a group ask little of the database, and no more for many rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community import actions
from community.demo import make_group, make_member, make_topic
from community.models import Group
from portal.demo import make_person
from portal.models import User

pytestmark = pytest.mark.django_db

# The directory is a page of results, with its facets counted.
LIMITS = {"group": 6, "group_members": 6, "group_about": 7, "group_requests": 6, "groups": 9}
FEW, MANY = 1, 19


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def numbers(client: Client, group: Group) -> dict[str, int]:
    found = {}
    for name in LIMITS:
        address = reverse(name, args=[] if name == "groups" else [group.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        found[name] = len(captured)
    return found


def fill(group: Group, owner: User, numbers: range) -> None:
    for number in numbers:
        make_member(group, make_person(f"member-{number}@example.org"))
        actions.ask_to_join(make_person(f"asker-{number}@example.org"), group, answer="Өтінемін")
        make_topic(owner, group, title=f"Тақырып {number}")
        make_group(owner, name=f"Топ {number}")


def test_a_page_of_a_group_asks_little_and_no_more_for_many_rows():
    owner = make_person("owner@example.org")
    group = make_group(owner, access="request")
    client = signed_in(owner)
    fill(group, owner, range(FEW))
    few = numbers(client, group)
    fill(group, owner, range(FEW, MANY))
    assert numbers(client, group) == few
    assert {name: number for name, number in few.items() if number > LIMITS[name]} == {}
