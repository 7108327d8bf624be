"""Who hears of what is said in groups: those who follow, once for each topic until they come back, and nobody who may not read it."""

import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from community import actions, tasks, telling
from community.actions import follow_group, follow_topic
from community.demo import make_group, make_member, make_post, make_topic
from community.models import Level, Membership, Mention, Post, Topic
from portal import actions as portal_actions
from portal.actions import block
from portal.demo import make_person
from portal.mail.sending import send_letter
from portal.models import Letter, Notice
from portal.notices.reading import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_person("owner@example.org", family_name="Ахметова", given_name="Айгүл")


@pytest.fixture
def reader():
    return make_person("reader@example.org", family_name="Ким", given_name="Виктор", language="ru")


@pytest.fixture
def third():
    return make_person("third@example.org", family_name="Оспанова", given_name="Жанар")


@pytest.fixture
def group(owner, reader, third):
    return make_group(owner, reader, third)


def read(person, topic, number: int) -> None:
    actions.read_topic(person, Topic.objects.get(pk=topic.pk), number)


def told(person) -> list[tuple[str, int]]:
    return [(notice.kind, notice.number) for notice in Notice.objects.filter(user=person, read_at=None).order_by("pk")]


def shown(person, language="kk") -> list[tuple[str, str]]:
    with override(language):
        return [(line.notice.kind, str(line.text), line.address) for line in lines(person, Notice.objects.filter(user=person))]


def naming(post: Post, *people) -> Post:
    """The post names them, and is told anew."""
    Mention.objects.bulk_create((Mention(post=post, user=person) for person in people), ignore_conflicts=True)
    Notice.objects.all().delete()
    tasks.tell_of_post.call(post.pk)
    return post


# Answers


def test_whoever_asked_hears_of_answers_once_until_she_comes_back(owner, reader, third, group):
    topic = make_topic(reader, group, title="Бөлшек")
    make_post(owner, topic)
    make_post(third, topic)
    assert told(reader) == [("topic-reply", 2)]
    read(reader, topic, 1)
    assert told(reader) == []
    make_post(owner, topic)
    assert told(reader) == [("topic-reply", 1)]


def test_the_script_of_the_page_marks_the_notices_of_its_topic(owner, reader, group):
    topic, other = make_topic(reader, group), make_topic(reader, group)
    make_post(owner, topic)
    make_post(owner, other)
    client = Client()
    client.force_login(reader)
    client.post(f"/kk/topics/{topic.pk}/read/", {"number": 2})
    assert [notice.object_id for notice in Notice.objects.filter(user=reader, read_at=None)] == [other.pk]


def test_whoever_has_written_or_watches_hears_and_nobody_else(owner, reader, third, group):
    watching, passive = make_person("watching@example.org"), make_person("passive@example.org")
    make_member(group, watching, level=Level.WATCH)
    make_member(group, passive)
    topic = make_topic(owner, group)
    read(watching, topic, 1)
    make_post(reader, topic)
    make_post(third, topic)
    assert told(reader) == [("topic-reply", 1)]
    assert told(owner) == [("topic-reply", 2)]
    assert told(watching) == [("topic-reply", 2)]
    assert told(passive) == told(third) == []


def test_what_she_chose_for_the_topic_goes_before_the_group(owner, reader, third, group):
    topic = make_topic(owner, group)
    follow_group(reader, group, Level.WATCH)
    follow_topic(reader, topic, Level.NORMAL)
    follow_group(third, group, Level.MUTE)
    follow_topic(third, topic, Level.WATCH)
    make_post(make_member(group, make_person("new@example.org")).user, topic)
    assert told(reader) == []
    assert told(third) == [("topic-reply", 1)]


def test_who_has_blocked_the_writer_hears_nothing_of_her(owner, reader, group):
    topic = make_topic(reader, group)
    block(reader, owner)
    make_post(owner, topic)
    assert told(reader) == []


def test_stewards_are_told_of_what_waits_for_them_until_one_has_decided(owner, reader, third, group):
    topic = make_topic(owner, group)
    held = [make_post(person, topic, text="Мұнда қараңыз: https://example.org/") for person in (reader, third)]
    (kind, text, address) = shown(owner)[0]
    assert text.endswith("тобындағы жазба Сіздің қарауыңызды күтіп тұр.")
    assert (kind, address, told(owner)) == ("group-held", f"/kk/groups/{group.pk}/held/", [("group-held", 2)])
    actions.let_through(owner, held[0])
    assert ("group-held", 1) in told(owner)
    actions.refuse(owner, held[1], "Жарнама")
    assert "group-held" not in dict(told(owner))


def test_a_task_that_runs_twice_tells_once(owner, reader, group):
    topic = make_topic(reader, group)
    post = make_post(owner, topic)
    tasks.tell_of_post.call(post.pk)
    assert told(reader) == [("topic-reply", 1)]
    read(reader, topic, 2)
    tasks.tell_of_post.call(post.pk)
    assert told(reader) == []


def test_what_was_taken_away_before_the_task_ran_is_told_to_nobody(owner, reader, group):
    topic = make_topic(reader, group)
    post = make_post(owner, topic)
    Notice.objects.all().delete()
    Post.objects.filter(pk=post.pk).update(state="hidden")
    tasks.tell_of_post.call(post.pk)
    assert told(reader) == []


@pytest.mark.parametrize("deed", [actions.hide_post, actions.delete_post])
def test_what_is_taken_away_is_no_news_any_more(owner, reader, third, group, deed):
    topic = make_topic(reader, group)
    named = make_post(third, topic, text=f"[@сіз](/people/{reader.pk}/)")
    assert told(reader) == [("mention", 1)]
    make_post(owner, topic)
    answer = make_post(third, topic)
    deed(owner, named, "Қате")
    assert told(reader) == [("topic-reply", 2)]
    deed(owner, answer, "Қате")
    assert told(reader) == [("topic-reply", 1)] and Notice.objects.get(user=reader).actor is None


def test_of_what_she_has_read_nothing_is_taken_back(owner, reader, third, group):
    topic = make_topic(reader, group)
    answer = make_post(third, topic)
    read(reader, topic, 2)
    make_post(owner, topic)
    actions.hide_post(owner, answer, "Қате")
    assert told(reader) == [("topic-reply", 1)]


# New topics and announcements


def test_who_watches_a_group_hears_of_new_topics_and_of_answers_after_she_has_seen_it(owner, reader, third, group):
    follow_group(reader, group, Level.WATCH)
    topic = make_topic(owner, group)
    make_post(third, topic)
    assert told(reader) == [("new-topic", 1)]
    assert told(third) == []
    read(reader, topic, 2)
    make_post(third, topic)
    assert told(reader) == [("topic-reply", 1)]


def test_an_announcement_reaches_every_member_who_has_not_asked_for_silence(owner, reader, third, group):
    follow_group(third, group, Level.MUTE)
    make_topic(owner, group, kind="announcement", title="Жиналыс")
    assert told(reader) == [("announcement", 1)]
    assert told(third) == told(owner) == []
    assert shown(reader, "ru")[0][1].startswith('Объявление в группе «<span lang="kk">')


def test_a_large_group_is_told_in_batches(owner, group, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 2)
    for n in range(5):
        make_member(group, make_person(f"member{n}@example.org"))
    make_topic(owner, group, kind="announcement")
    assert Notice.objects.filter(kind="announcement").count() == 7


def test_a_request_writes_the_same_rows_however_many_members_there_are(owner, group, settings):
    """What is told is told by the task."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}

    def writes() -> int:
        with CaptureQueriesContext(connection) as captured:
            make_topic(owner, group, kind="announcement")
        return sum(query["sql"].startswith(("INSERT", "UPDATE")) for query in captured)

    writes()
    few = writes()
    for n in range(10):
        make_member(group, make_person(f"member{n}@example.org"))
    assert writes() == few
    assert not Notice.objects.exists()


# Mentions and quotations


def test_who_is_named_hears_that_and_not_besides_that_somebody_answered(owner, reader, third, group):
    topic = make_topic(reader, group, title="Бөлшек")
    naming(make_post(owner, topic), reader, third)
    assert told(reader) == told(third) == [("mention", 1)]
    assert shown(third)[0] == (
        "mention",
        '«<span lang="kk">Бөлшек</span>» тақырыбында Сізді атап өтті: Айгүл Ахметова',
        f"/kk/topics/{topic.pk}/2/",
    )


@pytest.mark.parametrize("access", ["request", "hidden"])
def test_only_who_may_read_it_hears_that_she_is_named(owner, access):
    outsider, group = make_person("outsider@example.org"), make_group(owner, access=access)
    naming(make_topic(owner, group).posts.get(), outsider)
    assert told(outsider) == []


def test_in_an_open_group_a_colleague_from_outside_hears_that_she_is_named(owner, group):
    outsider = make_person("outsider@example.org")
    naming(make_topic(owner, group).posts.get(), outsider)
    assert told(outsider) == [("mention", 1)]


def test_who_wants_silence_is_not_told_that_she_is_named(owner, reader, group):
    follow_group(reader, group, Level.MUTE)
    naming(make_topic(owner, group).posts.get(), reader)
    assert told(reader) == []


def test_who_is_quoted_hears_that(owner, reader, third, group):
    topic = make_topic(owner, group)
    make_post(reader, topic, text="Бөлшекті алмамен түсіндіремін")
    quotation = f"> [{reader.get_full_name()}](/topics/{topic.pk}/2/):\n> Бөлшекті алмамен түсіндіремін\n\nКеремет!"
    make_post(third, topic, text=quotation)
    assert told(reader) == [("quoted", 1)]
    assert told(owner) == [("topic-reply", 2)]


def test_a_mention_stays_until_its_post_is_reached(owner, reader, group):
    topic = make_topic(owner, group)
    make_post(owner, topic)
    naming(make_post(owner, topic), reader)
    read(reader, topic, 2)
    assert told(reader) == [("mention", 1)]
    read(reader, topic, 3)
    assert told(reader) == []


def test_another_wording_tells_whom_it_names_anew_and_takes_back_whom_it_names_no_longer(owner, reader, third, group):
    post = make_topic(owner, group, text=f"[@Виктор](/people/{reader.pk}/), қараңызшы").posts.get()
    assert told(reader) == [("mention", 1)]
    actions.edit_post(owner, post, text=f"[@Жанар](/people/{third.pk}/), қараңызшы", revision=0)
    assert told(third) == [("mention", 1)]
    assert told(reader) == []


# Solved


def solve(by, topic, post) -> None:
    Topic.objects.filter(pk=topic.pk).update(solved_by=post)
    portal_actions.record(by, "solve", topic.ref, after={"post": post.number})
    tasks.tell_of_solved.call(post.pk)


def test_whose_answer_solved_it_hears_that(reader, third, group):
    topic = make_topic(reader, group, kind="question", title="Бөлшек")
    post = make_post(third, topic)
    Notice.objects.all().delete()
    solve(reader, topic, post)
    assert shown(third)[0][1:] == ('Сіздің жауабыңыз «<span lang="kk">Бөлшек</span>» сұрағын шешті', f"/kk/topics/{topic.pk}/2/")
    assert told(reader) == []


def test_who_asked_hears_that_a_steward_has_marked_the_answer(owner, reader, third, group):
    topic = make_topic(reader, group, kind="question")
    post = make_post(third, topic)
    Notice.objects.all().delete()
    solve(owner, topic, post)
    assert told(third) == told(reader) == [("topic-solved", 1)]


# What may no longer be seen


def test_the_moment_after_leaving_nothing_is_told_or_shown(owner, reader):
    hidden = make_group(owner, reader, name="Жасырын топ", access="hidden")
    topic = make_topic(reader, hidden, title="Жасырын әңгіме")
    make_post(owner, topic)
    assert len(shown(reader)) == 1
    Membership.objects.filter(user=reader).delete()
    assert shown(reader) == []
    make_post(owner, topic)
    assert told(reader) == [("topic-reply", 1)]
    client = Client()
    client.force_login(reader)
    assert "Жасырын" not in client.get("/kk/notices/").content.decode()


@pytest.fixture
def any_hour(monkeypatch):
    """Letters may go out whenever the tests run."""
    monkeypatch.setattr("portal.mail.sending.opening", lambda letter: timezone.now())


def letter_about(person):
    """The letter of her newest notice, sent."""
    letter = Letter.objects.filter(user=person).latest("pk")
    Letter.objects.filter(pk=letter.pk).update(due_at=letter.due_at.replace(year=2020))
    mail.outbox.clear()
    send_letter.call(letter.pk)
    return mail.outbox


def test_a_letter_of_a_hidden_group_says_nothing_in_its_subject(any_hour, owner, reader):
    hidden = make_group(owner, reader, name="Жасырын топ", access="hidden")
    naming(make_topic(owner, hidden, title="Жасырын әңгіме").posts.get(), reader)
    [message] = letter_about(reader)
    assert message.subject == "Новости в одной из ваших групп"
    assert "Жасырын әңгіме" in message.body


@pytest.mark.parametrize("deed", ["role", "post"])
def test_other_letters_of_a_hidden_group_are_headed_as_discreetly(any_hour, owner, reader, deed):
    hidden = make_group(owner, reader, name="Жасырын топ", access="hidden")
    if deed == "role":
        actions.set_role(owner, hidden.memberships.get(user=reader), "steward")
    else:
        actions.hide_post(owner, make_post(reader, make_topic(owner, hidden, title="Жасырын әңгіме")), "Қате")
    [message] = letter_about(reader)
    assert message.subject == "Новости в одной из ваших групп"
    assert "Жасырын" in message.body


def test_a_letter_of_an_open_group_is_headed_with_what_happened(any_hour, owner, reader, group):
    naming(make_topic(owner, group, title="Бөлшек").posts.get(), reader)
    [message] = letter_about(reader)
    assert message.subject == "Айгүл Ахметова упоминает вас в теме «Бөлшек»"


def test_who_has_left_a_hidden_group_gets_no_letter_of_it(any_hour, owner, reader):
    hidden = make_group(owner, reader, access="hidden")
    naming(make_topic(owner, hidden).posts.get(), reader)
    Membership.objects.filter(user=reader).delete()
    assert letter_about(reader) == []


def test_one_form_sent_twice_tells_once(owner, reader, group):
    topic, key = make_topic(reader, group), uuid.uuid4()
    for _ in range(2):
        actions.reply(owner, topic, text="Жауап", key=key)
    assert told(reader) == [("topic-reply", 1)]
