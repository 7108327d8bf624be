"""Whatever happens, and however late the cluster hears of it: nobody finds, counts, is offered or reads what is not hers."""

from collections import Counter
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import feeding
from search.engines import understudy
from search.engines.elasticsearch.client import feeders
from search.entries import Part, put_part, remove_entry, withdraw, withdraw_container
from search.find import newest, suggest
from search.models import Entry

THINGS, PEOPLE, GROUPS, SCHOOLS = range(1, 4), range(1, 3), (1, 2), (7, 8)
TOKENS = ("public", "members", *(f"school:{pk}" for pk in SCHOOLS), *(f"group:{pk}" for pk in GROUPS), *(f"user:{pk}" for pk in PEOPLE))
audiences = st.sets(st.sampled_from(TOKENS), min_size=1, max_size=2)
thing, person, group, school = (st.sampled_from(numbers) for numbers in (THINGS, PEOPLE, GROUPS, SCHOOLS))
deeds = st.one_of(
    st.tuples(st.just("put"), thing, audiences, st.booleans()),
    st.tuples(st.just("answer"), thing),
    st.tuples(st.just("unsay"), thing),
    st.tuples(st.just("remove"), thing),
    st.tuples(st.just("join"), person, group),
    st.tuples(st.just("leave"), person, group),
    st.tuples(st.just("move"), person, school, st.booleans()),
    st.tuples(st.just("close"), group),
    st.tuples(st.just("feed")),
)


class Person:
    """Her groups and her position, whose school counts once it is confirmed, as in the apps."""

    def __init__(self, number):
        self.number, self.groups, self.school, self.is_confirmed = number, set(), None, False

    @property
    def tokens(self):
        own = {"public", "members", f"user:{self.number}", *(f"group:{pk}" for pk in self.groups)}
        return own | ({f"school:{self.school}"} if self.is_confirmed else set())

    @property
    def satisfied(self):
        return {"verified"} if self.is_confirmed else set()


class Guest:
    tokens, satisfied = frozenset({"public"}), frozenset()


class World:
    """What is there, and for whom; every narrowing is a withdrawal first, as in the actions of the apps."""

    def __init__(self, shelf):
        self.shelf = shelf

    def begin(self):
        self.people, self.open_to = {pk: Person(pk) for pk in PEOPLE}, {}
        for entry in Entry.objects.all():
            remove_entry(entry.source, entry.object_id)

    def put(self, pk, audience, verified):
        if pk in self.open_to:
            withdraw("book", pk)
        requires = ["verified"] if verified else []
        container = next((token for token in sorted(audience) if token.startswith("group:")), "")
        fields = {"audience": audience, "requires": requires, "container": container, "facets": {"number": [str(pk)]}}
        self.shelf.put(f"Бөлшек{pk}", f"Бөлшек туралы құпия{pk}", object_id=pk, summary=f"Бөлшек құпия{pk}", **fields)
        self.open_to[pk] = (frozenset(audience), frozenset(requires), container)

    def answer(self, pk):
        if pk in self.open_to:
            put_part("book", pk, Part(text=f"Жауап бөлшек туралы құпия{pk}", number=7))

    def unsay(self, pk):
        if pk in self.open_to:
            put_part("book", pk, Part(text="", number=7))

    def remove(self, pk):
        remove_entry("book", pk)
        self.open_to.pop(pk, None)

    def join(self, who, pk):
        self.people[who].groups.add(pk)

    def leave(self, who, pk):
        self.people[who].groups.discard(pk)

    def move(self, who, pk, is_confirmed):
        self.people[who].school, self.people[who].is_confirmed = pk, is_confirmed

    def close(self, group):
        """Nobody finds what stands in it, from this moment on, before the entries have been written anew."""
        withdraw_container(f"group:{group}")
        for pk, (_audience, requires, container) in self.open_to.items():
            if container == f"group:{group}":
                self.open_to[pk] = (frozenset(), requires, container)

    def feed(self):
        if self.is_fed:
            feeding.feed()
            feeders().indices.refresh(index="t*")

    def hers(self, reader) -> set[int]:
        return {pk for pk, (audience, requires, _in) in self.open_to.items() if audience & reader.tokens and requires <= reader.satisfied}


@pytest.fixture
def world(request, shelf, settings, monkeypatch):
    """On the embedded engine, or before a cluster that hears of changes only when it is told."""
    is_fed = request.param == "elasticsearch"
    if is_fed:
        request.getfixturevalue("fed")
        settings.SEARCH_ENGINE = "elasticsearch"
        monkeypatch.setattr(understudy, "breaker", understudy.Breaker())
        monkeypatch.setattr(understudy, "BEHIND_SECONDS", float("inf"))
        feeding.feed()
    made = World(shelf)
    made.is_fed = is_fed
    return made


@pytest.mark.parametrize("world", ["embedded", "elasticsearch"], indirect=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=st.lists(st.tuples(deeds, st.sampled_from([0, *PEOPLE])), max_size=12))
def test_nobody_finds_what_is_not_hers(world, monkeypatch, done):
    """After each deed somebody looks, at the end everybody."""
    world.begin()
    for (name, *given_to), who in done:
        getattr(world, name)(*given_to)
        assert_nothing_is_told(world, world.people.get(who, Guest), monkeypatch)
    for reader in (Guest, *world.people.values()):
        assert_nothing_is_told(world, reader, monkeypatch)


def assert_nothing_is_told(world, reader, monkeypatch) -> None:
    hers = world.hers(reader)
    monkeypatch.setattr("search.audiences._tokens", [lambda user: reader.tokens])
    monkeypatch.setattr("search.audiences._requirements", [lambda user: reader.satisfied])
    asked = {"audience": reader.tokens, "satisfied": reader.satisfied, "wanted": ("number",)}
    told = []
    for text in ("бөлшек", "жауап", "", "құпиа3"):
        results = world.shelf.ask(text, **asked)
        counted = Counter({int(row.code): row.count for row in results.facets["number"]})
        assert {hit.object_id for hit in results} | set(counted) <= hers
        assert results.total <= len(hers)
        told += [segment.text for hit in results for segment in chain(hit.title, hit.summary, hit.excerpt)]
        told += [near.query.text for near in results.nearest]
    offered = suggest("book", "бөл", user=None)
    assert {hit.object_id for hit in newest(user=None)} | {entry.object_id for entry in offered} <= hers
    words = " ".join(told)
    assert [pk for pk in THINGS if pk not in hers and f"құпия{pk}" in words] == []
    if not world.is_fed:
        assert {hit.object_id for hit in world.shelf.ask("бөлшек", **asked)} == hers
