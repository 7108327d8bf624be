"""Reading costs few queries, however much there is to read, and writes nothing."""

from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.demo import make_person, make_school
from portal.models import User
from resources import actions
from resources.demo import make_material
from resources.models import Material
from search.engines.embedded import EmbeddedEngine

from .addresses import READERS, READS
from .portal.sample_files import MP4

# What a guest's page may ask of the database when the caches are warm; search, besides what its engine asks
LIMITS = {"home": 6, "material": 8, "materials": 6, "search": 6}
MORE_FOR_MEMBERS = 3
FEW, MANY = 1, 20
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Shelf:
    """Materials with all that a row and a page may hold, one author and one reader."""

    def __init__(self):
        school = make_school()
        teaching = {"school": school, "subjects": ["mathematics"], "grades": [5], "languages": ["kk"]}
        self.author = make_person("author@example.org", **teaching)
        self.reader = make_person("reader@example.org", **teaching)

    def fill(self, number: int) -> None:
        for n in range(Material.objects.count(), number):
            material = make_material(
                self.author,
                title=f"Бөлшектер {n}",
                subjects=("mathematics", "informatics"),
                grades=(5, 6),
                tags=("бөлшек", "ойын"),
                files=[("сабақ.mp4", MP4), ("үзінді.mp4", MP4)],
                links=[("https://example.org/", "Жаттығулар"), ("https://example.com/", "")],
            )
            actions.thank(self.reader, material)
            actions.save_for_later(self.reader, material)

    def addresses(self) -> dict[str, str]:
        return {
            "home": "/kk/",
            "material": f"/kk/materials/{Material.objects.first().pk}/",
            "materials": "/kk/materials/",
            "search": "/kk/search/?q=бөлшектерді",
            "person": f"/kk/people/{self.author.pk}/",
        }

    def own_addresses(self) -> dict[str, str]:
        return {"start": "/kk/start/", "mine": "/kk/materials/mine/", "saved": "/kk/materials/saved/"}


@pytest.fixture
def shelf(db) -> Shelf:
    return Shelf()


@pytest.fixture
def engine(monkeypatch) -> list:
    """The queries that the engine of the search has made."""
    made, find = [], EmbeddedEngine.find

    def counted(self, query):
        with CaptureQueriesContext(connection) as queries:
            found = find(self, query)
        made.extend(queries.captured_queries)
        return found

    monkeypatch.setattr(EmbeddedEngine, "find", counted)
    return made


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


def numbers(client: Client, addresses: dict[str, str], engine: list) -> dict[str, int]:
    """How many queries each page makes when it is asked for again."""
    found = {}
    for name, address in addresses.items():
        client.get(address)
        engine.clear()
        found[name] = len(queries(client, address)) - (len(engine) if name == "search" else 0)
    return found


def test_a_page_asks_little_and_no_more_for_many_rows(shelf, engine):
    shelf.fill(FEW)
    guest, few = Client(), numbers(Client(), shelf.addresses(), engine)
    shelf.fill(MANY)
    assert numbers(guest, shelf.addresses(), engine) == few
    assert {name: number for name, number in few.items() if number > LIMITS.get(name, number)} == {}


@pytest.mark.parametrize("who", ["author", "reader"])
def test_who_is_signed_in_costs_little_more(shelf, engine, who):
    client = signed_in(getattr(shelf, who))
    shelf.fill(FEW)
    few = numbers(client, shelf.addresses() | shelf.own_addresses(), engine)
    shelf.fill(MANY)
    assert numbers(client, shelf.addresses() | shelf.own_addresses(), engine) == few
    limits = {name: limit + MORE_FOR_MEMBERS for name, limit in LIMITS.items()}
    assert {name: number for name, number in few.items() if number > limits.get(name, number)} == {}


def test_nothing_is_written_by_reading(world):
    """Neither by the first visit, with cold caches, nor by the next one."""
    found = []
    for reader, row in product(READERS, READS + READS):
        client, address = world.client(reader), row.address(world)
        with CaptureQueriesContext(connection) as captured:
            b"".join(client.get(address))
        found += [f"{address} as {reader}: {query['sql'][:100]}" for query in captured if query["sql"].lstrip().startswith(WRITES)]
    assert not found, "\n".join(found)
