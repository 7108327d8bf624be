"""One search over everything, in three languages, on a real cluster that is stopped in the middle of the walk and started again."""

import re
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect

from community.demo import make_group, make_post, make_topic
from portal.demo import make_event, make_person, make_school
from portal.models import Notice
from resources.demo import make_material
from search import feeding
from search.engines import understudy
from search.engines.elasticsearch.client import feeders, readers
from search.models import Asking
from tests.cluster import Missing, Node, failed_or_skipped, free_port
from tests.portal.sample_files import make_pdf

from .stories import STORIES, Story
from .test_care import BELL, enter
from .walker import Walker

RESULT, PLACE, TAB = "#results .row-title a", "#results .row-place", "#results .tabs a"
# Besides the forms of the words: without the letters of Kazakh, in Latin ones, on the other keyboard, with a slip
TYPED = {
    "kk": ("серіппенің созылуы", "сериппенин созылуы", "serippe sozylady", "cjpskfls", "серіпеп созылады"),
    "ru": ("пружины растягиваются", "pruzhina", "ghe;byf", "пружнна"),
    "en": ("stretched springs", "SPRING", "ызкштп", "sprnig stretches"),
}
SAID = {"kk": "Трамплин туралы жауап", "ru": "Ответ о трамплине", "en": "An answer about the trampoline"}


class Machine:
    """A node that is stopped and started, at one address and with one folder."""

    def __init__(self, folder: Path):
        self.folder, self.port, self.transport = folder, free_port(), free_port()
        self.start()

    def start(self) -> None:
        self.node = Node(self.folder, self.port, **{"transport.port": self.transport, "discovery.type": "single-node"})
        self.node.wait_until("/_cluster/health?wait_for_status=yellow")

    def stop(self) -> None:
        self.node.__exit__()


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    try:
        machine = Machine(tmp_path_factory.mktemp("node"))
    except Missing as missing:
        failed_or_skipped(missing)
    yield machine
    machine.stop()


@pytest.fixture
def cluster(machine, request, settings, monkeypatch, transactional_db):
    """It answers readers, and hears of changes when it is told to. Readers are patient: the machine does several things at once."""
    name = f"walk-{request.node.callspec.params['language']}"
    known = {"hosts": [machine.node.address], "index": name, "replicas": 0, "refresh": "-1", "read_seconds": 10}
    settings.ELASTICSEARCH, settings.SEARCH_ENGINE = settings.ELASTICSEARCH | known, "elasticsearch"
    monkeypatch.setattr(understudy, "breaker", understudy.Breaker())
    monkeypatch.setattr(understudy, "BEHIND_SECONDS", float("inf"))
    monkeypatch.setattr(understudy, "SPARED_SECONDS", 0)
    forget_clients()
    yield machine
    forget_clients()


def forget_clients() -> None:
    readers.cache_clear()
    feeders.cache_clear()


def hear(index: str) -> None:
    feeding.feed()
    feeders().indices.refresh(index=index)


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280), ("en", 360)])
def test_everything_is_found_while_the_cluster_comes_and_goes(walk, live_server, settings, cluster, language, width):
    story, index = STORIES[language], settings.ELASTICSEARCH["index"]
    author = make_person("author@example.org", family_name="Сағатова", school=make_school(name="№ 7 мектеп-лицей"))
    filled(author, story, language)
    hear(index)
    reader = enter(walk(language, width), make_person("reader@example.org", family_name="Ким", language=language), live_server.url)
    finds_however_it_is_typed(reader, story)
    goes_through_the_rooms(reader, story)
    opens_at_the_place(reader, story)

    saves(reader, story)
    fresh = make_material(author, title=f"{story.title} (2)", language=language)
    looked_for = f"search/?q={story.queries[-1]}&in=materials"
    told = Notice.objects.get(kind="saved-search", user__email="reader@example.org")
    assert told.data["title"] == fresh.title, "whatever the cluster has heard of"
    # The law of somebody else is found by one of the two words.
    counted(reader, looked_for, 2)
    cluster.stop()
    counted(reader, looked_for, 3)
    reader.check("answered by the understudy")
    opens_at_the_place(reader, story)
    cluster.start()
    counted(reader, looked_for, 2)
    hear(index)
    counted(reader, looked_for, 3)
    noted = Asking.objects.get(text=story.on_page_two, language=language)
    assert (noted.found > 0, noted.place) == (True, 1), "the script of the page has told that it was shown and opened"


def filled(author, story: Story, language: str) -> None:
    make_material(author, title=story.title, description=story.body, language=language, files=[("pages.pdf", make_pdf(*story.pages))])
    for title in story.others:
        make_material(author, title=title, description=title, language=language)
    group = make_group(author, name="Топ")
    topic = make_topic(author, group, title=story.paged, text=story.paged, language=language)
    make_post(author, topic, text=SAID[language])
    make_event(story.paged, language)


def finds_however_it_is_typed(reader: Walker, story: Story) -> None:
    reader.open("search/")
    for typed in TYPED[reader.language]:
        reader.write("#page-search", typed)
        reader.page.keyboard.press("Enter")
        expect(reader.page).to_have_url(re.compile(f"q={re.escape(quote_plus(typed))}"))
        expect(reader.at(RESULT).first, typed).to_have_text(story.title)
    reader.check("typed")


def goes_through_the_rooms(reader: Walker, story: Story) -> None:
    """Each tab holds as many as it says."""
    reader.open(f"search/?q={story.paged}")
    tabs = reader.at(TAB)
    counts = {
        tabs.nth(number).get_attribute("href"): tabs.nth(number).locator(".tab-count").text_content() for number in range(1, tabs.count())
    }
    assert {"in=topics", "in=events"} <= {address.rpartition("&")[2] for address in counts}
    for address, count in counts.items():
        reader.page.goto(address)
        expect(reader.at(RESULT)).to_have_count(int(count))
        expect(reader.at(f'{TAB}[aria-current="page"]')).to_be_in_viewport()
    reader.check("a tab")


def opens_at_the_place(reader: Walker, story: Story) -> None:
    """A word on the second page of a file, and one that a reply says."""
    reader.open(f"search/?q={story.on_page_two}")
    reader.see(PLACE, "2")
    reader.press(RESULT)
    reader.see("h1", story.title)
    reader.open(f"search/?q={SAID[reader.language]}&in=topics")
    reader.see(PLACE, "2")
    reader.press(RESULT)
    reader.arrive(r"topics/\d+/2/")
    expect(reader.at("#post-2")).to_be_in_viewport()


def saves(reader: Walker, story: Story) -> None:
    reader.open(f"search/?q={story.queries[-1]}")
    reader.press(BELL)
    expect(reader.at(BELL)).to_have_attribute("aria-pressed", "true")
    reader.check("saved")


def counted(reader: Walker, address: str, number: int) -> None:
    reader.open(address)
    expect(reader.at(RESULT)).to_have_count(number)
