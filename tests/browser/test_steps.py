"""The portal's main job, walked through in a browser: a teacher shares a material, a colleague finds it."""

import re
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import expect

from portal.demo import PASSWORD, make_person, make_school
from resources.demo import make_material
from resources.demo_files import FileSpec, build_file
from tests.portal.sample_files import make_pdf

from .stories import STORIES, Story
from .walker import Walker

LANGUAGES, WIDTHS = ("kk", "ru", "en"), (360, 1280)
# From the start page to the published material
INTERACTIONS_AT_MOST = 12
CODE = re.compile(r"^\s*([0-9A-Z]{4,}(?:-[0-9A-Z]+)*)\s*$", re.MULTILINE)
SHARE = 'main a[href$="/materials/share/"]'
FILE = '.main form[data-upload] input[name="file"]'
PUBLISH = 'button[name="publish"]'
RESULT = "#results .row-title a"


@pytest.fixture
def school(transactional_db):
    names = {"name": "№ 7 мектеп-лицей", "name_ru": "Школа-лицей № 7", "name_en": "School-lyceum No. 7"}
    return make_school("school-7", locality="Алға", **names)


@pytest.fixture
def colleague(school):
    """She reads in three languages, and has filled the shelf among whose materials the right one has to be found."""
    person = make_person("colleague@example.org", school=school, subjects=["physics"], languages=["kk", "ru", "en"])
    for language, story in STORIES.items():
        for title in story.others:
            make_material(person, title=title, description=title, language=language, subjects=("physics",), grades=(7,))
        make_material(person, title=story.paged, description=story.paged, language=language, files=[("pages.pdf", make_pdf(*story.pages))])
    return person


@pytest.fixture
def docx(tmp_path):
    def write(language: str) -> Path:
        story = STORIES[language]
        spec = FileSpec(name="сабақ", format="docx", title=story.title, language=language, author=story.family_name, body=story.body)
        name, content = build_file(spec)
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_teacher_shares_and_a_colleague_finds(walk, colleague, docx, language, width):
    story, file = STORIES[language], docx(language)
    teacher = walk(language, width)
    meets_the_portal(teacher)
    signs_up(teacher, story)
    shares(teacher, story, file)
    reader = walk(language, width)
    signs_in(reader, colleague.email)
    finds(reader, story)
    uses(reader, story, file)
    finds_the_page(reader, story)


def test_sharing_by_the_keyboard_alone(walk, colleague, docx):
    story, teacher = STORIES["kk"], walk("kk", 1280)
    signs_in(teacher, colleague.email)
    teacher.interactions = 0
    teacher.key(SHARE, "Enter")
    teacher.arrive("materials/share/")
    teacher.tab_to(FILE)
    with teacher.page.expect_file_chooser() as chooser:
        teacher.key(FILE, "Enter")
    chooser.value.set_files(docx("kk"))
    teacher.arrive(r"materials/\d+/edit/")
    expect(teacher.at('input[name="title"]')).to_have_value(story.title)
    teacher.key(PUBLISH, "Enter")
    teacher.arrive(r"materials/\d+/")
    teacher.see("h1", story.title)
    assert teacher.interactions <= INTERACTIONS_AT_MOST


@pytest.mark.parametrize("language", LANGUAGES)
def test_sharing_without_javascript(walk, colleague, docx, language):
    story, teacher = STORIES[language], walk(language, 360, javascript=False)
    signs_in(teacher, colleague.email)
    teacher.interactions = 0
    teacher.press(SHARE)
    teacher.check("share")
    teacher.choose_file(FILE, docx(language))
    teacher.press('form[data-upload] button[type="submit"]')
    teacher.arrive(r"materials/\d+/edit/")
    expect(teacher.at('input[name="title"]')).to_have_value(story.title)
    teacher.check("details")
    teacher.press(PUBLISH)
    teacher.arrive(r"materials/\d+/")
    teacher.see("h1", story.title)
    assert teacher.interactions <= INTERACTIONS_AT_MOST
    finds(teacher, story)


def meets_the_portal(guest: Walker) -> None:
    guest.page.goto("/")
    expect(guest.at("html")).to_have_attribute("lang", "kk")
    for language in ("ru", guest.language):
        guest.press(f'.languages a[lang="{language}"]:visible, footer a[lang="{language}"]:visible')
        expect(guest.at("html")).to_have_attribute("lang", language)
    guest.arrive("")
    guest.see("main h1")
    guest.see('main input[name="q"]')
    guest.check("home")


def signs_up(teacher: Walker, story: Story) -> None:
    teacher.open("accounts/signup/")
    teacher.check("sign up")
    teacher.write('input[name="email"]', "new@example.org")
    teacher.write('input[name="given_name"]', story.given_name)
    teacher.write('input[name="family_name"]', story.family_name)
    teacher.press('input[name="terms"]')
    teacher.press('main form button[type="submit"]')
    teacher.see('input[name="code"]')
    teacher.check("code")
    teacher.write('input[name="code"]', CODE.search(mail.outbox[-1].body)[1])
    teacher.press('main form button[type="submit"]')
    teacher.arrive("welcome/")
    teacher.check("welcome")
    teacher.at('input[name="school_text"]').press_sequentially("лиц" if teacher.language != "en" else "lyc")
    teacher.press('[role="option"]:not([data-value="new"])')
    teacher.check("school chosen")
    teacher.press('main form button[type="submit"].button-primary')
    teacher.arrive("start/")
    teacher.see("main h1", story.given_name)
    teacher.check("start")


def shares(teacher: Walker, story: Story, file: Path) -> None:
    teacher.interactions = 0
    teacher.press(SHARE)
    teacher.arrive("materials/share/")
    teacher.check("share")
    teacher.choose_file(FILE, file)
    teacher.arrive(r"materials/\d+/edit/")
    expect(teacher.at('input[name="title"]')).to_have_value(story.title)
    expect(teacher.at(f'input[name="language"][value="{teacher.language}"]')).to_be_checked()
    teacher.check("details")
    teacher.press(PUBLISH)
    teacher.arrive(r"materials/\d+/")
    teacher.see("h1", story.title)
    teacher.check("published")
    assert teacher.interactions <= INTERACTIONS_AT_MOST


def signs_in(person: Walker, email: str) -> None:
    person.open("accounts/login/")
    person.check("sign in")
    person.write('input[name="login"]', email)
    person.write('input[name="password"]', PASSWORD)
    person.press('main form button[type="submit"]')
    person.arrive("start/")


def finds(reader: Walker, story: Story) -> None:
    for query in (*story.queries, story.inside):
        reader.open()
        reader.write('main input[name="q"]', query)
        reader.page.keyboard.press("Enter")
        reader.arrive("search/")
        expect(reader.at(RESULT).first).to_have_text(story.title)
    reader.see(".row-passage mark")
    reader.check("results")
    narrows(reader, story)
    reader.press(RESULT)
    reader.arrive(r"materials/\d+/")


def narrows(reader: Walker, story: Story) -> None:
    """By facets with their counts: beside the list, or on a sheet where the screen is small."""
    sheet = reader.at(".sheet-open").is_visible()
    if sheet:
        reader.press(".sheet-open")
    option = '.facet-option:has(input[name="language"]'
    expect(reader.at(f'{option}[value="{reader.language}"]) .facet-count')).not_to_have_text("0")
    reader.press(f'{option}[value="{reader.language}"])')
    if sheet:
        reader.press(".sheet-foot button")
    expect(reader.page).to_have_url(re.compile(f"language={reader.language}"))
    reader.see(RESULT, story.title)
    reader.check("narrowed")


def uses(reader: Walker, story: Story, file: Path) -> None:
    reader.see("h1", story.title)
    reader.see("dl.facts", "CC BY 4.0")
    reader.check("material")
    with reader.page.expect_download() as download:
        reader.press("a[download]:visible")
    assert Path(download.value.path()).read_bytes() == file.read_bytes()
    for deed in ("keep", "thank"):
        button = f'form[action$="/{deed}/"] button'
        reader.press(button)
        expect(reader.at(button)).to_have_attribute("aria-pressed", "true")
    reader.check("saved and thanked")
    reader.open("materials/saved/")
    reader.see(".row-title", story.title)
    reader.check("list of what is saved")


def finds_the_page(reader: Walker, story: Story) -> None:
    """A word on the second page of a PDF: the results say where it stands, the material shows the first page."""
    reader.open(f"search/?q={story.on_page_two}")
    expect(reader.at(RESULT).first).to_have_text(story.paged)
    reader.see(".row-place", "2")
    reader.press(RESULT)
    reader.see('img[src$="/preview/"]')
    reader.check("material with a picture of its first page")
