"""Colleagues talk: a group is founded, a question asked, answered, solved and found; somebody asks to be let in."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from community.demo import make_group, make_post, make_topic
from community.models import Draft, Group, JoinRequest, Topic
from portal.demo import make_administrator, make_person, make_school

from .stories import TALKS, Talk
from .test_care import enter
from .walker import Walker

SEND = 'main form button[type="submit"].button-primary'
TITLE, TEXT = 'input[name="title"]', 'textarea[name="text"]'
# So many posts of the asker stand between her question and the answer
POSTS_BETWEEN = 4
SOLUTION_NUMBER = POSTS_BETWEEN + 2
SOLUTION = f"#post-{SOLUTION_NUMBER}"
KEPT = "[data-draft-state]:not(:empty)"


@pytest.fixture
def asker(transactional_db):
    """Her place of work is confirmed: she may found a group."""
    return make_person(
        "asker@example.org", given_name="Гүлнәр", family_name="Сәрсенова", school=make_school(), confirmed_by=make_administrator()
    )


@pytest.fixture
def helper(transactional_db):
    return make_person("helper@example.org", given_name="Ольга", family_name="Пак", languages=["kk", "ru", "en"])


@pytest.fixture
def picture(tmp_path) -> Path:
    """Noise is not made smaller by any format: it is sent in more than one piece."""
    image, buffer = Image.frombytes("RGB", (700, 700), os.urandom(700 * 700 * 3)), BytesIO()
    image.save(buffer, "PNG")
    path = tmp_path / "микроскоп.png"
    path.write_bytes(buffer.getvalue())
    return path


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280), ("en", 360)])
def test_a_question_is_asked_answered_solved_and_found(walk, live_server, asker, helper, picture, language, width):
    talk = TALKS[language]
    make_topic(helper, make_group(helper), title=talk.similar, language=language)
    writer = enter(walk(language, width), asker, live_server.url)
    founds(writer, talk)
    asks(writer, talk, picture)
    topic = Topic.objects.get(title=talk.title)
    assert topic.language == language
    for _post in range(POSTS_BETWEEN):
        make_post(asker, topic, text="\n\n".join([talk.text] * 12))

    colleague = enter(walk(language, width), helper, live_server.url)
    colleague.open(f"groups/{topic.group_id}/")
    colleague.press(f'.row-title a:text-is("{talk.title}")')
    answers(colleague, talk, topic)

    writer.open(f"topics/{topic.pk}/unread/")
    writer.press(f'{SOLUTION} button[formaction$="/solve/"]')
    writer.see(f"{SOLUTION}.post-solving", talk.answer)
    writer.check("solved")
    finds(walk(language, width), talk, topic)


def founds(writer: Walker, talk: Talk) -> None:
    writer.open("groups/")
    writer.press('main a[href$="/groups/new/"]')
    writer.arrive("groups/new/")
    writer.glance("found a group")
    writer.write(f'input[name="name_{writer.language}"]', talk.name)
    writer.press(SEND)
    writer.refused()
    writer.check("a group without a purpose")
    writer.write(f'textarea[name="purpose_{writer.language}"]', talk.purpose)
    writer.press(SEND)
    writer.arrive(r"groups/\d+/")
    writer.see("h1", talk.name)
    writer.glance("founded")


def asks(writer: Walker, talk: Talk, picture: Path) -> None:
    writer.press('main a[href$="/ask/"]')
    writer.glance("new topic")
    writer.at(TITLE).press_sequentially(talk.title)
    writer.see(".similar a", talk.similar)
    writer.at(TEXT).press_sequentially(f"{talk.text} ")
    writer.press('[data-tools] [data-mark="**"]')
    writer.page.keyboard.type(talk.strong)
    expect(writer.at(TEXT)).to_have_value(f"{talk.text} **{talk.strong}**")
    writer.press('button[hx-post$="/topics/preview/"]')
    writer.see(".post-preview strong", talk.strong)
    writer.see(KEPT)
    writer.check("previewed")

    writer.page.reload()
    expect(writer.at(TITLE)).to_have_value(talk.title)
    writer.at(TEXT).press("Control+End")
    writer.page.keyboard.type(" 🔬")
    writer.press("details.more summary")
    writer.choose_file('input[type="file"]', picture)
    writer.see(".files", picture.name)
    expect(writer.at(TEXT)).to_have_value(f"{talk.text} **{talk.strong}** 🔬")
    writer.glance("with a picture")
    writer.press(SEND)
    writer.arrive(r"topics/\d+/1/")
    writer.see("#post-1 strong", talk.strong)
    writer.see("#post-1 .post-picture img")
    writer.glance("asked")
    assert not Draft.objects.exists()


def answers(colleague: Walker, talk: Talk, topic: Topic) -> None:
    """She names the asker by the keyboard alone."""
    colleague.arrive(f"topics/{topic.pk}/")
    colleague.glance("topic of a group that one is not in")
    colleague.tab_to(TEXT)
    colleague.page.keyboard.type("@гүл")
    colleague.see("[data-people] button", "Гүлнәр Сәрсенова")
    colleague.check("people to name")
    colleague.page.keyboard.press("ArrowDown")
    colleague.page.keyboard.press("Enter")
    colleague.page.keyboard.type(talk.answer)
    colleague.key(f"#composer {SEND.removeprefix('main ')}", "Enter")
    colleague.arrive(f"topics/{topic.pk}/{SOLUTION_NUMBER}/")
    colleague.see(f"{SOLUTION} a", "Гүлнәр Сәрсенова")
    expect(colleague.at(TEXT)).to_have_value("")
    colleague.glance("answered")
    assert not Draft.objects.exists()


def finds(guest: Walker, talk: Talk, topic: Topic) -> None:
    guest.open()
    guest.write('main input[name="q"]', talk.query)
    guest.page.keyboard.press("Enter")
    guest.arrive("search/")
    guest.glance("found")
    guest.press(f'#results .row-title a:text-is("{talk.title}")')
    guest.arrive(f"topics/{topic.pk}/{SOLUTION_NUMBER}/")
    expect(guest.at(f"{SOLUTION} .solved-line")).to_be_in_viewport()
    expect(guest.at("#post-1")).not_to_be_in_viewport()
    guest.check("topic of a guest")


@pytest.mark.parametrize(("language", "width"), [("kk", 1280), ("ru", 360), ("en", 1280)])
def test_whoever_asks_to_join_is_let_in_with_a_word(walk, live_server, asker, helper, language, width):
    talk = TALKS[language]
    group = make_group(asker, name=talk.name, access=Group.Access.REQUEST, question=talk.question)
    make_topic(asker, group, title=talk.title, text=talk.text)
    guest = walk(language, width)
    guest.open(f"groups/{group.pk}/")
    guest.check("closed group of a guest")
    asking = enter(guest, helper, live_server.url)
    asking.open(f"groups/{group.pk}/")
    asking.glance("closed group")
    asking.write('textarea[name="answer"]', talk.request)
    asking.press(SEND)
    asking.see(".chip", asking.word("Your request is waiting"))
    asking.check("asked to join")

    owner = enter(walk(language, width), asker, live_server.url)
    owner.open("notices/")
    owner.press(".row-unread .row-press")
    owner.arrive(f"groups/{group.pk}/requests/")
    owner.see("main", talk.request)
    owner.glance("requests")
    owner.write('input[name="word"]', talk.word)
    owner.press('button[name="approve"]')
    owner.glance("no requests")
    assert JoinRequest.objects.get().state == JoinRequest.State.APPROVED

    asking.open("notices/")
    asking.see(".row-unread", talk.word)
    asking.press(".row-unread .row-press")
    asking.arrive(f"groups/{group.pk}/")
    asking.press(f'.row-title a:text-is("{talk.title}")')
    asking.see("#post-1", talk.text)
    asking.see(TEXT)
    asking.glance("let in")


def test_the_same_without_javascript(walk, live_server, asker, helper, picture):
    talk = TALKS["kk"]
    writer = enter(walk("kk", 360, javascript=False), asker, live_server.url)
    founds(writer, talk)
    writer.press('main a[href$="/ask/"]')
    writer.write(TITLE, talk.title)
    writer.write(TEXT, talk.text)
    writer.press("details.more summary")
    writer.choose_file('input[type="file"]', picture)
    writer.press('button[name="attach"]')
    writer.see(".files", picture.name)
    expect(writer.at(TITLE)).to_have_value(talk.title)
    writer.press('button[formaction$="/topics/preview/"]')
    writer.see(".post-preview", talk.text)
    writer.check("previewed")
    writer.page.go_back()
    writer.press('button[name="keep"]')
    writer.check("kept")
    writer.press(SEND)
    writer.see("#post-1 .post-picture img")
    topic = Topic.objects.get(title=talk.title)

    colleague = enter(walk("kk", 360, javascript=False), helper, live_server.url)
    colleague.open(f"topics/{topic.pk}/")
    colleague.write(TEXT, talk.answer)
    colleague.press(f"#composer {SEND.removeprefix('main ')}")
    colleague.see("#post-2", talk.answer)
    expect(colleague.at(TEXT)).to_have_value("")
    writer.open(f"topics/{topic.pk}/")
    writer.press('#post-2 button[formaction$="/solve/"]')
    writer.see("#post-2.post-solving")
    writer.check("solved")
