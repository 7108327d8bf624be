"""Topics are found by the words of their posts, by those who may read them, and a hit opens at the post."""

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community import actions, search
from community.demo import make_group, make_member, make_post, make_topic
from community.models import Group, Membership, Post, Topic
from portal import actions as portal_actions
from portal.demo import make_administrator, make_person
from portal.guest_pages import EDITION
from portal.models import Notice, Subject
from search import sources
from search.entries import Part, put_part, withdraw_container
from search.find import search as find
from search.find import suggest
from search.models import Entry
from search.query import SearchQuery
from search.upkeep import rebuild

pytestmark = pytest.mark.django_db
WORD = "синхрофазотрон"


@pytest.fixture
def owner():
    return make_person("owner@example.org")


@pytest.fixture
def reader():
    return make_person("reader@example.org")


def found(user, text=WORD, **kwargs):
    return find(SearchQuery.for_user(user, text=text, sources=("topics",), wanted=("source", "kind", "solved"), **kwargs), user=user)


def titles(user, text=WORD) -> list[str]:
    return [hit.entry.title for hit in found(user, text)]


def page(reader, path: str) -> str:
    client = Client()
    client.force_login(reader)
    return client.get(path).content.decode()


def test_a_hit_opens_at_the_post(owner, reader):
    topic = make_topic(owner, make_group(owner), title="Физика кабинеті", text="Не алуға болады?")
    for text in ("Бірінші жауап", f"Бізде {WORD} бар", "Соңғы жауап"):
        make_post(owner, topic, text=text)
    shown = page(reader, f"/kk/search/?q={WORD}&in=topics")
    assert f'href="/kk/topics/{topic.pk}/3/"' in shown and f"<mark>{WORD}</mark>" in shown
    assert f'href="/kk/topics/{topic.pk}/"' in page(reader, "/kk/search/?q=кабинеті&in=topics")


def test_facets_say_what_it_is_and_whether_it_is_solved(owner):
    group = make_group(owner, subject=Subject.objects.get(code="physics"))
    question = make_topic(owner, group, kind=Topic.Kind.QUESTION, text=WORD)
    make_topic(owner, group, text=WORD)
    counts = {name: {count.code: count.count for count in facet} for name, facet in found(owner).facets.items()}
    assert counts["kind"] == {"question": 1, "discussion": 1} and counts["solved"] == {"no": 1}
    Topic.objects.filter(pk=question.pk).update(solved_by=make_post(owner, question))
    search.index_topic(question)
    assert [hit.object_id for hit in found(owner, facets={"solved": ["yes"], "subject": ["physics"]})] == [question.pk]


@pytest.mark.parametrize("access", ["request", "hidden"])
def test_what_is_said_among_members_is_found_by_members_alone(owner, reader, access):
    member = make_person("member@example.org")
    group = make_group(owner, member, access=access)
    topic = make_topic(owner, group, title=f"Біздің {WORD}", text="Мәтін")
    assert titles(member) == [topic.title]
    for stranger in (reader, make_administrator()):
        results = found(stranger)
        assert (results.total, results.hits, results.nearest) == (0, [], [])
        assert all(not counts for counts in results.facets.values())
        assert suggest("topics", WORD[:5], user=stranger) == []
    Membership.objects.filter(user=member).delete()
    assert (found(member).total, titles(member)) == (0, [])


def test_what_is_held_hidden_or_deleted_is_not_found(owner, reader):
    topic = make_topic(owner, make_group(owner, reader), title="Тақырып", text="Мәтін")
    held = make_post(reader, topic, text=f"{WORD} https://example.org/")
    assert held.state == Post.State.HELD and titles(owner) == []
    said = make_post(reader, topic, text=WORD)
    assert titles(owner) == ["Тақырып"]
    for state in (Post.State.HIDDEN, Post.State.DELETED):
        Post.objects.filter(pk=said.pk).update(state=state)
        search.index_post(Post.objects.get(pk=said.pk))
        assert titles(owner) == []
        Post.objects.filter(pk=said.pk).update(state=Post.State.SHOWN)
        search.index_post(Post.objects.get(pk=said.pk))
        assert titles(owner) == ["Тақырып"]


def test_a_hidden_opening_stands_in_no_summary(owner, reader):
    topic = make_topic(owner, make_group(owner), text=f"Мұнда {WORD} туралы")
    make_post(owner, topic, text="Екінші")
    Post.objects.filter(topic=topic, number=1).update(state=Post.State.HIDDEN)
    search.index_post(topic.posts.get(number=1))
    assert titles(reader) == [] and WORD not in Entry.objects.get(source="topics", object_id=topic.pk).summary


def test_a_moved_topic_is_found_by_its_new_readers_alone(owner, reader, monkeypatch):
    topic = make_topic(owner, make_group(owner, name="Ашық"), text=WORD)
    closed = make_group(owner, name="Жабық", access=Group.Access.HIDDEN)
    assert found(reader).total == 1
    tasks = []
    monkeypatch.setattr(search, "enqueue", lambda task, *ids: tasks.append((task, ids)))
    Topic.objects.filter(pk=topic.pk).update(group=closed)
    search.unindex_topic(topic)
    assert found(reader).total == found(owner).total == 0, "withdrawn in the same transaction"
    make_post(owner, Topic.objects.get(pk=topic.pk), text="Тағы бір жауап")
    assert found(reader).total == 0, "an answer does not bring back what is withdrawn"
    for task, ids in tasks:
        task.call(*ids)
    assert found(reader).total == 0 and titles(owner) == [topic.title]


def test_a_part_leaves_a_withdrawn_container_withdrawn(owner):
    group = make_group(owner)
    topic = make_topic(owner, group, text=WORD)
    withdraw_container(group.token)
    put_part("topics", topic.pk, Part(text=WORD, number=2))
    assert found(owner).total == 0
    search.write_entry(topic.pk)
    assert found(owner).total == 1


def test_an_index_that_is_built_anew_is_the_same(owner, reader):
    group = make_group(owner, reader)
    topic = make_topic(owner, group, title="Тақырып", text=WORD)
    make_post(owner, topic, text="жауап")
    make_post(reader, topic, text=f"https://example.org/ {WORD}2")
    before = Entry.objects.get(source="topics").digest
    Entry.objects.filter(source="topics").delete()
    list(rebuild(sources.get("topics")))
    assert Entry.objects.get(source="topics").digest == before and titles(owner) == ["Тақырып"]


def test_an_answer_leaves_the_pages_that_are_kept_for_guests(owner):
    topic = make_topic(owner, make_group(owner))
    cache.set(EDITION, "kept")
    make_post(owner, topic)
    assert cache.get(EDITION) == "kept"


def test_an_answer_costs_the_same_in_a_long_topic(owner):
    topic = make_topic(owner, make_group(owner))

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            make_post(owner, topic)
        return len(captured)

    make_post(owner, topic)
    few = cost()
    for _post in range(20):
        make_post(owner, topic)
    assert cost() == few


def test_an_author_who_is_called_otherwise_is_named_so(owner, reader):
    make_topic(owner, make_group(owner), text=WORD)
    portal_actions.change_profile(owner, family_name="Жаңафамилия")
    assert "Жаңафамилия" in found(reader).hits[0].data["author"]


@pytest.mark.parametrize("access", Group.Access.values)
def test_an_alert_goes_only_to_who_may_read(owner, reader, access):
    member = make_person("member@example.org")
    group = make_group(owner, access=access)
    make_member(group, member)
    for person in (member, reader):
        portal_actions.save_search(person, name="Менікі", text=WORD)
    make_topic(owner, group, title=f"Жаңа {WORD}")
    told = {notice.user for notice in Notice.objects.filter(kind="saved-search")}
    assert told == ({member, reader} if access == Group.Access.OPEN else {member})
    assert WORD in page(member, "/kk/notices/")


def test_an_alert_says_nothing_to_who_has_left(owner):
    member = make_person("member@example.org")
    group = make_group(owner, member, access=Group.Access.HIDDEN)
    portal_actions.save_search(member, name="Менікі", text=WORD)
    actions.post_topic(owner, group, title=f"Жасырын {WORD}", text="Мәтін", key=uuid.uuid4())
    Membership.objects.filter(user=member).delete()
    assert "Жасырын" not in page(member, "/kk/notices/")
