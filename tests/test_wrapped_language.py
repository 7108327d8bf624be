"""Words come from catalogues: a test language wraps what was translated in ⟦ ⟧, and whatever stands outside shows itself."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import trans_real
from wagtail.models import Page

from community.templatetags.drawing import words
from community.templatetags.posts import empty_composer
from leaders.models import (
    Agreement,
    CataloguePage,
    ChangeProject,
    Cohort,
    Criterion,
    Endorsement,
    Indicator,
    Meeting,
    Programme,
    Question,
    Requirement,
    Rubric,
    ScoreImport,
    Stage,
    Story,
)
from portal.models import Curriculum, District, File, Network, Region, School, SchoolType, Subject, SubjectArea
from portal.templatetags.look import drawn, initials
from resources.models import MaterialType

from .addresses import PAGES, ROWS

OPEN, CLOSE = "⟦⟧"
LANGUAGE = "en"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use", "wbr"}
SILENT = {"script", "style", "textarea"}
SPOKEN = ("alt", "title", "placeholder", "aria-label", "data-done", "data-failed", "data-count", "data-none")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Words that are the same in every language: formats of files, addresses, what a licence is called
UNIVERSAL = {"CSV", "XLSX", "PDF", "KB", "MB", "GB", "https", "CC", "BY", "SA", "NC", "e", "mail"}
ACCOUNT = {
    "guest": ["login/", "signup/", "password/reset/", "login/code/"],
    "owner": ["reauthenticate/", "email/", "password/change/", "2fa/", "2fa/webauthn/add/", "sessions/", "logout/"],
    "staff": ["2fa/"],
}
SEARCHES = [
    "search/?q=бөлшектерді",
    "search/?q=ъъъъ",
    "search/suggest/?q=бөл",
    "materials/?subject=mathematics&grade=5",
    "schools/suggest/?q=мектеп",
    "nowhere/",
]


class Wrapped(trans_real.DjangoTranslation):
    """A language in which a string says that it came from a catalogue."""

    def gettext(self, message: str) -> str:
        return wrap(super().gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return wrap(super().ngettext(singular, plural, number))


def wrap(text: str) -> str:
    """A context that stands before a string without translation is none of the reader's business."""
    return f"{OPEN}{text.rpartition(trans_real.CONTEXT_SEPARATOR)[2]}{CLOSE}"


@pytest.fixture
def wrapped_languages(monkeypatch, settings):
    for code, _label in settings.LANGUAGES:
        monkeypatch.setitem(trans_real._translations, code, Wrapped(code))
    forget_drawn_words()
    yield
    forget_drawn_words()


def forget_drawn_words() -> None:
    for held in (drawn, words, empty_composer):
        held.cache_clear()


class Words(HTMLParser):
    """The words of a page that stand outside ⟦ ⟧ and outside an element which says its own language."""

    def __init__(self, page: str):
        super().__init__()
        self.outside: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.depth = 0
        self.feed(page)

    @property
    def excused(self) -> bool:
        return any(excused for _tag, excused in self.open)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        excused = tag in SILENT or ("lang" in given and tag != "html")
        if not (excused or self.excused):
            names = [name for name in SPOKEN if given.get(name)]
            names += ["value"] if tag == "input" and given.get("type") in ("submit", "button") else []
            for name in names:
                self.judge(strip(given[name]), where=f"{tag} {name}")
        if tag not in VOID:
            self.open.append((tag, excused))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        """A translated string may hold elements, so that its end stands in another piece than its beginning."""
        outside = ""
        for letter in data:
            self.depth += (letter == OPEN) - (letter == CLOSE)
            outside += letter if not self.depth and letter != CLOSE else " "
        if not self.excused:
            self.judge(outside, where=self.open[-1][0] if self.open else "page")

    def judge(self, text: str, where: str):
        if LETTERS.search(text):
            self.outside.append(f"<{where}> {' '.join(text.split())}")


def strip(text: str) -> str:
    """What is left of a text without its translated parts, which may stand in each other."""
    while text != (text := re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", text)):
        pass
    return text


@pytest.mark.parametrize(
    ("page", "outside"),
    [
        ("<p>⟦Welcome, Айнұр!⟧</p>", []),
        ("<p>⟦Press <b>Save</b> twice⟧ 12.11.2026</p>", []),
        ("<p lang=kk>Бөлшек</p><img alt='⟦Picture⟧'>", []),
        ("<p>⟦Who: ⟦everyone⟧ · free⟧</p>", []),
        ("<p>⟦Welcome⟧ back</p>", ["<p> back"]),
        ("<html lang=kk><input type=submit value=Send><img alt=Picture>", ["<input value> Send", "<img alt> Picture"]),
    ],
)
def test_words_outside_are_seen(page, outside):
    assert Words(page).outside == outside


def names_of(world) -> list[str]:
    """What is written in the database and is nobody's translation: names of vocabularies, schools and people, titles, files."""
    vocabularies = (Curriculum, District, MaterialType, Network, Region, School, SchoolType, Subject, SubjectArea)
    named = {name for model in vocabularies for row in model.objects.all() for name in (row.name_kk, row.name_ru, row.name_en)}
    named |= {school.locality for school in School.objects.all()} | {page.title for page in Page.objects.all()}
    for person in world.people.values():
        named |= {person.full_name, person.get_full_name(), person.given_name, person.email, initials(person.get_full_name())}
    for material in world.materials.values():
        named |= {material.title, *(row.file.name for row in material.files.all()), *(str(link) for link in material.links.all())}
    named |= {world.saved_search.name} | {case.title for case in world.cases.values()}
    named |= {group.name for group in world.groups.values()} | {topic.title for topic in world.topics.values()}
    for model in (Cohort, Criterion, Programme, Question, Requirement, Rubric, Stage):
        named |= {name for row in model.objects.all() for name in (row.name_kk, row.name_ru, row.name_en)}
    named |= {file.name for file in File.objects.all()} | {scores.name for scores in ScoreImport.objects.all()}
    named |= {said for asked in Endorsement.objects.all() for said in (asked.head_name, asked.head_email)}
    named |= {row.title for model in (ChangeProject, Meeting, Story) for row in model.objects.all()}
    named |= {meeting.place for meeting in Meeting.objects.all()} | {indicator.name for indicator in Indicator.objects.all()}
    named |= {agreement.text for agreement in Agreement.objects.all()} | {page.lead for page in CataloguePage.objects.all()}
    return sorted(named - {""}, key=len, reverse=True)


def words_outside(response, names: list[str]) -> list[str]:
    if response.status_code in (301, 302):
        return []
    page = Words(response.content.decode())
    known = re.compile("|".join(map(re.escape, names)))
    found = [known.sub(" ", outside) for outside in page.outside]
    cut = [f"a translated string is cut, {page.depth} times"] if page.depth else []
    return cut + [outside for outside in found if set(LETTERS.findall(outside.partition(">")[2])) - UNIVERSAL]


def asked(world, reader: str) -> Iterator[tuple[str, HttpResponse]]:
    """Every page of the portal and of its accounts, and what a form answers that was sent empty."""
    client = world.client(reader)
    addresses = [row.address(world, LANGUAGE) for row in PAGES]
    addresses += [f"/{LANGUAGE}/{address}" for address in SEARCHES]
    addresses += [f"/{LANGUAGE}/accounts/{address}" for address in ACCOUNT.get(reader, [])]
    forms = [row.address(world, LANGUAGE) for row in ROWS if row.expected()[reader] == 422]
    forms += [f"/{LANGUAGE}/accounts/{address}" for address in ACCOUNT.get(reader, [])]
    for address in addresses:
        yield address, client.get(address)
    for address in forms:
        yield address, client.post(address, {"csrfmiddlewaretoken": "token", "revision": 1})


@pytest.mark.parametrize("reader", ["guest", "unverified", "owner", "coordinator", "staff"])
def test_every_word_of_every_page_can_be_translated(world, wrapped_languages, reader):
    names = names_of(world)
    found = [f"{address} {words}" for address, response in asked(world, reader) for words in words_outside(response, names)]
    assert not found, "\n".join(found)


@pytest.mark.django_db
def test_every_word_of_a_letter_can_be_translated(client, wrapped_languages, mailoutbox):
    person = {"email": "new@example.org", "given_name": "Дана", "family_name": "Ким", "terms": "on"}
    client.post(f"/{LANGUAGE}/accounts/signup/", person)
    [letter] = mailoutbox
    words = LETTERS.findall(strip(letter.subject) + strip(letter.body))
    assert [word for word in words if not word.isupper()] == []


@pytest.mark.parametrize("template", ["403.html", "403_csrf.html", "404.html", "429.html", "500.html"])
def test_every_word_of_an_error_page_can_be_translated(wrapped_languages, template):
    with translation.override(LANGUAGE):
        page = render_to_string(template)
    assert Words(page).outside == []
