"""Whatever happens in whichever order, and however late the cluster hears of it: nobody finds, counts or is offered what is not hers."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import feeding
from search.engines import understudy
from search.engines.elasticsearch.client import feeders
from search.entries import Part, put_part, remove_entry, withdraw, withdraw_container
from search.find import newest, suggest
from search.models import Entry

THINGS, TOKENS = range(1, 4), ("public", "school:7", "group:1", "user:3")
CONTAINER = "group:1"
READERS = [(("public",), ()), (("public", "school:7"), ()), (("public", "group:1", "user:3"), ("verified",))]
audiences = st.sets(st.sampled_from(TOKENS), min_size=1)
number = st.sampled_from(THINGS)
deeds = st.one_of(
    st.tuples(st.just("put"), number, audiences, st.booleans()),
    st.tuples(st.just("answer"), number),
    st.tuples(st.just("remove"), number),
    st.tuples(st.just("close the group")),
    st.tuples(st.just("feed")),
)


class World:
    """What is there, and for whom; every narrowing is a withdrawal first, as in the actions of the apps."""

    def __init__(self, shelf):
        self.shelf, self.open_to = shelf, {}
        for entry in Entry.objects.all():
            remove_entry(entry.source, entry.object_id)

    def put(self, pk, audience, verified):
        if pk in self.open_to:
            withdraw("book", pk)
        requires = ["verified"] if verified else []
        fields = {"audience": audience, "requires": requires, "container": CONTAINER if "group:1" in audience else ""}
        self.shelf.put(f"Бөлшек {pk}", "Мәтін", object_id=pk, facets={"number": [str(pk)]}, **fields)
        self.open_to[pk] = (frozenset(audience), frozenset(requires))

    def answer(self, pk):
        if pk in self.open_to:
            put_part("book", pk, Part(text="Жауап бөлшек туралы", number=7))

    def remove(self, pk):
        remove_entry("book", pk)
        self.open_to.pop(pk, None)

    def close_the_group(self):
        """Nobody but its members, from this moment on, before the entries have been written anew."""
        withdraw_container(CONTAINER)
        for pk, (audience, requires) in self.open_to.items():
            if CONTAINER in audience:
                self.open_to[pk] = (frozenset(), requires)

    def feed(self):
        if self.is_fed:
            feeding.feed()
            feeders().indices.refresh(index="t*")

    def hers(self, tokens, satisfied) -> set[int]:
        return {pk for pk, (audience, requires) in self.open_to.items() if audience & set(tokens) and requires <= set(satisfied)}


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
@given(done=st.lists(deeds, max_size=12))
def test_nobody_finds_what_is_not_hers(world, monkeypatch, done):
    for pk in THINGS:
        world.remove(pk)
    for name, *given_to in done:
        getattr(world, name.replace(" ", "_"))(*given_to)
        for tokens, satisfied in READERS:
            assert_nothing_is_told(world, tokens, satisfied, monkeypatch)


def assert_nothing_is_told(world, tokens, satisfied, monkeypatch) -> None:
    hers = world.hers(tokens, satisfied)
    monkeypatch.setattr("search.audiences._tokens", [lambda user: tokens])
    monkeypatch.setattr("search.audiences._requirements", [lambda user: satisfied])
    for text in ("бөлшек", "жауап", ""):
        results = world.shelf.ask(text, audience=tokens, satisfied=satisfied, wanted=("number",))
        counted = Counter({int(row.code): row.count for row in results.facets["number"]})
        assert {hit.object_id for hit in results} | set(counted) <= hers
        assert results.total <= len(hers)
    assert {hit.object_id for hit in newest(user=None)} <= hers
    assert {entry.object_id for entry in suggest("book", "бөл", user=None)} <= hers
    if not world.is_fed:
        assert {hit.object_id for hit in world.shelf.ask("бөлшек", audience=tokens, satisfied=satisfied)} == hers
