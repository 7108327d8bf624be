"""Every kind of page of groups in both themes, by the keyboard, without JavaScript, and before the doors of a hidden group."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from community import actions
from community.demo import make_group, make_post, make_topic
from community.models import Group, Post, Topic, TopicReader
from portal.demo import PASSWORD, make_administrator, make_person, make_school
from portal.models import User
from resources.demo import make_material

from .stories import TALKS
from .test_care import enter

TEXT, SEND = 'textarea[name="text"]', 'main form button[type="submit"].button-primary'
PARAGRAPHS = "\n\n".join(["Бір абзац."] * 20)


@dataclass
class Lively:
    """A group in which something stands on every page; `owner` looks after it."""

    owner: User
    member: User
    group: Group
    topic: Topic
    post: Post
    material: int

    def pages(self) -> list[str]:
        group, topic = f"groups/{self.group.pk}/", f"topics/{self.topic.pk}/"
        places = ("", "about/", "members/", "files/", "materials/", "requests/", "held/", "export/", "ask/")
        lists = ("groups/", "me/groups/", "unanswered/", "bookmarks/", f"topics/about/materials/{self.material}/")
        return [*lists, *(f"{group}{place}" for place in places), topic, f"posts/{self.post.pk}/edit/"]

    def forms(self) -> list[str]:
        group, topic, post = f"groups/{self.group.pk}/", f"topics/{self.topic.pk}/", f"posts/{self.post.pk}/"
        of_group = ("edit/", "picture/change/", "invitations/", "removed/", "leave/", f"members/{self.member.pk}/remove/")
        of_topic = ("change/", "move/", "split/", "hide/", "delete/", f"{self.post.number}/history/")
        of_post = (f"{post}hide/", f"{post}delete/")
        return ["groups/new/", *(f"{group}{place}" for place in of_group), *(f"{topic}{place}" for place in of_topic), *of_post]


@pytest.fixture
def lively(transactional_db) -> Lively:
    administrator = make_administrator()
    owner = make_person("owner@example.org", school=make_school(), confirmed_by=administrator)
    member = make_person("member@example.org", given_name="Марат", family_name="Әлімов")
    group = make_group(
        owner, member, name="Биология", access=Group.Access.REQUEST, question="Қай сыныпта сабақ бересіз?", rules="Сыйласайық."
    )
    make_group(owner, name="Химия")
    material = make_material(owner, title="Микроскоп")
    topic = make_topic(owner, group, title="Микроскоп баптау", kind="question", about=material.ref)
    post = make_post(owner, topic, text=f"> Сөз\n\n**Қадам** [{material.title}](/materials/{material.pk}/)\n\n- бір\n- екі\n\n`код`")
    actions.edit_post(owner, post, text=post.text + "\n\nТолықтырдым.", revision=0)
    make_post(member, topic, text="Мұнда қараңыз: https://example.org/")
    actions.keep_post(owner, post)
    actions.ask_to_join(make_person("asker@example.org"), group, answer="Жетінші сыныпта.")
    return Lively(owner, member, group, topic, Post.objects.get(pk=post.pk), material.pk)


@pytest.mark.parametrize(("language", "width", "theme"), [("kk", 360, "light"), ("ru", 1280, "dark")])
def test_pages_of_groups_in_both_themes(walk, live_server, lively, language, width, theme):
    walker = enter(walk(language, width), lively.owner, live_server.url)
    walker.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    for address in lively.pages() + (lively.forms() if theme == "light" else []):
        walker.open(address)
        if "/reauthenticate/" in walker.page.url:
            walker.write('input[name="password"]', PASSWORD)
            walker.press(SEND)
            walker.arrive(address)
        walker.see("main h1")
        walker.check(f"{address} ({theme})")


def test_what_is_read_is_what_came_into_sight(walk, live_server, lively):
    """An open page reads nothing further by itself."""
    for _post in range(3):
        make_post(lively.owner, lively.topic, text=PARAGRAPHS)
    reader = enter(walk("kk", 360), lively.member, live_server.url)
    TopicReader.objects.filter(user=lively.member).update(last_read_number=0)
    last = Topic.objects.get(pk=lively.topic.pk).highest_number

    def read_to() -> int:
        return TopicReader.objects.get(user=lively.member, topic=lively.topic).last_read_number

    with reader.page.expect_response(f"**/topics/{lively.topic.pk}/read/"):
        reader.open(f"topics/{lively.topic.pk}/")
    reached = read_to()
    assert 0 < reached < last
    with reader.page.expect_response(f"**/topics/{lively.topic.pk}/read/"):
        reader.at(f"#post-{last} .post-deeds").scroll_into_view_if_needed()
    assert read_to() == last
    reader.open(f"groups/{lively.group.pk}/")
    expect(reader.at(".row-title").filter(has_text=lively.topic.title)).to_be_visible()
    reader.open(f"topics/{lively.topic.pk}/")
    expect(reader.at(".unread-line")).to_have_count(0)


def test_a_question_and_its_answer_by_the_keyboard_alone(walk, live_server, lively):
    talk, reader = TALKS["kk"], enter(walk("kk", 1280), lively.member, live_server.url)
    reader.open(f"groups/{lively.group.pk}/")
    reader.key('main a[href$="/ask/"]', "Enter")
    reader.arrive(f"groups/{lively.group.pk}/ask/")
    reader.tab_to('input[name="title"]')
    reader.page.keyboard.type(talk.title)
    reader.tab_to(TEXT)
    reader.page.keyboard.type(talk.text)
    reader.page.keyboard.press("Control+a")
    reader.key('[data-tools] [data-mark="**"]', "Enter")
    reader.key(SEND, "Enter")
    reader.arrive(r"topics/\d+/1/")
    reader.see("#post-1 strong", talk.text)
    reader.key("#post-1 .menu summary", "Enter")
    reader.see("#post-1 .menu-panel a")
    reader.page.keyboard.press("Escape")
    expect(reader.at("#post-1 .menu-panel").first).to_be_hidden()
    reader.tab_to(TEXT)
    reader.page.keyboard.type(talk.answer)
    reader.key('#composer button[type="submit"].button-primary', "Enter")
    reader.see("#post-2", talk.answer)
    reader.key('#post-2 button[formaction$="/solve/"]', "Enter")
    reader.see("#post-2.post-solving")


def test_before_the_doors_of_a_hidden_group(walk, live_server, lively):
    """In a browser the main doors; every other address is tried in tests/community/test_hidden.py."""
    group = make_group(lively.owner, lively.member, name="Тасбақаклуб", access=Group.Access.HIDDEN)
    topic = make_topic(lively.owner, group, title="Жұмбақтақырып", text="Астыртынсөз")
    actions.leave_group(lively.member, group)
    outsider, staff = make_person("outsider@example.org"), User.objects.get(email="administrator@example.org")
    doors = ("groups/?q=Тасбақаклуб", "search/?q=Астыртынсөз", f"groups/{group.pk}/", f"topics/{topic.pk}/", f"groups/{group.pk}/feed/")
    for person, width in ((None, 360), (outsider, 1280), (lively.member, 360), (staff, 1280)):
        reader = walk("kk", width) if not person else enter(walk("kk", width), person, live_server.url)
        for door in doors:
            reader.open(door)
            expect(reader.at("main .row-title")).to_have_count(0)
            if "?" not in door:
                reader.see("h1", reader.word("Page not found"))
                reader.refused(404)
    reader.open(f"groups/{group.pk}/visit/")
    reader.check("the door of staff")
    reader.write('textarea[name="reason"]', "Шағым түсті.")
    reader.press(SEND)
    reader.see("h1", "Тасбақаклуб")
    reader.press('.row-title a:text-is("Жұмбақтақырып")')
    reader.see("#post-1", "Астыртынсөз")
    owner = enter(walk("kk", 360), lively.owner, live_server.url)
    owner.open(f"groups/{group.pk}/about/")
    owner.see("main", "Шағым түсті.")
    owner.check("visits are told")
