"""Somebody reports, those responsible decide, the author appeals; a reader is told of what is new. On a phone."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from portal.demo import make_administrator, make_person, make_school
from portal.models import Case, Notice, SavedSearch, User
from portal.notices import kind_of
from resources.demo import make_material

from .stories import STORIES
from .walker import Walker

in_every_language = pytest.mark.parametrize("language", STORIES)
PHONE = 360
SEND = 'main form button[type="submit"]'
BELL = "#results form button[aria-pressed]"


@pytest.fixture
def author(transactional_db) -> User:
    return make_person("author@example.org", school=make_school())


@pytest.fixture
def reader(author) -> User:
    return make_person("reader@example.org", given_name="Марат", family_name="Әлімов", language="ru")


def enter(walker: Walker, person: User, base: str) -> Walker:
    """Signed in already: the entrance has walks of its own."""
    client = Client()
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    walker.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": base}])
    return walker


def decides(walker: Walker, decision: str, note: str) -> None:
    walker.open("complaints/")
    walker.check("queue")
    walker.press("main .row-title a")
    walker.check("case")
    walker.press(f'input[name="decision"][value="{decision}"]')
    walker.write('textarea[name="note"]', note)
    walker.press(SEND)
    walker.arrive("complaints/")
    walker.see("main", walker.word("Decided. Both sides are told."))


@in_every_language
def test_a_report_its_decision_and_the_appeal(walk, live_server, author, reader, language):
    material, base = make_material(author), live_server.url
    reporter = enter(walk(language, PHONE), reader, base)
    reporter.open(f"materials/{material.pk}/")
    reporter.press('main a[href*="/complaints/materials/"]')
    reporter.check("report")
    reporter.press('input[name="reason"][value="pupils"]')
    reporter.write('textarea[name="text"]', "2-бетте оқушының аты тұр.")
    reporter.press(SEND)
    reporter.arrive(f"materials/{material.pk}/")
    reporter.check("reported")

    decides(enter(walk(language, PHONE), make_administrator(), base), "pupils", "Аттарын алып тастаңыз.")
    reporter.open("complaints/mine/")
    reporter.see("main", "Аттарын алып тастаңыз.")
    reporter.check("my reports")

    owner = enter(walk(language, PHONE), author, base)
    owner.open(f"materials/{material.pk}/")
    owner.see("main .notice", "Аттарын алып тастаңыз.")
    owner.check("tombstone")
    owner.press('main .notice a[href$="/appeal/"]')
    owner.check("appeal")
    owner.write('textarea[name="text"]', "Алып тастадым.")
    owner.press(SEND)
    owner.see("main", "Алып тастадым.")
    owner.check("appealed")

    decides(enter(walk(language, PHONE), make_administrator("second@example.org"), base), "mended-since", "Рақмет.")
    told = Notice.objects.get(user=author, kind="appeal-decided")
    owner.open(kind_of(told.kind).address(told).removeprefix("/"))
    owner.see("main", "Рақмет.")
    owner.check("told")
    assert Case.objects.open().count() == 0
    reporter.open(f"materials/{material.pk}/")
    reporter.see("h1", material.title)


@in_every_language
def test_a_saved_search_tells_of_what_is_new(walk, live_server, author, reader, language):
    story = STORIES[language]
    make_material(author, title=story.title, language=language)
    walker = enter(walk(language, PHONE), reader, live_server.url)
    walker.open(f"search/?q={story.queries[-1]}")
    walker.press(BELL)
    walker.see("main", walker.word("Saved. You will be told when something new is published."))
    expect(walker.at(BELL)).to_have_attribute("aria-pressed", "true")
    walker.check("saved")

    material = make_material(author, title=story.paged, description=story.title, language=language)
    told = Notice.objects.get(user=reader, kind="saved-search")
    walker.open("notices/")
    walker.press(".row-unread .row-press")
    walker.arrive(kind_of(told.kind).address(told).removeprefix("/"))
    walker.see("h1", material.title)

    walker.open("searches/")
    walker.see("main", story.queries[-1])
    walker.check("my searches")
    walker.press("main .row-action button")
    walker.see("main", walker.word("No saved searches"))
    walker.check("forgotten")
    assert not SavedSearch.objects.exists()
