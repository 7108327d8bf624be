"""What a press costs does not depend on how many read it."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from community.demo import make_group, make_post, make_topic
from community.models import Membership
from portal import tasks
from portal.demo import make_person
from portal.models import User

pytestmark = pytest.mark.django_db

FEW, MANY = 3, 300
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture(autouse=True)
def tasks_wait(monkeypatch):
    """What a worker does is no part of the request."""
    monkeypatch.setattr(tasks.AtOnceBackend, "enqueue", lambda *arguments: None)


def group_of(number: int, writer: User):
    people = User.objects.bulk_create(
        User(email=f"reader{number}-{n}@example.org", email_key=f"reader{number}-{n}@example.org") for n in range(number - 1)
    )
    group = make_group(writer, name=f"{number} мүше")
    Membership.objects.bulk_create(Membership(group=group, user=person, level="watch") for person in people)
    group.members_count = number
    group.save(update_fields=["members_count"])
    return group


def rows_written(deed) -> tuple[int, int]:
    """How many queries, and how many rows they wrote."""
    rows = 0

    def count(execute, sql, parameters, many, context):
        nonlocal rows
        result = execute(sql, parameters, many, context)
        if sql.startswith(WRITES):
            rows += max(context["cursor"].rowcount, sql.count("), ("), 0)
        return result

    with connection.execute_wrapper(count), CaptureQueriesContext(connection) as queries, transaction.atomic():
        deed()
    return len(queries), rows


def test_posting_into_a_large_group_writes_no_more_than_into_a_small_one():
    writer = make_person()
    groups = [group_of(number, writer) for number in (FEW, MANY)]
    make_topic(writer, groups[0])
    started = [rows_written(lambda group=group: make_topic(writer, group, title="Сұрақ")) for group in groups]
    assert started[0] == started[1]
    topics = [group.topics.order_by("pk").last() for group in groups]
    make_post(writer, groups[0].topics.order_by("pk").first())
    answered = [rows_written(lambda topic=topic: make_post(writer, topic, text="Жауап")) for topic in topics]
    assert answered[0] == answered[1]
    assert 0 < answered[0][1] < 20
