"""Writing: nothing typed is lost, whatever happens to the form."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community import actions
from community.care import NotNow
from community.demo import make_group, make_post, make_topic
from community.models import Draft, Group, Membership, Post, Topic
from portal.demo import make_person
from portal.models import File

from ..portal.sample_files import make_image

pytestmark = pytest.mark.django_db
LONG = "ұзақ " * 20_000


@pytest.fixture
def owner():
    return make_person("owner@example.org")


@pytest.fixture
def member():
    return make_person("member@example.org", family_name="Оспанова", given_name="Жанар")


@pytest.fixture
def group(owner, member):
    return make_group(owner, member)


@pytest.fixture
def topic(owner, group):
    return make_topic(owner, group)


@pytest.fixture
def writer(client, member) -> Client:
    client.force_login(member)
    return client


def typed(**fields) -> dict:
    return {"key": str(uuid.uuid4()), "kind": "question", "title": "Бөлшек", "text": "Қалай түсіндіресіз?", "language": ""} | fields


def test_a_topic_is_asked_once(writer, group):
    form = typed()
    answers = [writer.post(f"/kk/groups/{group.pk}/ask/", form) for _ in range(2)]
    topic = Topic.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/kk/topics/{topic.pk}/1/#post-1"}
    assert (topic.kind, topic.language, topic.posts_count) == ("question", "kk", 1)


def test_nothing_is_begun_in_a_group_that_was_archived_meanwhile(owner, member, group):
    as_drawn = Group.objects.get(pk=group.pk)
    actions.archive_group(owner, group)
    with pytest.raises(PermissionDenied):
        make_topic(member, as_drawn)


def test_two_windows_of_one_draft_send_both_texts(writer, topic):
    key = str(uuid.uuid4())
    for text in ("Бірінші терезе", "Екінші терезе"):
        writer.post(f"/kk/topics/{topic.pk}/reply/", {"key": key, "text": text})
    assert [post.text for post in topic.posts.order_by("number")][1:] == ["Бірінші терезе", "Екінші терезе"]


@pytest.mark.parametrize("text", ["", LONG])
def test_a_refused_form_keeps_what_was_typed(writer, group, text):
    answer = writer.post(f"/en/groups/{group.pk}/ask/", typed(title="Менің тақырыбым", text=text))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Менің тақырыбым" in page and text.strip()[:50] in page
    assert not Topic.objects.exists()


def test_too_much_for_a_day_is_said_and_kept(writer, member, topic, monkeypatch):
    from django.utils import timezone

    def refuse(*args, **kwargs):
        raise NotNow(timezone.now())

    monkeypatch.setattr("community.care.admit", refuse)
    answer = writer.post(f"/ru/topics/{topic.pk}/reply/", typed(text="Мой длинный ответ"))
    assert answer.status_code == 429 and "Мой длинный ответ" in answer.content.decode()
    assert Draft.objects.get(user=member, topic=topic).text == "Мой длинный ответ"


def test_a_stranger_joins_an_open_group_by_answering(client, topic):
    stranger = make_person("stranger@example.org")
    client.force_login(stranger)
    assert "Join and answer" in client.get(f"/en/topics/{topic.pk}/").content.decode()
    assert client.post(f"/en/topics/{topic.pk}/reply/", typed(text="Мен де солай істеймін")).status_code == 302
    assert Membership.objects.filter(user=stranger, group=topic.group).exists()
    assert topic.posts.get(number=2).author == stranger


def test_whoever_was_removed_is_not_led_to_write_in_vain(owner, member, writer, topic):
    actions.remove_member(owner, Membership.objects.get(user=member), reason="Балағат")
    assert "data-composer" not in writer.get(f"/kk/topics/{topic.pk}/").content.decode()
    for address in (f"/kk/topics/{topic.pk}/reply/", f"/kk/groups/{topic.group_id}/ask/"):
        assert writer.get(address).status_code == 404


def test_announcing_is_for_stewards(writer, group, client, owner):
    assert writer.post(f"/kk/groups/{group.pk}/ask/", typed(kind="announcement")).status_code == 422
    client.force_login(owner)
    assert client.post(f"/kk/groups/{group.pk}/ask/", typed(kind="announcement")).status_code == 302


def test_a_draft_waits_on_the_server_until_it_is_sent(writer, member, topic):
    key = str(uuid.uuid4())
    assert writer.post(f"/kk/drafts/topics/{topic.pk}/", {"key": key, "text": "Жарты жау"}).status_code == 204
    writer.post(f"/kk/drafts/topics/{topic.pk}/", {"key": key, "text": "Жарты жауап"})
    page = writer.get(f"/kk/topics/{topic.pk}/").content.decode()
    assert "Жарты жауап" in page and key in page
    writer.post(f"/kk/topics/{topic.pk}/reply/", {"key": key, "text": "Толық жауап"})
    assert not Draft.objects.exists()
    writer.post(f"/kk/drafts/topics/{topic.pk}/", {"text": "Тағы"})
    writer.post(f"/kk/drafts/topics/{topic.pk}/", {"forget": "1"})
    assert not Draft.objects.exists()


@pytest.mark.parametrize("about", ["a" * 41 + ":1", "materials:1\n", "materials:" + "9" * 19, "materials"])
def test_a_draft_takes_whatever_is_typed(writer, group, about):
    """PostgreSQL keeps no NUL and no longer title than its column."""
    sent = typed(title="т" * 300, text="бір\0екі", about=about)
    assert writer.post(f"/kk/drafts/groups/{group.pk}/", sent).status_code == 204
    draft = Draft.objects.get()
    assert (draft.title, draft.text, draft.about_source) == ("т" * 200, "бірекі", "")
    assert writer.post(f"/kk/groups/{group.pk}/ask/", typed(about=about)).status_code in (302, 422)
    assert not Topic.objects.exclude(about_source="").exclude(about_source="materials", about_id=1).exists()


def test_a_draft_that_comes_after_its_post_is_none(writer, topic):
    """The browser keeps what is typed every other second; the last time may be overtaken by the press that sends."""
    key, address = str(uuid.uuid4()), f"/kk/drafts/topics/{topic.pk}/"
    writer.post(f"/kk/topics/{topic.pk}/reply/", {"key": key, "text": "Толық жауап.\r\nЕкінші жолы"})
    for late in ("Толық жауап.\r\nЕкінші", "Толық жауап.\r\nЕкінші жолы "):
        writer.post(address, {"key": key, "text": late})
    assert not Draft.objects.exists()
    writer.post(address, {"key": key, "text": "Екінші терезеде басқа сөз"})
    assert Draft.objects.get().text == "Екінші терезеде басқа сөз"


def test_a_draft_older_than_the_post_is_shown_beside_it(writer, member, topic):
    post = make_post(member, topic, text="Бұрынғы")
    edit = f"/kk/posts/{post.pk}/edit/"
    writer.post(edit, {"key": str(uuid.uuid4()), "revision": 0, "text": "Сақталған"})
    writer.post(f"/kk/drafts/posts/{post.pk}/", {"key": str(uuid.uuid4()), "revision": 0, "text": "Ескі терезеде"})
    page = writer.get(edit)
    assert page.context["other"].text == "Сақталған" and page.context["form"]["text"].value() == "Ескі терезеде"
    writer.post(f"/kk/drafts/posts/{post.pk}/", {"key": str(uuid.uuid4()), "revision": 1, "text": "Екеуін көргеннен кейін"})
    assert writer.get(edit).context["other"] is None


def test_files_go_with_the_post(writer, member, topic, client):
    picture = SimpleUploadedFile("тақта.png", make_image("PNG"))
    writer.post(f"/kk/topics/{topic.pk}/reply/", {"key": str(uuid.uuid4()), "text": "Мінекей", "file": picture, "attach": "1"})
    draft = Draft.objects.get(user=member)
    assert draft.text == "Мінекей" and draft.files.count() == 1
    other = SimpleUploadedFile("екінші.png", make_image("PNG"))
    writer.post(f"/kk/topics/{topic.pk}/reply/", {"key": str(draft.key), "text": "Мінекей", "file": other})
    post = topic.posts.get(number=2)
    assert [row.file.name for row in post.files.all()] == ["тақта.png", "екінші.png"]
    address = f"/kk/topics/{topic.pk}/files/{post.files.first().file_id}/"
    assert f"{address}preview/" in Client().get(f"/kk/topics/{topic.pk}/").content.decode()
    assert Client().get(address).status_code == 200
    Post.objects.filter(pk=post.pk).update(state=Post.State.HIDDEN)
    assert Client().get(address).status_code == 404


def test_a_file_that_is_not_taken_leaves_the_text(writer, topic):
    torn = SimpleUploadedFile("сурет.jpg", make_image()[:200])
    answer = writer.post(f"/kk/topics/{topic.pk}/reply/", typed(text="Сурет қосамын", file=torn))
    assert answer.status_code == 422 and "Сурет қосамын" in answer.content.decode()
    assert topic.posts.count() == 1 and not File.objects.exists()


def test_ten_files_at_most(writer, topic):
    files = [SimpleUploadedFile(f"{number}.png", make_image("PNG")) for number in range(11)]
    answer = writer.post(f"/en/topics/{topic.pk}/reply/", typed(text="Көп сурет", file=files))
    assert answer.status_code == 422 and "at most 10 files" in answer.content.decode()


def test_the_preview_shows_what_will_be_read(writer, member, group, topic):
    text = f"**Қалың** http://localhost:8000/kk/topics/{topic.pk}/"
    page = writer.post("/kk/topics/preview/", {"text": text}, headers={"HX-Request": "true"}).content.decode()
    assert "<strong>Қалың</strong>" in page and topic.title in page and "<html" not in page
    assert "<html" in writer.post("/kk/topics/preview/", {"text": text}).content.decode()


def test_similar_topics_and_people_are_offered(writer, owner, topic):
    assert topic.title in writer.get("/kk/topics/similar/?title=бөлшектерді+түсіндіру").content.decode()
    for asked in ("жан", "жа%00н"):
        page = writer.get(f"/kk/groups/{topic.group_id}/people/?q={asked}").content.decode()
        assert 'data-name="Жанар Оспанова"' in page


def test_a_quotation_names_its_author(writer, owner, member, topic):
    page = writer.get(f"/kk/topics/{topic.pk}/?quote=1").content.decode()
    assert f"(/people/{owner.pk}/)" in page and f"(/topics/{topic.pk}/1/)" in page
    post = make_post(member, topic, text=f"> [@Иесі](/people/{owner.pk}/) дейді\n\n[@Жоқ](/people/999999/)")
    assert list(post.mentions.values_list("user", flat=True)) == [owner.pk]


def test_another_wording_keeps_the_first(writer, owner, member, topic):
    post = make_post(member, topic, text="Бірінші мәтін")
    address = f"/kk/posts/{post.pk}/edit/"
    form = {"key": str(uuid.uuid4()), "text": "Екінші мәтін", "language": "kk", "revision": 0}
    assert writer.post(address, form).status_code == 302
    late = writer.post(address, form | {"text": "Басқа терезе"})
    page = late.content.decode()
    assert late.status_code == 422 and "Екінші мәтін" in page and "Басқа терезе" in page and 'name="revision" value="1"' in page
    history = Client().get(f"/kk/topics/{topic.pk}/{post.number}/history/").content.decode()
    assert "<del>Бірінші </del><ins>Екінші </ins>" in history
    assert writer.post(address, form | {"text": "Басқа терезе", "revision": 1}).status_code == 302
    assert Post.objects.get(pk=post.pk).revision == 2


def test_whom_an_edit_names_is_known_and_whom_it_leaves_out_no_more(owner, member, topic):
    other = make_person("other@example.org")
    post = make_post(member, topic, text=f"[@а](/people/{owner.pk}/)")
    actions.edit_post(member, post, text=f"[@б](/people/{other.pk}/)", revision=0)
    assert list(post.mentions.values_list("user", flat=True)) == [other.pk]


def test_a_material_is_discussed_in_a_group_of_hers(writer, member, group):
    from resources.demo import make_material

    material = make_material(member, title="Пайыздар")
    assert f"/kk/topics/about/materials/{material.pk}/" in writer.get(f"/kk/materials/{material.pk}/").content.decode()
    assert group.name in writer.get(f"/kk/topics/about/materials/{material.pk}/").content.decode()
    begun = writer.get(f"/kk/topics/about/materials/{material.pk}/begin/?group={group.pk}")
    assert begun["Location"] == f"/kk/groups/{group.pk}/ask/?about=materials:{material.pk}"
    assert f'value="materials:{material.pk}"' in writer.get(begun["Location"]).content.decode()
    kept = writer.post(f"/kk/groups/{group.pk}/ask/", typed(about=f"materials:{material.pk}", keep="1"))
    assert f'value="materials:{material.pk}"' in writer.get(kept["Location"]).content.decode(), "a draft knows it too"
    writer.post(f"/kk/groups/{group.pk}/ask/", typed(about=f"materials:{material.pk}", title="Пайыз туралы"))
    topic = Topic.objects.get()
    assert str(topic.about) == f"materials:{material.pk}"
    assert "Пайыздар" in Client().get(f"/kk/topics/{topic.pk}/").content.decode()
    assert "Пайыз туралы" in Client().get(f"/kk/topics/about/materials/{material.pk}/").content.decode()
