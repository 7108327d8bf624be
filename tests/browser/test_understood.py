"""Words that become filters, by the finger: what was understood is confirmed or taken back, and each hit says why it was found."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from portal.demo import make_person
from resources.demo import make_material

ASKED = {"kk": "7-сыныпқа физика презентация", "ru": "физика 7 класс презентация", "en": "grade 7 physics slides"}
CHIPS, ROWS, WHY = ".chip-understood", "#results ol.rows > .row", "#results details.why"


@pytest.mark.parametrize(("language", "width", "javascript"), [("kk", 360, True), ("ru", 1280, True), ("en", 360, False)])
def test_chips_and_reasons(walk, live_server, transactional_db, language, width, javascript):
    teacher = make_person(subjects=["physics"], language=language)
    wanted = make_material(teacher, title="Қысым", subjects=["physics"], grades=[7], type="presentation")
    make_material(teacher, title="7 сынып физика презентация класс grade physics slides", subjects=["chemistry"], grades=[9])
    client = Client()
    client.force_login(teacher)
    walker = walk(language, width, javascript=javascript)
    key = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": live_server.url}
    walker.context.add_cookies([key])

    walker.open("search/")
    walker.write("#page-search", ASKED[language])
    walker.page.keyboard.press("Enter")
    expect(walker.at(CHIPS)).to_have_count(3)
    expect(walker.at(ROWS)).to_have_count(2)
    walker.check("understood")

    walker.press(f"{WHY} > summary")
    walker.see(f"{WHY} li", walker.word("As you asked: %(names)s").partition(":")[0])
    walker.check("why")

    walker.press(f'{CHIPS} a[href*="plain=grade"]')
    expect(walker.at(CHIPS)).to_have_count(2)
    expect(walker.at(ROWS)).to_have_count(2)
    walker.press(f'{CHIPS} a[href*="subject=physics"]')
    expect(walker.at(ROWS)).to_have_count(1)
    expect(walker.at(CHIPS)).to_have_count(1)
    walker.see(".chip-chosen")
    walker.check("confirmed")

    walker.press(".own-first button")
    walker.see(".own-first", walker.word("You see the same order as everyone."))
    walker.press(f"{ROWS} .row-title a")
    walker.arrive(f"materials/{wanted.pk}/")
