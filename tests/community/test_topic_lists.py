"""Lists of topics: what a row says, in which order, to whom, and what a page costs."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.demo import make_group, make_member, make_post, make_topic
from community.lists import topics_of
from community.models import Bookmark, Draft, Group, JoinRequest, Membership, Topic
from community.telling import count_announced_to
from community.templatetags.talk import began
from portal.demo import make_person
from portal.models import Subject

pytestmark = pytest.mark.django_db
FEW, MANY = 1, 20


@pytest.fixture
def owner():
    return make_person("owner@example.org")


@pytest.fixture
def reader():
    return make_person("reader@example.org", family_name="Ким", given_name="Виктор", subjects=["mathematics"])


@pytest.fixture
def client(reader):
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def group(owner, reader):
    return make_group(owner, reader, subject=Subject.objects.get(code="mathematics"))


def listed(person, group, **query):
    request = RequestFactory().get("/", query)
    request.user = person
    return topics_of(request, Group.objects.with_place(person).get(pk=group.pk))


def page_of(client, address: str) -> str:
    return client.get(address).content.decode()


def test_what_was_written_in_last_comes_first_and_what_is_pinned_before_it(owner, reader, group):
    first, second, third = (make_topic(owner, group, title=f"Тақырып {n}") for n in range(3))
    make_post(owner, first)
    Topic.objects.filter(pk=second.pk).update(pinned_at=timezone.now())
    assert listed(reader, group).rows == [second, first, third]


def test_a_long_list_goes_on_without_what_is_pinned(owner, reader, group):
    topics = [make_topic(owner, group, title=f"Тақырып {n}") for n in range(25)]
    Topic.objects.filter(pk=topics[3].pk).update(pinned_at=timezone.now())
    page = listed(reader, group)
    assert page.rows[0] == topics[3]
    after = page.older_url.partition("after=")[2]
    rest = listed(reader, group, after=after.replace("%3A", ":").replace("%2B", "+").replace("%7E", "~"))
    assert page.rows[1:] + rest.rows == [topic for topic in reversed(topics) if topic != topics[3]]


def test_what_waits_for_a_steward_is_there_for_its_author_alone(owner, reader, group):
    held = Topic.objects.create(group=group, author=reader, title="Күтіп тұр", state="held")
    assert listed(reader, group).rows == [held]
    assert listed(make_person("other@example.org"), group).rows == []


def test_a_row_says_what_it_is(owner, reader, group, client):
    asked = make_topic(owner, group, title="Бөлшек", kind="question", language="kk")
    answer = make_post(owner, asked)
    Topic.objects.filter(pk=asked.pk).update(solved_by=answer, locked_at=timezone.now())
    page = page_of(client, "/ru/me/groups/")
    for said in (
        f'href="/ru/topics/{asked.pk}/" lang="kk">Бөлшек',
        group.name,
        owner.get_full_name(),
        "1 ответ",
        "2 новые",
        "решено",
        "закрыто",
    ):
        assert said in page


def test_what_is_read_in_part_goes_on_at_the_first_new_post(owner, reader, group, client):
    topic = make_topic(owner, group)
    client.post(f"/kk/topics/{topic.pk}/read/", {"number": 1})
    make_post(owner, topic)
    assert f'href="/kk/topics/{topic.pk}/2/"' in page_of(client, "/kk/me/groups/")


def test_my_groups_say_what_is_new_what_waits_and_what_is_not_sent(owner, reader, group, client):
    still = make_group(owner, reader, name="Тыныш топ")
    asked = make_group(owner, name="Сұралған топ", access="request")
    JoinRequest.objects.create(group=asked, user=reader)
    own = make_group(reader, name="Өз тобым", access="request")
    JoinRequest.objects.create(group=own, user=owner)
    Draft.objects.create(user=reader, group=group, title="Аяқталмаған сұрақ")
    make_topic(owner, group, title="Жаңа тақырып")
    context = client.get("/kk/me/groups/").context
    rows = {row.pk: (row.has_news, bool(row.my_role)) for row in context["groups"]}
    assert rows == {
        group.pk: (True, True),
        still.pk: (False, True),
        asked.pk: (False, False),
        own.pk: (False, True),
    }
    assert context["count"] == "1"
    page = page_of(client, "/kk/me/groups/")
    for said in ("Жаңа тақырып", "Аяқталмаған сұрақ", "өтінішіңіз жауап күтіп тұр", "қосылу өтініші Сізді күтіп тұр"):
        assert said in page


def test_what_a_former_member_wrote_and_read_tells_nothing_of_a_hidden_group(owner, reader, client):
    hidden = make_group(owner, reader, name="Жасырын топ", access="hidden")
    topic = make_topic(owner, hidden, title="Жасырын тақырып")
    Draft.objects.create(user=reader, topic=topic, text="Жауап")
    assert "Жасырын" in page_of(client, "/kk/me/groups/")
    Membership.objects.filter(user=reader, group=hidden).delete()
    for address in ("/kk/me/groups/", "/kk/start/", "/kk/unanswered/"):
        assert "Жасырын" not in page_of(client, address)


def test_questions_that_wait_are_of_my_subjects_first(owner, reader, group, client):
    mine = make_topic(owner, group, kind="question", title="Менің пәнім")
    other = make_topic(owner, make_group(owner, subject=Subject.objects.get(code="informatics")), kind="question", title="Басқа пән")
    answered = make_topic(owner, group, kind="question", title="Жауабы бар")
    make_post(reader, answered)
    assert client.get("/kk/unanswered/").context["page"].rows == [mine]
    assert client.get("/kk/unanswered/?subject=all").context["page"].rows == [other, mine]
    assert client.get("/kk/unanswered/?subject=informatics").context["page"].rows == [other]
    assert client.get("/kk/unanswered/?language=ru").context["page"].rows == []
    assert Client().get("/kk/unanswered/").context["page"].rows == [other, mine]


def test_a_question_of_a_closed_group_waits_for_its_members_alone(owner, reader):
    topic = make_topic(owner, make_group(owner, access="request"), kind="question", title="Тек мүшелерге")
    assert topic.title not in page_of(Client(), "/kk/unanswered/")


@pytest.mark.parametrize(
    ("in_time", "said"), [(10, "Почти на каждый"), (8, "На большинство"), (5, "Примерно на половину"), (1, "меньше чем на")]
)
def test_how_many_are_answered_within_two_days_is_said_in_words(owner, group, in_time, said):
    cache.clear()
    asked_at = timezone.now() - timedelta(days=10)
    for n in range(10):
        answered_at = asked_at + (timedelta(hours=3) if n < in_time else timedelta(days=5))
        Topic.objects.create(group=group, author=owner, title="?", kind="question", created_at=asked_at, answered_at=answered_at)
    page = page_of(Client(), "/ru/unanswered/")
    assert said in page
    assert f"90 дней: 10, с ответом в течение 48 часов: {in_time}" in page


def test_a_portal_without_questions_says_nothing_of_shares():
    cache.clear()
    assert "48" not in page_of(Client(), "/ru/unanswered/")


def test_the_start_page_has_news_and_one_question_that_waits(owner, reader, group, client):
    question = make_topic(owner, make_group(owner, name="Математика", subject=group.subject), kind="question", title="Кім көмектеседі?")
    topic = make_topic(owner, group, kind="question", title="Ал мұнда ше?")
    page = client.get("/kk/start/")
    panel = next(panel for panel in page.context["panels"] if panel["template"] == "community/news_panel.html")["context"]
    assert (panel["unread"], panel["count"], panel["question"]) == ([topic], "1", question), "nothing stands there twice"
    assert "Кім көмектеседі?" in page.content.decode()


def test_an_announcement_says_how_many_it_goes_to(owner, group):
    for n in range(3):
        make_member(group, make_person(f"member{n}@example.org"), level="mute" if n else "normal")
    assert count_announced_to(group, owner) == 2


# What it costs


class Shelf:
    def __init__(self, owner, reader, group):
        self.owner, self.reader, self.group = owner, reader, group

    def fill(self, number: int) -> None:
        for n in range(Topic.objects.count(), number):
            topic = make_topic(self.owner, self.group, kind="question", title=f"Сұрақ {n}")
            Bookmark.objects.create(user=self.reader, post=topic.posts.get())
            make_group(self.owner, self.reader, name=f"Топ {n}")
            Draft.objects.create(user=self.reader, topic=topic, text="Жауап")


@pytest.mark.parametrize("address", ["/kk/me/groups/", "/kk/unanswered/", "/kk/bookmarks/"])
def test_one_row_and_twenty_cost_the_same(owner, reader, group, client, address):
    shelf = Shelf(owner, reader, group)

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    shelf.fill(FEW)
    few = queries()
    shelf.fill(MANY)
    assert queries() == few <= 6


def test_the_list_of_a_group_is_two_queries_after_that_of_the_group(owner, reader, group, django_assert_num_queries):
    Shelf(owner, reader, group).fill(25)
    assert not reader.is_caretaker
    with django_assert_num_queries(3):
        page = listed(reader, group)
        assert len(page.rows) == 20
        assert page.older_url
        assert all(began(topic) for topic in page.rows)


def test_the_panel_of_the_start_page_is_two_queries(owner, reader, group, client):
    def queries() -> list[str]:
        client.get("/kk/start/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/kk/start/")
        return [query["sql"] for query in captured if 'FROM "community_topic"' in query["sql"]]

    Shelf(owner, reader, group).fill(FEW)
    few = len(queries())
    Shelf(owner, reader, group).fill(MANY)
    assert len(queries()) == few == 2
