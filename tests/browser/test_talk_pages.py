"""Every kind of page of groups in both themes, by the keyboard, without JavaScript, and before the doors of a hidden group."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from community import actions
from community.demo import make_group, make_member, make_post, make_topic
from community.models import Group, Membership, Post, Topic
from portal.demo import make_administrator, make_person, make_school
from portal.models import User
from resources.demo import make_material
from tests.portal.sample_files import make_image

from .stories import TALKS
from .test_care import enter
from .walker import Walker

TEXT, SEND = 'textarea[name="text"]', 'main form button[type="submit"].button-primary'
WATERMARK = "**/read/"


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
        walker.see("main h1")
        walker.check(f"{address} ({theme})")
