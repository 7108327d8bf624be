"""How far a person has read: watermarks rise, say what is new, and one row marks a whole group."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.actions import delete_post, follow_topic, hide_post, split_topic
from community.demo import make_group, make_member, make_post, make_topic
from community.lists import news_of, unread_topics
from community.models import Bookmark, Level, Membership, Topic, TopicReader
from community.templatetags.talk import unread
from portal.demo import make_person
from portal.notices.reading import counter

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def owner():
    return make_person("owner@example.org")


@pytest.fixture
def reader():
    return make_person("reader@example.org", family_name="Ким", given_name="Виктор")


@pytest.fixture
def group(owner, reader):
    return make_group(owner, reader)


@pytest.fixture
def topic(owner, group):
    """Five posts of the owner."""
    topic = make_topic(owner, group)
    for _ in range(4):
        make_post(owner, topic)
    return Topic.objects.get(pk=topic.pk)


def news_to(person):
    return list(unread_topics(person, list(news_of(person))))


def new_to(person, topic) -> int:
    return unread(Topic.objects.with_reading(person).get(pk=topic.pk))


def press(person, address: str, **sent):
    return signed_in(person).post(f"/kk{address}", sent)


def read(person, topic, number):
    return press(person, f"/topics/{topic.pk}/read/", number=number)


def watermark(person, topic) -> int:
    return TopicReader.objects.get(user=person, topic=topic).last_read_number


def test_the_watermark_rises_and_never_falls(reader, topic):
    assert new_to(reader, topic) == 5
    assert read(reader, topic, 3).headers["Location"] == f"/kk/topics/{topic.pk}/3/#post-3"
    assert new_to(reader, topic) == 2
    read(reader, topic, 2)
    assert watermark(reader, topic) == 3


def test_nobody_reads_beyond_what_is_there(owner, reader, topic):
    read(reader, topic, 1_000_000)
    assert watermark(reader, topic) == 5
    make_post(owner, topic)
    assert new_to(reader, topic) == 1


@pytest.mark.parametrize("number", ["", "0", "-3", "two", str(2**40)])
def test_a_number_that_is_none_changes_nothing(reader, topic, number):
    assert read(reader, topic, number).status_code == 400
    assert not TopicReader.objects.filter(user=reader).exists()


def test_a_browser_that_fetches_ahead_has_read_nothing(reader, topic):
    client = signed_in(reader)
    answer = client.post(f"/kk/topics/{topic.pk}/read/", {"number": 3}, headers={"Sec-Purpose": "prefetch;prerender"})
    assert answer.status_code == 400
    assert new_to(reader, topic) == 5


def test_who_may_not_read_has_no_watermark(owner, reader):
    closed = make_group(owner, access="hidden")
    topic = make_topic(owner, closed)
    assert read(reader, topic, 1).status_code == 404
    assert signed_in(reader).get(f"/kk/topics/{topic.pk}/unread/").status_code == 404


def test_whoever_joins_later_has_read_what_was_said_before(owner, topic):
    newcomer = make_person("new@example.org")
    make_member(topic.group, newcomer)
    assert new_to(newcomer, topic) == 0
    make_post(owner, topic)
    assert new_to(newcomer, topic) == 1
    answer = signed_in(newcomer).get(f"/kk/topics/{topic.pk}/unread/")
    assert answer.headers["Location"] == f"/kk/topics/{topic.pk}/6/#post-6"


def test_a_group_is_marked_as_read_in_one_row(owner, reader, topic):
    make_topic(owner, topic.group)
    before = Membership.objects.get(user=reader).read_until
    press(reader, f"/groups/{topic.group_id}/read/")
    assert Membership.objects.get(user=reader).read_until > before
    assert not TopicReader.objects.filter(user=reader).exists()
    assert not news_of(reader)
    make_post(owner, topic)
    assert [(row.pk, unread(row)) for row in news_to(reader)] == [(topic.pk, 1)]


def test_what_came_after_the_list_was_drawn_stays_new(owner, reader, topic):
    drawn = timezone.now().isoformat()
    make_post(owner, topic)
    press(reader, "/me/groups/read/", until=drawn)
    assert new_to(reader, topic) == 1
    press(reader, "/me/groups/read/", until=(timezone.now() + timedelta(days=400)).isoformat())
    assert Membership.objects.get(user=reader).read_until <= timezone.now()
    assert new_to(reader, topic) == 0


def test_her_own_answer_is_not_new_to_her(owner, reader, topic):
    press(reader, "/me/groups/read/")
    make_post(reader, topic)
    assert new_to(reader, topic) == 0
    make_post(owner, topic)
    make_post(reader, topic)
    assert new_to(reader, topic) == 2


@pytest.mark.parametrize(("read_to", "leads"), [(0, "1/?notice=7#post-1"), (2, "3/?notice=7#post-3"), (5, "5/?notice=7#post-5")])
def test_the_way_leads_to_the_first_post_that_is_new(reader, topic, read_to, leads):
    if read_to:
        read(reader, topic, read_to)
    answer = signed_in(reader).get(f"/kk/topics/{topic.pk}/unread/?notice=7")
    assert answer.headers["Location"] == f"/kk/topics/{topic.pk}/{leads}"


def test_a_post_that_is_out_of_sight_is_passed_over(reader, topic):
    read(reader, topic, 2)
    topic.posts.filter(number=3).update(state="deleted")
    assert signed_in(reader).get(f"/kk/topics/{topic.pk}/unread/").headers["Location"].endswith("/4/#post-4")


def test_a_last_post_that_is_taken_away_is_not_new_for_ever(owner, reader, topic):
    read(reader, topic, 5)
    post = make_post(owner, topic)
    assert news_of(reader)
    delete_post(owner, post)
    assert not news_of(reader), "she had read all that is left"


def test_whoever_comes_after_the_last_post_was_taken_away_has_read_all(owner, reader, topic):
    hide_post(owner, topic.posts.get(number=5), "Оқушының аты")
    assert new_to(reader, topic) == 5
    read(reader, topic, 4)
    assert not news_of(reader)


def test_whoever_has_read_all_but_what_went_into_another_topic_has_nothing_new_there(owner, reader, topic):
    read(reader, topic, 4)
    split_topic(owner, topic, [5], "Жаңа арна")
    assert topic.pk not in news_of(reader)


def test_a_guest_begins_at_the_beginning(topic):
    assert Client().get(f"/kk/topics/{topic.pk}/unread/").headers["Location"] == f"/kk/topics/{topic.pk}/1/#post-1"


def test_who_wants_silence_has_nothing_new(reader, topic):
    press(reader, f"/groups/{topic.group_id}/follow/", level="mute")
    assert not news_of(reader)
    press(reader, f"/topics/{topic.pk}/follow/", level="watch")
    assert news_to(reader) == [topic]
    press(reader, f"/topics/{topic.pk}/follow/", level="")
    assert not news_of(reader)


def test_a_level_that_is_none_changes_nothing(reader, topic):
    assert press(reader, f"/groups/{topic.group_id}/follow/", level="loud").status_code == 400
    assert Membership.objects.get(user=reader).level == Level.NORMAL


def test_only_members_follow(topic):
    passer_by = make_person("passer@example.org")
    assert press(passer_by, f"/topics/{topic.pk}/follow/", level="watch").status_code == 404
    assert press(passer_by, f"/groups/{topic.group_id}/follow/", level="watch").status_code == 404


def test_whoever_writes_follows_unless_she_chose_otherwise(reader, topic):
    make_post(reader, topic)
    assert TopicReader.objects.get(user=reader).level == Level.WATCH
    follow_topic(reader, topic, Level.NORMAL)
    make_post(reader, topic)
    assert TopicReader.objects.get(user=reader).level == Level.NORMAL


def test_the_counter_stops_at_99(owner, reader, group):
    Topic.objects.bulk_create(Topic(group=group, author=owner, title=f"{n}", highest_number=1, posts_count=1) for n in range(120))
    assert counter(len(news_of(reader))) == "99+"


def test_a_bookmark_is_kept_and_let_go(reader, topic):
    post, client = topic.posts.get(number=2), signed_in(reader)
    for _ in range(2):
        pressed = client.post(f"/kk/posts/{post.pk}/keep/", headers={"HX-Request": "true"})
        assert pressed.content.decode() in client.get(f"/kk/topics/{topic.pk}/").content.decode(), "the button as it stands under its post"
    assert Bookmark.objects.get() == Bookmark.objects.get(user=reader, post=post)
    plain = client.post(f"/kk/posts/{post.pk}/keep/", {"forget": "1"}, headers={"Referer": f"http://testserver/kk/topics/{topic.pk}/2/"})
    assert plain.headers["Location"] == f"/kk/topics/{topic.pk}/2/#post-2"
    assert not Bookmark.objects.exists()


def test_every_post_of_a_page_can_be_kept(reader, topic):
    post, client = topic.posts.get(number=2), signed_in(reader)
    client.post(f"/kk/posts/{post.pk}/keep/")
    page = client.get(f"/kk/topics/{topic.pk}/").content.decode()
    assert page.count('aria-pressed="true" name="forget"') == 1
    assert page.count('id="keep-') == 5


def test_what_she_may_no_longer_read_is_not_among_her_bookmarks(owner, reader):
    hidden = make_group(owner, reader, access="hidden")
    topic = make_topic(owner, hidden, title="Жасырын әңгіме")
    client = signed_in(reader)
    client.post(f"/kk/posts/{topic.posts.get().pk}/keep/")
    assert "Жасырын әңгіме" in client.get("/kk/bookmarks/").content.decode()
    Membership.objects.filter(user=reader, group=hidden).delete()
    assert "Жасырын әңгіме" not in client.get("/kk/bookmarks/").content.decode()
