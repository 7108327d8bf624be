"""What stewards do to topics and posts: by right, with a reason, told to the author, found no more, counted as a recount would."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from community import actions
from community.checking import check
from community.demo import make_group, make_member, make_post, make_topic
from community.models import Group, Membership, Post, Topic
from portal import actions as portal_actions
from portal.demo import make_administrator, make_person
from portal.models import Act, Notice
from search.find import search
from search.query import SearchQuery

pytestmark = pytest.mark.django_db


class Talk:
    def __init__(self):
        self.steward, self.author, self.member = (make_person(f"{name}@example.org") for name in ("steward", "author", "member"))
        self.group = make_group(make_person("owner@example.org"), self.author, self.member)
        make_member(self.group, self.steward, role=Membership.Role.STEWARD)
        self.topic = make_topic(self.author, self.group, kind="question", title="Бөлшек")
        self.posts = [make_post(self.member, self.topic, text=f"{word} туралы жауап") for word in ("алмұрт", "жүзім", "шабдалы", "көкөніс")]

    def browser(self, name: str) -> Client:
        client = Client()
        client.force_login(getattr(self, name))
        return client

    def found(self, words: str) -> list:
        query = SearchQuery.for_user(self.member, text=words, sources=("topics",))
        return [hit.entry.object_id for hit in search(query, user=self.member).hits]


@pytest.fixture
def talk(db) -> Talk:
    return Talk()


def assert_counted() -> None:
    assert list(check()) == []


@pytest.mark.parametrize("deed", ["hide", "delete"])
def test_a_steward_takes_words_away_with_a_reason(talk, deed):
    post = talk.posts[-1]
    address = f"/kk/posts/{post.pk}/{deed}/"
    assert talk.browser("author").get(address).status_code == 404
    steward = talk.browser("steward")
    assert steward.post(address, {"reason": ""}).status_code == 422
    assert steward.post(address, {"reason": "Оқушының аты жазылған"}).status_code == 302
    post.refresh_from_db()
    assert post.state == (Post.State.HIDDEN if deed == "hide" else Post.State.DELETED)
    assert "көкөніс" not in Client().get(f"/kk/topics/{talk.topic.pk}/").content.decode()
    assert talk.found("көкөніс") == [] and talk.found("шабдалы") == [talk.topic.pk]
    notice = Notice.objects.get(user=talk.member, kind=f"post-{'hidden' if deed == 'hide' else 'deleted'}")
    assert notice.data["reason"] == "Оқушының аты жазылған"
    assert Act.objects.filter(source="posts", object_id=post.pk, actor=talk.steward, reason="Оқушының аты жазылған").exists()
    assert_counted()


def test_what_was_hidden_is_shown_again(talk):
    post, steward = talk.posts[-1], talk.browser("steward")
    steward.post(f"/kk/posts/{post.pk}/hide/", {"reason": "Қате"})
    steward.post(f"/kk/posts/{post.pk}/hide/", {"x": ""})
    assert "көкөніс" in Client().get(f"/kk/topics/{talk.topic.pk}/").content.decode()
    assert talk.found("көкөніс") == [talk.topic.pk]
    assert_counted()


def test_hiding_pressed_twice_shows_nothing(talk):
    post, steward = talk.posts[-1], talk.browser("steward")
    for _press in range(2):
        steward.post(f"/kk/posts/{post.pk}/hide/", {"reason": "Қате"})
        steward.post(f"/kk/topics/{talk.topic.pk}/hide/", {"reason": "Қате"})
    post.refresh_from_db()
    assert (post.state, Topic.objects.get().state) == (Post.State.HIDDEN, Topic.State.HIDDEN)
    assert_counted()


@pytest.mark.parametrize("kind", ["posts", "topics"])
def test_what_a_case_took_down_is_put_back_by_the_case_alone(talk, kind):
    thing, administrator = {"posts": talk.posts[0], "topics": talk.topic}[kind], make_administrator()
    actions.solve(talk.author, talk.posts[0])
    portal_actions.take_down(administrator, thing.ref, note="Оқушының аты")
    assert_counted()
    assert Topic.objects.get().solved_by == (None if kind == "posts" else talk.posts[0])
    steward, address = talk.browser("steward"), f"/kk/{kind}/{thing.pk}/hide/"
    assert "шағым" in steward.get(address).content.decode().lower()
    assert steward.post(address).status_code == 403
    with pytest.raises(PermissionDenied):
        (actions.show_post if kind == "posts" else actions.show_topic)(talk.steward, thing)
    thing.refresh_from_db()
    assert thing.state == Post.State.HIDDEN
    portal_actions.put_back(administrator, thing.ref)
    thing.refresh_from_db()
    assert thing.state == Post.State.SHOWN
    assert_counted()
    steward.post(address, {"reason": "Қайталанады"})
    assert steward.post(address).status_code == 302, "what the steward has hidden herself is hers to show"


def test_one_deletes_her_own_words_but_the_question_stays_with_its_answers(talk):
    member, author = talk.browser("member"), talk.browser("author")
    actions.solve(talk.author, talk.posts[0])
    assert member.post(f"/kk/posts/{talk.posts[0].pk}/delete/", {"sure": "1"}).status_code == 302
    talk.topic.refresh_from_db()
    assert talk.topic.solved_by is None and talk.topic.posts_count == 4
    assert not Notice.objects.filter(user=talk.member, kind="post-deleted").exists()
    assert author.post(f"/kk/posts/{talk.topic.posts.get(number=1).pk}/delete/", {"sure": "1"}).status_code == 403
    assert author.get(f"/kk/topics/{talk.topic.pk}/delete/").status_code == 404
    assert_counted()


def test_a_topic_is_hidden_shown_and_deleted(talk):
    steward, address = talk.browser("steward"), f"/kk/topics/{talk.topic.pk}/"
    steward.post(f"{address}hide/", {"reason": "Жарнама"})
    assert talk.browser("member").get(address).status_code == 404 and steward.get(address).status_code == 200
    assert "Жарнама" in talk.browser("author").get(address).content.decode()
    assert talk.found("жүзім") == []
    assert_counted()
    steward.post(f"{address}hide/", {"x": ""})
    assert talk.found("жүзім") == [talk.topic.pk]
    assert_counted()
    steward.post(f"{address}delete/", {"reason": "Жарнама"})
    assert steward.get(address).status_code == 404 and talk.found("жүзім") == []
    assert_counted()


def test_a_locked_topic_is_answered_by_stewards_alone(talk):
    steward, reply = talk.browser("steward"), f"/kk/topics/{talk.topic.pk}/reply/"
    steward.post(f"/kk/topics/{talk.topic.pk}/lock/")
    assert talk.browser("member").get(reply).status_code == 404 and steward.get(reply).status_code == 200
    steward.post(f"/kk/topics/{talk.topic.pk}/lock/", {"off": "1"})
    assert talk.browser("member").get(reply).status_code == 200
    steward.post(f"/kk/topics/{talk.topic.pk}/pin/")
    assert Topic.objects.get().pinned_at
    assert talk.browser("author").post(f"/kk/topics/{talk.topic.pk}/pin/").status_code == 404


def test_a_topic_moves_to_a_group_that_others_read(talk):
    other = make_group(talk.steward, name="Жабық", access=Group.Access.REQUEST)
    steward = talk.browser("steward")
    strange = make_group(talk.member, name="Бөтен")
    assert steward.post(f"/kk/topics/{talk.topic.pk}/move/", {"group": strange.pk}).status_code == 422
    assert steward.post(f"/kk/topics/{talk.topic.pk}/move/", {"group": other.pk}).status_code == 302
    assert talk.browser("member").get(f"/kk/topics/{talk.topic.pk}/").status_code == 404
    assert talk.found("жүзім") == []
    assert_counted()


def test_posts_become_a_topic_and_their_old_addresses_lead_there(talk):
    steward = talk.browser("steward")
    answer = steward.post(f"/kk/topics/{talk.topic.pk}/split/", {"title": "Жаңа арна", "posts": ["4", "5"]})
    begun = Topic.objects.get(title="Жаңа арна")
    assert answer["Location"] == f"/kk/topics/{begun.pk}/" and begun.posts_count == 2
    assert Client().get(f"/kk/topics/{talk.topic.pk}/5/")["Location"] == f"/kk/topics/{begun.pk}/2/"
    assert talk.found("көкөніс") == [begun.pk]
    assert_counted()
    talk.topic.refresh_from_db()
    assert make_post(talk.member, talk.topic).number == 6
    assert_counted()


def test_what_waits_is_let_through_or_refused_with_a_word(talk):
    held = [make_post(talk.member, talk.topic, text=f"күтеді{number}") for number in (1, 2)]
    Post.objects.filter(pk__in=[post.pk for post in held]).update(state=Post.State.HELD, number=None)
    Topic.objects.filter(pk=talk.topic.pk).update(highest_number=5, posts_count=5)
    steward, address = talk.browser("steward"), f"/kk/groups/{talk.group.pk}/held/"
    assert talk.browser("member").get(address).status_code == 404
    page = steward.get(address).content.decode()
    assert "күтеді1" in page and "күтеді2" in page
    assert "күтеді1" not in Client().get(f"/kk/topics/{talk.topic.pk}/").content.decode()
    assert "күтеді1" in talk.browser("member").get(f"/kk/topics/{talk.topic.pk}/").content.decode()
    steward.post(f"/kk/posts/{held[0].pk}/decide/", {"let_through": "1"})
    steward.post(f"/kk/posts/{held[1].pk}/decide/", {"refuse": "1", "reason": ""})
    assert Post.objects.get(pk=held[1].pk).state == Post.State.HELD
    steward.post(f"/kk/posts/{held[1].pk}/decide/", {"refuse": "1", "reason": "Бұл жарнама"})
    assert Post.objects.get(pk=held[0].pk).number == 6
    assert Notice.objects.get(user=talk.member, kind="post-refused").data["reason"] == "Бұл жарнама"
    assert_counted()


def test_nothing_is_let_through_into_a_group_that_is_archived(talk):
    held = make_post(talk.member, talk.topic, text="Мұнда қараңыз: https://example.org/")
    Group.objects.filter(pk=talk.group.pk).update(archived_at=timezone.now())
    steward = talk.browser("steward")
    assert 'name="let_through"' not in steward.get(f"/kk/groups/{talk.group.pk}/held/").content.decode()
    answer = steward.post(f"/kk/posts/{held.pk}/decide/", {"let_through": "1"}, follow=True)
    assert "мұрағатта: жаңа ештеңе жазылмайды" in answer.content.decode()
    with pytest.raises(PermissionDenied):
        actions.let_through(talk.steward, held)
    assert Post.objects.get(pk=held.pk).state == Post.State.HELD
    steward.post(f"/kk/posts/{held.pk}/decide/", {"refuse": "1", "reason": "Топ жабылды"})
    assert Post.objects.get(pk=held.pk).state == Post.State.DELETED
    assert_counted()


def test_what_waits_in_a_topic_goes_with_it(talk):
    """Otherwise stewards would be called to a post that nobody can decide about."""
    held = make_post(talk.member, talk.topic, text="Мұнда қараңыз: https://example.org/")
    steward, queue = talk.browser("steward"), f"/kk/groups/{talk.group.pk}/held/"
    assert held.state == Post.State.HELD and queue in steward.get(f"/kk/groups/{talk.group.pk}/").content.decode()
    steward.post(f"/kk/topics/{talk.topic.pk}/delete/", {"reason": "Бөтен әңгіме"})
    assert queue not in steward.get(f"/kk/groups/{talk.group.pk}/").content.decode()


def test_a_question_that_waits_goes_with_its_topic_alone(talk):
    topic = make_topic(talk.author, talk.group, text="Мұнда қараңыз: https://example.org/")
    author = talk.browser("author")
    assert author.post(f"/kk/posts/{topic.posts.get().pk}/delete/").status_code == 403
    assert author.post(f"/kk/topics/{topic.pk}/delete/").status_code == 302
    assert talk.browser("steward").get(f"/kk/groups/{talk.group.pk}/held/").content.decode().count("example.org") == 0


def test_title_and_kind_are_the_authors_and_announcing_is_not(talk):
    facts = {"title": "Бөлшекті қосу", "kind": "discussion", "language": "kk"}
    address = f"/kk/topics/{talk.topic.pk}/change/"
    assert talk.browser("member").get(address).status_code == 404
    assert talk.browser("author").post(address, facts | {"kind": "announcement"}).status_code == 422
    assert talk.browser("author").post(address, facts).status_code == 302
    assert talk.found("қосу") == [talk.topic.pk]
    assert_counted()
    assert talk.browser("steward").post(address, facts | {"kind": "announcement"}).status_code == 302
    assert Topic.objects.get().kind == "announcement"
