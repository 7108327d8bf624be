"""A topic is read from any post on, at the same cost however long it is, and reading writes nothing."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.demo import make_group, make_post, make_topic
from community.models import Post, PostFile, TopicReader
from portal.actions import block
from portal.demo import make_person
from portal.files import store
from resources.demo import make_material

from ..portal.sample_files import make_image

pytestmark = pytest.mark.django_db
LIMIT = 8


@pytest.fixture
def owner():
    return make_person("owner@example.org")


@pytest.fixture
def member():
    return make_person("member@example.org", family_name="Ким", given_name="Виктор")


@pytest.fixture
def topic(owner, member):
    return make_topic(owner, make_group(owner, member), kind="question")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(page: str) -> list[int]:
    return [int(part.partition('"')[0]) for part in page.split('data-number="')[1:]]


def test_a_question_is_answered_and_solved(owner, member, topic):
    asking, answering = signed_in(owner), signed_in(member)
    page = read(answering, f"/kk/topics/{topic.pk}/")
    key = page.partition('name="key" value="')[2].partition('"')[0]
    answer = answering.post(f"/kk/topics/{topic.pk}/reply/", {"text": "Пицца бөліп көрсетіңіз", "key": key})
    assert answer["Location"] == f"/kk/topics/{topic.pk}/2/#post-2"
    answering.post(f"/kk/topics/{topic.pk}/reply/", {"text": "Пицца бөліп көрсетіңіз", "key": key})
    assert topic.posts.count() == 2
    post = topic.posts.get(number=2)
    assert answering.post(f"/kk/posts/{post.pk}/solve/").status_code == 403
    assert asking.post(f"/kk/posts/{post.pk}/solve/").status_code == 302
    page = read(Client(), f"/kk/topics/{topic.pk}/")
    assert "post-solving" in page and f'href="/kk/topics/{topic.pk}/2/#post-2"' in page
    asking.post(f"/kk/posts/{post.pk}/solve/", {"take_back": "1"})
    assert "post-solving" not in read(Client(), f"/kk/topics/{topic.pk}/")


def fill(topic, author, number: int, **fields) -> None:
    for _ in range(topic.posts.count(), number):
        make_post(author, topic, **fields)


def test_thirty_posts_stand_around_the_one_that_is_asked_for(member, topic):
    fill(topic, member, 70)
    guest = Client()
    first = read(guest, f"/kk/topics/{topic.pk}/")
    assert numbers(first) == list(range(1, 31))
    assert f'rel="next" href="/kk/topics/{topic.pk}/?after=30"' in first and 'rel="prev"' not in first
    assert numbers(read(guest, f"/kk/topics/{topic.pk}/?after=30")) == list(range(31, 61))
    assert numbers(read(guest, f"/kk/topics/{topic.pk}/?before=31")) == list(range(1, 31))
    assert numbers(read(guest, f"/kk/topics/{topic.pk}/?before=71")) == list(range(41, 71))
    assert numbers(read(guest, f"/kk/topics/{topic.pk}/40/")) == list(range(35, 65))
    last = read(guest, f"/kk/topics/{topic.pk}/70/")
    assert numbers(last) == list(range(41, 71)) and 'rel="next"' not in last
    assert guest.get(f"/kk/topics/{topic.pk}/71/").status_code == 404
    for odd in ("after=x", f"after={10**30}", "before=-1", "after=0", "day=2026-13-45", "day=9999-12-31", "quote=1"):
        assert guest.get(f"/kk/topics/{topic.pk}/?{odd}").status_code in (200, 302)


def test_what_was_taken_away_is_a_quiet_gap(owner, member, topic):
    fill(topic, member, 6, text="Құпия сөз")
    Post.objects.filter(topic=topic, number__in=(3, 4)).update(state=Post.State.DELETED)
    Post.objects.filter(topic=topic, number=6).update(state=Post.State.HIDDEN, reason="Оқушының аты")
    guest, steward = read(Client(), f"/en/topics/{topic.pk}/"), read(signed_in(owner), f"/en/topics/{topic.pk}/")
    assert "2 posts were removed" in guest and "A post was removed" in guest
    assert numbers(guest) == [1, 2, 5] and "Оқушының аты" not in guest
    assert numbers(steward) == [1, 2, 5, 6] and "Оқушының аты" in steward
    assert Client().get(f"/en/topics/{topic.pk}/4/").status_code == 302


def test_she_goes_on_where_she_stopped(owner, member, topic):
    fill(topic, owner, 50)
    reader = signed_in(member)
    TopicReader.objects.update_or_create(user=member, topic=topic, defaults={"last_read_number": 20})
    member.memberships.update(read_until=topic.created_at)
    assert reader.get(f"/kk/topics/{topic.pk}/unread/")["Location"].endswith(f"/topics/{topic.pk}/21/#post-21")
    page = read(reader, f"/kk/topics/{topic.pk}/21/")
    assert page.index('id="unread"') < page.index('id="post-21"') and page.index('id="post-20"') < page.index('id="unread"')
    assert f'data-read-url="/kk/topics/{topic.pk}/read/"' in page
    member.memberships.update(read_until=timezone.now())
    assert reader.get(f"/kk/topics/{topic.pk}/unread/")["Location"].endswith(f"/topics/{topic.pk}/50/#post-50")
    assert Client().get(f"/kk/topics/{topic.pk}/unread/")["Location"].endswith("/1/#post-1")


def test_a_day_leads_to_its_first_post(member, topic):
    fill(topic, member, 4)
    day = timezone.localtime(timezone.now()).date()
    Post.objects.filter(topic=topic, number__lte=2).update(created_at=timezone.now() - timedelta(days=3))
    assert Client().get(f"/kk/topics/{topic.pk}/?day={day}")["Location"].endswith("/3/#post-3")
    assert 'name="day"' not in read(Client(), f"/kk/topics/{topic.pk}/"), "a short topic is looked through"
    fill(topic, member, 31)
    assert f'name="day" min="{day}" max="{day}"' in read(Client(), f"/kk/topics/{topic.pk}/31/")


def test_posts_of_somebody_blocked_are_folded(owner, member, topic):
    make_post(member, topic, text="Ұзын сөз")
    assert "you have blocked" not in read(signed_in(owner), f"/en/topics/{topic.pk}/")
    block(owner, member)
    assert "you have blocked" in read(signed_in(owner), f"/en/topics/{topic.pk}/")


def test_one_post_costs_as_much_as_thirty(owner, member, topic):
    material = make_material(owner)
    text = (
        f"[@Ким](/people/{member.pk}/) қараңыз: [материал](/materials/{material.pk}/)\n\nhttp://localhost:8000/kk/materials/{material.pk}/"
    )
    PostFile.objects.create(post=topic.posts.get(), file=store(BytesIO(make_image("PNG")), name="a.png", user=owner))
    make_post(owner, topic, text=text)
    reader = signed_in(member)
    few = asked(reader, f"/kk/topics/{topic.pk}/")
    fill(topic, owner, 40, text=text)
    many = asked(reader, f"/kk/topics/{topic.pk}/")
    assert len(few) == len(many) and len(many) <= LIMIT, many
    plain = make_topic(owner, topic.group)
    assert len(asked(reader, f"/kk/topics/{plain.pk}/")) <= LIMIT - 2
    assert not [sql for sql in many if sql.startswith(("INSERT", "UPDATE", "DELETE"))]


def asked(client, address: str) -> list[str]:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]
