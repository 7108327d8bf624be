"""The bell, the centre, a notice and the settings of letters, on a phone in Kazakh and on a desk in Russian."""

import pytest
from playwright.sync_api import expect

from portal.demo import make_person
from portal.models import MailHours, NoticeChoice
from resources import actions
from resources.demo import make_material

from .test_care import enter


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280)])
def test_from_the_bell_to_what_was_told_and_to_the_settings(walk, live_server, transactional_db, language, width):
    author = make_person("author@example.org", language=language)
    material = make_material(author, title="Бөлшектер")
    actions.thank(make_person("reader@example.org", given_name="Жанар", family_name="Оспанова"), material)
    walker = enter(walk(language, width), author, live_server.url)
    walker.open("start/")
    walker.see("a.bell .bell-count", "1")
    walker.check("the bell")
    walker.press("a.bell")
    walker.arrive("notices/")
    walker.see(".row-unread", "Жанар Оспанова")
    walker.check("the centre")
    walker.press(".row-press")
    walker.arrive(f"materials/{material.pk}/")
    walker.see("h1", "Бөлшектер")
    expect(walker.at(".bell-count")).to_have_count(0)
    walker.check("what was told")
    walker.open("notices/")
    expect(walker.at(".row-unread")).to_have_count(0)
    walker.check("all is read")

    walker.press('main a[href$="/notices/settings/"]')
    walker.check("the settings")
    walker.at('[name="material-thanks"]').select_option("daily")
    walker.at('[name="opens"]').select_option("9")
    walker.press('main form button[type="submit"]')
    walker.arrive("notices/settings/")
    walker.check("saved")
    assert NoticeChoice.objects.get().rhythm == "daily"
    assert MailHours.objects.get().opens == 9


@pytest.fixture
def thanked(transactional_db):
    """What an author has not read yet."""
    author = make_person("author@example.org")
    actions.thank(make_person("reader@example.org"), make_material(author, title="Бөлшектер"))
    return author.notices.get()


def test_a_page_reached_from_a_letter_quiets_the_bell(walk, live_server, thanked):
    walker = enter(walk("kk", 1280), thanked.user, live_server.url)
    with walker.page.expect_response(f"**/notices/{thanked.pk}/open/"):
        walker.open(f"materials/{thanked.object_id}/?notice={thanked.pk}")
    expect(walker.at(".bell-count")).to_have_count(0)
    walker.check("read by a visit")
    thanked.refresh_from_db()
    assert thanked.read_at


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_without_javascript_a_notice_is_reached_and_read(walk, live_server, thanked, language):
    walker = enter(walk(language, 360, javascript=False), thanked.user, live_server.url)
    walker.open("start/")
    walker.press("a.bell")
    walker.arrive("notices/")
    walker.check("the centre")
    walker.press(".row-press")
    walker.arrive(f"materials/{thanked.object_id}/")
    thanked.refresh_from_db()
    assert thanked.read_at
