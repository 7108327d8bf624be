"""An administrator writes news in three languages, and a guest reads and finds them."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from wagtail.models import Locale

from portal.demo import PASSWORD, make_administrator, recovery_codes
from portal.models import ArticlePage, SectionPage, User

from .stories import NEWS, News
from .walker import Walker

SOURCE, *TRANSLATIONS = NEWS
WIDTHS = {"kk": 360, "ru": 1280, "en": 360}
TITLE = 'input[name="title"]'
TEXT = '[role="textbox"]'
DESCRIPTION = 'input[name$="-alt_text"]'
# The CMS keeps a draft by itself a moment after the last change.
KEEPING_BEGINS_MS = 1500
KEPT = ".w-autosave-indicator__state--saved"


@pytest.fixture
def administrator(transactional_db):
    return make_administrator()


@pytest.fixture
def board(tmp_path) -> Path:
    path = tmp_path / "board.png"
    Image.new("RGB", (1600, 900), "teal").save(path)
    return path


def test_an_administrator_writes_news_in_three_languages(walk, administrator, board):
    editor = walk(SOURCE, 1280)
    signs_in(editor, administrator)
    writes(editor, NEWS[SOURCE], board)
    written = ArticlePage.objects.get()
    translates(editor, written)
    for language in TRANSLATIONS:
        rewrites(editor, written.get_translation(Locale.objects.get(language_code=language)), NEWS[language])
    assert not editor.troubles
    for language, news in NEWS.items():
        reads(walk(language, WIDTHS[language]), news)


def signs_in(editor: Walker, administrator: User) -> None:
    editor.open("accounts/login/")
    editor.write('input[name="login"]', administrator.email)
    editor.write('input[name="password"]', PASSWORD)
    editor.press('main form button[type="submit"]')
    editor.arrive("accounts/2fa/authenticate/")
    editor.check("second factor")
    editor.write('input[name="code"]', recovery_codes(administrator)[0])
    editor.press('main form button[type="submit"]')
    editor.arrive("start/")


def writes(editor: Walker, news: News, picture: Path) -> None:
    section = SectionPage.objects.get(is_news=True, locale__language_code=SOURCE)
    editor.page.goto(f"/cms/pages/{section.pk}/")
    editor.press(f'a[href="/cms/pages/{section.pk}/add_subpage/"]')
    editor.write(TITLE, news.title)
    editor.see(KEPT)
    adds_block(editor, "pilcrow")
    editor.at(TEXT).press_sequentially(news.text)
    adds_block(editor, "image")
    uploads(editor, picture)
    publishes(editor)
    editor.see('[data-contentpath="alt_text"] [data-field-errors]')
    editor.write(DESCRIPTION, news.picture)
    previews(editor, news)
    is_kept(editor)
    publishes(editor)
    editor.see(".messages .success", news.title)


def adds_block(editor: Walker, icon: str) -> None:
    editor.at(".c-sf-add-button").last.click()
    editor.press(f'[role="option"]:has(use[href="#icon-{icon}"])')


def uploads(editor: Walker, picture: Path) -> None:
    editor.press("[data-streamfield-child] [data-chooser-action-choose]")
    editor.press("#tab-label-upload")
    editor.choose_file('input[name="image-chooser-upload-file"]', picture)
    expect(editor.at('input[name="image-chooser-upload-title"]')).to_have_value(picture.stem)
    editor.press('[data-chooser-modal-creation-form] [type="submit"]')
    editor.see("[data-streamfield-child] [data-chooser-image]")


def previews(editor: Walker, news: News) -> None:
    editor.press('[data-side-panel-toggle="preview"]')
    shown = editor.page.frame_locator("#w-preview-iframe")
    expect(shown.locator(f'img[alt="{news.picture}"]')).to_be_visible()
    expect(shown.locator("h1")).to_have_text(news.title)
    editor.press('[data-side-panel-toggle="preview"]')


def is_kept(editor: Walker) -> None:
    """What is published while the CMS is still keeping the last words counts there as changed in another window."""
    editor.page.wait_for_timeout(KEEPING_BEGINS_MS)
    editor.see(KEPT)


def publishes(editor: Walker) -> None:
    editor.press("footer .w-dropdown__toggle")
    editor.press('button[name="action-publish"]:visible')


def translates(editor: Walker, article: ArticlePage) -> None:
    editor.page.goto(f"/cms/pages/{article.pk}/edit/")
    editor.press("header .w-dropdown__toggle")
    editor.press(f'a[href^="/cms/translation/submit/page/{article.pk}/"]:visible')
    for place, _language in enumerate(TRANSLATIONS):
        editor.at('input[name="locales"]').nth(place).check()
    editor.press('main form [type="submit"]')
    editor.see(".messages .success")


def rewrites(editor: Walker, article: ArticlePage, news: News) -> None:
    editor.page.goto(f"/cms/pages/{article.pk}/edit/")
    editor.press(TEXT)
    editor.page.keyboard.press("Control+a")
    editor.page.keyboard.type(news.text)
    editor.write(DESCRIPTION, news.picture)
    editor.write(TITLE, news.title)
    is_kept(editor)
    publishes(editor)
    editor.see(".messages .success", news.title)


def reads(guest: Walker, news: News) -> None:
    guest.open()
    guest.see(".articles a", news.title)
    guest.check("home page with news")
    guest.write('main input[name="q"]', news.query)
    guest.page.keyboard.press("Enter")
    guest.arrive("search/")
    guest.press('a[href*="in=pages"]')
    guest.see("#results .row-title a", news.title)
    guest.check("news found")
    guest.press("#results .row-title a")
    guest.arrive(r"news/[\w-]+/")
    guest.see("h1", news.title)
    guest.see(f'img[alt="{news.picture}"]')
    guest.check("article")
