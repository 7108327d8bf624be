"""What was typed outlives the page and the session, for its own writer and nobody else."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from community.demo import make_group, make_post, make_topic
from community.models import Bookmark
from portal.demo import PASSWORD, make_person
from resources.demo import make_material
from resources.models import Material
from tests.world import World, make_world

from .test_care import enter

TITLE, GRADE = '#details-form input[name="title"]', '#details-form input[name="grades"][value="8"]'

# Who writes where: the name of the address and of the thing, the reader, the field
LONG_TEXTS = [
    ("suspend", "member", "staff", "reason"),
    ("complain", "public", "member", "text"),
    ("appeal", "taken", "owner", "text"),
    ("case", "reported", "staff", "note"),
    ("proposal", "proposal", "staff", "reason"),
    ("edit_profile", "-", "colleague", "bio"),
]
SAID = "Ұзақ жазылған мәтін.\nЕкінші жолы."


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


@pytest.fixture
def material(transactional_db) -> Material:
    return make_material(make_person(subjects=["physics"]), title="", published=False)


def test_adding_a_link_keeps_what_was_typed(walk, material):
    teacher = walk("kk", 360)
    teacher.open("accounts/login/")
    teacher.write('input[name="login"]', material.author.email)
    teacher.write('input[name="password"]', PASSWORD)
    teacher.press('main form button[type="submit"]')
    teacher.arrive("start/")
    teacher.open(f"materials/{material.pk}/edit/")
    teacher.write(TITLE, "Гук заңы")
    teacher.at(GRADE).check(force=True)
    teacher.write('input[name="address"]', "https://example.org/guk")
    teacher.press(f'form[action$="/{material.pk}/links/"] button')
    teacher.see(".files", "example.org")
    expect(teacher.at(TITLE)).to_have_value("Гук заңы")
    expect(teacher.at(GRADE)).to_be_checked()
    teacher.press('button[name="save"]')
    teacher.see(".notice")
    material.refresh_from_db()
    assert material.title == "Гук заңы"
    teacher.write(TITLE, "Гук заңы және серіппе")
    teacher.press('button[name="save"]')
    teacher.open(f"materials/{material.pk}/edit/")
    expect(teacher.at(TITLE)).to_have_value("Гук заңы және серіппе")
    assert not teacher.troubles


def test_keeping_a_post_leaves_the_page_where_it_is(walk, live_server):
    owner = make_person()
    post = make_post(owner, make_topic(owner, make_group(owner)))
    reader = enter(walk("kk", 360), owner, live_server.url)
    reader.open(f"topics/{post.topic_id}/")
    reader.page.evaluate("document.body.dataset.same = 'yes'")
    button = reader.at(f"#keep-{post.pk}")
    for pressed in ("true", "false", "true"):
        button.click()
        expect(button).to_have_attribute("aria-pressed", pressed)
        expect(button).to_be_focused()
    expect(reader.at("body")).to_have_attribute("data-same", "yes")
    assert Bookmark.objects.get().post == post
    assert not reader.troubles


@pytest.mark.parametrize(("name", "thing", "reader", "field"), LONG_TEXTS)
def test_a_long_text_outlives_the_session_in_which_it_was_written(walk, live_server, world, name, thing, reader, field):
    address, area = world.address(name, thing), f'form[data-keep] textarea[name="{field}"]'
    writer = enter(walk("kk", 360), world.people[reader], live_server.url)
    writer.page.goto(address)
    writer.write(area, SAID)
    writer.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    form = writer.at(f'form[data-keep]:has(textarea[name="{field}"])')
    form.evaluate("form => form.noValidate = true")
    form.locator('button[type="submit"]').click()
    writer.arrive("accounts/login/")
    enter(writer, world.people[reader], live_server.url).page.goto(address)
    expect(writer.at(area)).to_have_value(SAID)
    assert not writer.troubles


def test_the_next_person_at_the_computer_finds_nothing_of_what_was_typed(walk, live_server, world):
    address, area = world.address("complain", "public"), 'textarea[name="text"]'
    computer = enter(walk("kk", 1280), world.people["member"], live_server.url)
    computer.page.goto(address)
    computer.write(area, SAID)
    computer.open("start/")
    computer.page.goto(address)
    expect(computer.at(area)).to_have_value(SAID)
    for person in ("colleague", "member"):
        enter(computer, world.people[person], live_server.url).page.goto(address)
        expect(computer.at(area)).to_have_value("")
    computer.write(area, SAID)
    computer.press("[data-menu] summary")
    computer.press('[data-menu] form[action$="/accounts/logout/"] button')
    computer.arrive("")
    assert not computer.page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('typed:'))")
