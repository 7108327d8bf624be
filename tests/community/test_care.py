"""How much one person may write in a day, what waits for a steward, slow mode: counted from rows, said to the minute."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override

from community import actions, care
from community.demo import make_group, make_member, make_post, make_topic
from community.models import Draft, Membership, Post, Topic
from portal.demo import make_administrator, make_person, make_school
from portal.settings import base

pytestmark = pytest.mark.django_db
LINK = "Мұнда қараңыз: https://example.org/{}"


@pytest.fixture(autouse=True)
def as_in_use(settings):
    settings.WRITING_LIMITS = base.WRITING_LIMITS


@pytest.fixture
def owner():
    return make_person("owner@example.org", school=make_school(), confirmed_by=make_administrator())


@pytest.fixture
def newcomer():
    return make_person("newcomer@example.org", given_name="Жаңа")


@pytest.fixture
def group(owner, newcomer):
    return make_group(owner, newcomer)


@pytest.fixture
def topic(owner, group):
    return make_topic(owner, group)


def written_long_ago(author, topic, number: int) -> None:
    for _post in range(number):
        post = make_post(author, topic)
        Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(days=2))


def refusal(write, *args, **kwargs) -> care.NotNow:
    with pytest.raises(care.NotNow) as refused:
        write(*args, **kwargs)
    return refused.value


def test_a_newcomer_writes_twenty_posts_and_is_told_when_the_next_is_possible(newcomer, topic):
    first, *_others = [make_post(newcomer, topic) for _ in range(20)]
    assert refusal(make_post, newcomer, topic).until == first.created_at + timedelta(days=1)
    assert topic.posts.count() == 21, "what is refused leaves no row"
    Post.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(days=1))
    assert make_post(newcomer, topic).number == 22


def test_a_newcomer_starts_five_topics(newcomer, group):
    first, *_others = [make_topic(newcomer, group) for _ in range(5)]
    refused = refusal(make_topic, newcomer, group)
    assert (refused.until, refused.limit) == (first.created_at + timedelta(days=1), "topics")
    assert make_post(newcomer, first).number == 2, "answers are counted for themselves"


def test_a_newcomer_gives_five_links(newcomer, topic):
    first = make_post(newcomer, topic, text=LINK.format(1))
    make_post(newcomer, topic, text=" ".join(LINK.format(number) for number in range(4)))
    refused = refusal(make_post, newcomer, topic, text=LINK.format(9))
    assert (refused.until, refused.limit) == (first.created_at + timedelta(days=1), "links")
    assert make_post(newcomer, topic, text="Сілтемесіз.")


def test_a_post_of_many_links_takes_the_whole_day(newcomer, topic):
    made = make_post(newcomer, topic, text=" ".join(LINK.format(number) for number in range(8)))
    assert refusal(make_post, newcomer, topic, text=LINK.format(9)).until == made.created_at + timedelta(days=1)


def test_whoever_is_confirmed_may_do_five_times_as_much(owner, group):
    assert [make_topic(owner, group).posts_count for _ in range(25)] == [1] * 25
    refusal(make_topic, owner, group)


def test_ten_posts_that_stand_count_from_the_second_day(newcomer, topic):
    written_long_ago(newcomer, topic, 9)
    for _post in range(20):
        make_post(newcomer, topic)
    refusal(make_post, newcomer, topic)
    Post.objects.filter(author=newcomer, number=20).update(created_at=timezone.now() - timedelta(days=2))
    assert make_post(newcomer, topic)


def test_what_was_hidden_helps_nobody_to_settle(newcomer, topic):
    written_long_ago(newcomer, topic, 10)
    assert care.has_settled(newcomer)
    Post.objects.filter(author=newcomer, number=3).update(state=Post.State.HIDDEN)
    assert not care.has_settled(newcomer)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("https://example.org/a және https://example.org/b", 2),
        ("[үлгі](https://example.org/)", 1),
        ("[https://example.org/](https://example.org/)", 1),
        ("[үлгі](//example.org/x)", 1),
        ("[үлгі][1]\n\n[1]: https://example.org/", 1),
        ("www.example.org", 1),
        ("h&#116;tps://example.org/", 1),
        ("<https://example.org/>", 1),
        ("http://localhost:8000/kk/materials/7/", 0),
        ("[сабақ](/kk/materials/7/)", 0),
        ("км/сағ, және//немесе, 1/2", 0),
    ],
)
def test_what_is_a_link_to_elsewhere(text, number):
    assert len(care.links_elsewhere(text)) == number


def test_links_of_a_newcomer_wait_for_a_steward(owner, newcomer, group, topic):
    held = make_post(newcomer, topic, text=LINK.format(1))
    assert (held.state, held.number) == (Post.State.HELD, None)
    assert make_topic(newcomer, group, text=LINK.format(2)).state == Topic.State.HELD
    assert not Post.objects.visible_to(make_person("reader@example.org")).filter(pk=held.pk).exists()
    assert Post.objects.visible_to(owner).filter(pk=held.pk).exists()


def test_a_title_carries_no_link(newcomer, group, client):
    """It stands in lists, letters and results, where no steward looks at it."""
    client.force_login(newcomer)
    typed = {"key": uuid4(), "kind": "question", "title": "Қараңыз: www.example.org", "text": "Мәтін", "language": ""}
    answer = client.post(f"/kk/groups/{group.pk}/ask/", typed)
    assert answer.status_code == 422 and "Тақырып атауына мекенжай жазылмайды" in answer.content.decode()
    topic = make_topic(newcomer, group)
    client.post(f"/kk/topics/{topic.pk}/change/", {"title": "https://example.org/", "kind": "question", "language": "kk"})
    assert not Topic.objects.filter(title__contains="example.org").exists()


def test_a_steward_is_led_from_the_group_to_what_waits(owner, newcomer, group, topic, client):
    make_post(newcomer, topic, text=LINK.format(""))
    address = f"/kk/groups/{group.pk}/held/"
    for person, is_led in ((owner, True), (newcomer, False)):
        client.force_login(person)
        assert (address in client.get(f"/kk/groups/{group.pk}/").content.decode()) == is_led
    client.force_login(owner)
    assert "a post waits for your look" in client.get("/en/me/groups/").content.decode()
    assert "https://example.org/" in client.get(address).content.decode()


def test_links_of_stewards_and_of_the_settled_are_shown_at_once(owner, newcomer, group, topic):
    assert make_post(owner, topic, text=LINK.format(1)).state == Post.State.SHOWN
    Membership.objects.filter(user=newcomer).update(role=Membership.Role.STEWARD)
    assert make_post(newcomer, topic, text=LINK.format(2)).state == Post.State.SHOWN
    Membership.objects.filter(user=newcomer).update(role=Membership.Role.MEMBER)
    written_long_ago(newcomer, topic, 10)
    assert make_post(newcomer, topic, text=LINK.format(3)).state == Post.State.SHOWN


def reworded(author, post, text):
    return actions.edit_post(author, Post.objects.get(pk=post.pk), text=text, revision=Post.objects.get(pk=post.pk).revision)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_newcomer_brings_no_link_into_a_post_that_stands(client, newcomer, topic, language):
    post = make_post(newcomer, topic, text="Сілтемесіз.")
    client.force_login(newcomer)
    form = {"key": "", "text": LINK.format(1), "language": "kk", "revision": 0}
    answer = client.post(f"/{language}/posts/{post.pk}/edit/", form)
    with override(language):
        assert answer.status_code == 422 and str(care.SENTENCES["edit"]) in answer.content.decode()
    assert LINK.format(1) in answer.content.decode() and Draft.objects.get(post=post).text == LINK.format(1)
    assert Post.objects.get(pk=post.pk).text == "Сілтемесіз."
    own = form | {"text": f"Түзетілді: http://localhost:8000/kk/topics/{topic.pk}/"}
    assert client.post(f"/{language}/posts/{post.pk}/edit/", own).status_code == 302, "a link within the portal is none"


def test_a_post_that_waits_takes_links_and_one_that_was_let_through_keeps_its_own(owner, newcomer, topic):
    held = make_post(newcomer, topic, text=LINK.format(1))
    reworded(newcomer, held, f"{LINK.format(1)} {LINK.format(2)}")
    actions.let_through(owner, held)
    assert reworded(newcomer, held, f"Жақсырақ айтсам: {LINK.format(2)}").revision == 2
    with pytest.raises(care.LinksWait):
        reworded(newcomer, held, LINK.format(3))
    with pytest.raises(care.LinksWait):
        reworded(newcomer, held, LINK.format(1))


def test_links_of_an_edit_count_for_the_day_on_which_they_are_added(newcomer, topic):
    post = make_post(newcomer, topic, text="Сілтемесіз.")
    written_long_ago(newcomer, topic, 10)
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(days=3))
    for number in range(25):
        reworded(newcomer, post, LINK.format(number))
    refused = refusal(reworded, newcomer, post, LINK.format(99))
    assert (refused.until, refused.limit) == (post.versions.earliest("at").at + timedelta(days=1), "links")
    assert refusal(make_post, newcomer, topic, text=LINK.format(99)).until == refused.until
    assert reworded(newcomer, post, "Сілтемесіз."), "taking links away is always possible"
    post.versions.update(at=timezone.now() - timedelta(days=1))
    assert reworded(newcomer, post, LINK.format(99))


def test_slow_mode_lets_each_write_in_her_turn(owner, newcomer, group, topic):
    type(group).objects.filter(pk=group.pk).update(slow_minutes=10)
    first = make_post(newcomer, topic)
    refused = refusal(make_post, newcomer, topic)
    assert (refused.until, refused.limit) == (first.created_at + timedelta(minutes=10), "slow")
    elsewhere = make_group(owner, newcomer, name="Басқа топ")
    assert make_topic(newcomer, elsewhere)
    other = make_person("other@example.org")
    make_member(group, other)
    assert make_post(other, topic) and make_post(owner, topic) and make_post(owner, topic), "stewards are exempt"
    Post.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(minutes=10))
    assert make_post(newcomer, topic)


@pytest.mark.parametrize("limit", ["topics", "posts", "links", "slow"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_refusal_says_when_to_the_minute_that_is_not_too_early(limit, language):
    until = datetime(2026, 11, 26, 9, 4, 30, tzinfo=timezone.get_default_timezone())
    with override(language):
        assert "26.11.2026, 09:05" in care.told(care.NotNow(until, limit))
