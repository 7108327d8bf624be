"""No page of groups reads a whole table: PostgreSQL is asked how it would answer the very queries of the pages."""

import re

import pytest
from django.db import connection
from django.db.models import Count, Max
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.lists import answered_in_time
from community.models import Group, Membership, Topic
from portal.models import User
from tools.bench.groups import seed_posts
from tools.bench.people import seed_people, seed_schools

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not say what it would do with other numbers of rows"),
]

LARGE = "post", "topic", "membership", "topicreader"
WHOLE = re.compile(rf"Seq Scan on community_({'|'.join(LARGE)})\b")


@pytest.fixture
def many(db):
    seed_schools(10)
    seed_people(1500)
    seed_posts(15_000)
    with connection.cursor() as cursor:
        # As on the disks of today; the default is that of turning ones.
        cursor.execute("SET LOCAL random_page_cost = 1.1")


@pytest.fixture
def reader(many) -> Client:
    """Of one small group, as most people are."""
    people = User.objects.annotate(number=Count("memberships"), last=Max("memberships__group")).filter(number=1)
    client = Client()
    client.force_login(people.order_by("-last", "pk").first())
    return client


def addresses() -> dict[str, str]:
    group = Group.objects.order_by("-members_count").first()
    topic = Topic.objects.order_by("-posts_count").first()
    deep = Topic.objects.filter(group=group).order_by("-bumped_at", "-pk")[group.topics_count // 2]
    small = Membership.objects.values("group").annotate(number=Count("pk")).order_by("number", "-group")[0]["group"]
    return {
        "topic": f"/kk/topics/{topic.pk}/",
        "around a post": f"/kk/topics/{topic.pk}/{topic.highest_number // 2}/",
        "last posts": f"/kk/topics/{topic.pk}/{topic.highest_number}/",
        "group": f"/kk/groups/{group.pk}/",
        "small group": f"/kk/groups/{small}/",
        "far down": f"/kk/groups/{group.pk}/?after={deep.bumped_at.isoformat().replace('+', '%2B')}~{deep.pk}",
        "my groups": "/kk/me/groups/",
        "unanswered": "/kk/unanswered/",
        "start": "/kk/start/",
    }


def plan_of(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {query}".replace("%", "%%"))
        return "\n".join(line for (line,) in cursor.fetchall())


def test_no_page_reads_a_whole_table(reader):
    answered_in_time()  # Counted once an hour
    found = []
    for name, address in addresses().items():
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(address).status_code == 200, name
        asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT") and "community_" in query["sql"]]
        assert asked, name
        found += [f"{name}\n{query}\n{plan_of(query)}" for query in asked if WHOLE.search(plan_of(query))]
    assert not found, "\n\n".join(found)
