"""What Elasticsearch owes besides its answers: it hears of everything once, forgets what is gone, and is missed by nobody when it fails."""

import socket
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from elasticsearch.dsl import MultiSearch

from search import feeding
from search.engines import understudy
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch import index as cluster_index
from search.engines.elasticsearch.client import feeders, readers
from search.entries import put_entry, remove_entry, settle_withdrawals, withdraw, withdraw_container
from search.models import ClusterIndex, Entry, Withdrawal
from search.query import SearchQuery
from search.upkeep import check

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(fed, settings, monkeypatch):
    """The cluster answers with what it has heard of so far."""
    settings.SEARCH_ENGINE = "elasticsearch"
    monkeypatch.setattr(understudy, "breaker", understudy.Breaker())
    monkeypatch.setattr(understudy, "BEHIND_SECONDS", float("inf"))


def hear() -> int:
    sent = feeding.feed()
    feeders().indices.refresh(index="t*")
    return sent


def held(fed) -> dict[str, int]:
    """The versions that the cluster holds."""
    feeders().indices.refresh(index=fed)
    hits = feeders().search(index=fed, size=100, version=True, query={"match_all": {}})["hits"]["hits"]
    return {hit["_id"]: hit["_version"] for hit in hits}


class TestFeeding:
    def test_what_changed_is_sent_once(self, asked, shelf, fed):
        first = shelf.put("Бөлшек")
        assert (hear(), hear()) == (1, 0)
        assert held(fed) == {"book:1": first.version}
        shelf.change(1, title="Жай бөлшек")
        assert (hear(), shelf.titles("бөлшек")) == (1, ["Жай бөлшек"])

    def test_a_worker_killed_before_it_noted_loses_and_doubles_nothing(self, asked, shelf, fed, monkeypatch):
        shelf.put("Бөлшек")
        with monkeypatch.context() as killed:
            killed.setattr(feeding, "note", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                hear()
        assert Entry.objects.unfed().count() == 1
        assert (hear(), len(held(fed)), hear()) == (1, 1, 0)

    def test_a_change_while_it_is_sent_is_sent_too(self, asked, shelf, fed, monkeypatch):
        shelf.put("Бөлшек")
        written = feeding.written

        def changed_first(using):
            if not Entry.objects.filter(title="Жаңа").exists():
                shelf.change(1, title="Жаңа")
            return written(using)

        monkeypatch.setattr(feeding, "written", changed_first)
        assert (feeding.feed(), Entry.objects.unfed().count()) == (2, 0)
        assert held(fed) == {"book:1": Entry.objects.get().version}

    def test_an_older_state_that_comes_late_counts_as_done(self, asked, shelf, fed):
        late = shelf.put("Бөлшек")
        now = shelf.change(1, title="Жай бөлшек")
        hear()
        assert feeding.send([late]) == {}
        assert held(fed) == {"book:1": now.version}

    def test_what_is_gone_does_not_come_back(self, asked, shelf, fed):
        late = shelf.put("Бөлшек")
        hear()
        remove_entry("book", 1)
        assert shelf.ask("бөлшек").total == 0, "at once, though the cluster has not heard of it"
        hear()
        assert not Withdrawal.objects.exists()
        feeding.put([(cluster_index.name_of("book", 1), cluster_index.body(late, []))], feeding.written("default"))
        feeders().indices.refresh(index=fed)
        assert shelf.ask("бөлшек").total == 0
        put_entry(shelf.things[1])
        hear()
        assert shelf.ask("бөлшек").total == 1

    def test_a_document_that_is_refused_is_named_and_holds_up_no_other(self, asked, shelf, fed):
        shelf.put("Бөлшек")
        shelf.put("Пайыз")
        Entry.objects.filter(object_id=1).update(codes="x" * 40_000)
        with pytest.raises(feeding.Refused, match="book:1"):
            hear()
        assert set(held(fed)) == {"book:2"}
        assert list(Entry.objects.unfed().values_list("object_id", flat=True)) == [1]

    def test_hundreds_cost_the_queries_of_a_batch(self, asked, shelf):
        hear()

        def queries(number: int) -> int:
            for _n in range(number):
                shelf.put("Бөлшек")
            with CaptureQueriesContext(
                connection,
            ) as asked_for:
                feeding.feed()
            return len([query for query in asked_for.captured_queries if not query["sql"].startswith("UPDATE search_entry SET fed")])

        assert queries(20) == queries(1)


class TestWithdrawals:
    def test_nothing_narrowed_is_found_or_counted_before_the_cluster_has_heard(self, asked, shelf):
        shelf.put("Бірінші тақырып", container="group:1", facets={"kind": ["a"]})
        shelf.put("Екінші тақырып", facets={"kind": ["b"]})
        hear()
        withdraw_container("group:1")
        withdraw("book", 2)
        shelf.change(1, audience=["group:1"])
        shelf.change(2, audience=["user:1"])
        results = shelf.ask("тақырып", wanted=("kind",))
        assert (results.total, results.facets["kind"]) == (0, [])
        settle_withdrawals()
        assert Withdrawal.objects.count() == 2, "the cluster has not answered yet"
        hear()
        assert not Withdrawal.objects.exists()
        assert shelf.titles("тақырып", audience=["public", "group:1"]) == ["Бірінші тақырып"]


class TestRebuilding:
    def test_a_new_index_takes_the_place_of_the_old_one_without_losing_what_changed_meanwhile(self, asked, shelf, monkeypatch):
        monkeypatch.setattr(feeding, "BATCH", 2)
        for number in range(5):
            shelf.put(f"Бөлшек {number}")
        hear()
        building = feeding.rebuild(cluster_index.building())
        next(building)
        shelf.change(1, title="Пайыз")
        assert (hear(), shelf.titles("пайыз"), shelf.ask("бөлшек").total) == (1, ["Пайыз"], 4)
        remove_entry("book", 2)
        hear()
        list(building)
        feeders().indices.refresh(index="t*")
        assert list(ClusterIndex.objects.values_list("state", flat=True)) == ["kept", "live"]
        assert (shelf.titles("пайыз"), shelf.ask("бөлшек").total) == (["Пайыз"], 3)

    def test_it_goes_on_where_it_was_interrupted(self, asked, shelf, monkeypatch):
        monkeypatch.setattr(feeding, "BATCH", 2)
        for number in range(5):
            shelf.put(f"Бөлшек {number}")
        hear()
        next(feeding.rebuild(cluster_index.building()))
        assert list(feeding.rebuild(cluster_index.building())) == [2, 1]
        assert ClusterIndex.objects.count() == 2

    def test_only_the_last_one_is_kept(self, asked, shelf, fed):
        shelf.put("Бөлшек")
        for _time in range(3):
            list(feeding.rebuild(cluster_index.building()))
        kept, live = ClusterIndex.objects.order_by("pk")
        assert [kept.state, live.state] == ["kept", "live"]
        assert set(feeders().indices.get(index=f"{fed}-*")) == {kept.name, live.name}

    def test_a_cluster_that_has_lost_everything_is_filled_anew(self, asked, shelf, fed):
        shelf.put("Бөлшек")
        hear()
        feeders().indices.delete(index=cluster_index.live().name)
        assert shelf.titles("бөлшек") == ["Бөлшек"], "from the understudy"
        assert hear() == 1
        understudy.breaker.__init__()
        assert shelf.titles("бөлшектер") == ["Бөлшек"]
        assert feeders().indices.get_mapping(index=fed)[cluster_index.live().name]["mappings"]["dynamic"] == "strict"


class TestUnderstudy:
    @pytest.fixture
    def silent(self, asked, settings):
        """A server that takes connections and never says a word."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            taken = []
            threading.Thread(target=lambda: [taken.append(server.accept()) for _n in range(9)], daemon=True).start()
            settings.ELASTICSEARCH = settings.ELASTICSEARCH | {
                "hosts": [f"http://127.0.0.1:{server.getsockname()[1]}"],
                "read_seconds": 0.5,
            }
            readers.cache_clear()
            yield taken
        readers.cache_clear()

    def test_a_page_with_a_hung_node_is_answered_and_the_next_does_not_wait(self, shelf, silent):
        shelf.put("Бөлшек")
        assert shelf.titles("бөлшек") == ["Бөлшек"]
        asked = len(silent)
        assert shelf.titles("бөлшек") == ["Бөлшек"]
        assert asked == len(silent) > 0, "it is spared for a while"

    def test_every_page_of_a_question_is_asked_of_the_same_copies(self, asked, shelf):
        shelf.put("Бөлшек")
        query = SearchQuery(text="бөлшек", audience=frozenset({"public"}))
        first, _counts = ElasticsearchEngine().questions(query)
        third, counts = ElasticsearchEngine().questions(query.but(page=3))
        other, _counts = ElasticsearchEngine().questions(query.but(text="дәптер"))
        heads = [MultiSearch().add(one).to_dict()[0]["preference"] for one in (first, third, counts, other)]
        assert heads[0] == heads[1] == heads[2] != heads[3]
        listed, _counts = ElasticsearchEngine().questions(query.but(text=""))
        assert "preference" not in MultiSearch().add(listed).to_dict()[0], "lists come from every copy"

    def test_half_an_answer_is_none(self, asked, shelf, settings, fed):
        settings.ELASTICSEARCH = settings.ELASTICSEARCH | {"shards": 2}
        for _n in range(20):
            shelf.put("Бөлшек")
        hear()
        index = cluster_index.live().name
        node = feeders().cat.shards(index=index, format="json")[0]["node"]
        feeders().indices.put_settings(index=index, settings={"index.routing.allocation.require._name": "nowhere"})
        lost = {"index": index, "shard": 0, "node": node, "allow_primary": True}
        feeders().cluster.reroute(commands=[{"cancel": lost}])
        assert shelf.ask("бөлшек").total == 20
        assert not understudy.breaker.lets_through()

    def test_it_is_asked_again_after_a_while(self, asked, shelf, monkeypatch):
        shelf.put("Бөлшек")
        hear()
        understudy.breaker.open("test")
        assert not understudy.breaker.lets_through()
        monkeypatch.setattr(understudy, "SPARED_SECONDS", 0)
        assert understudy.breaker.lets_through()
        assert shelf.titles("бөлшек") == ["Бөлшек"]

    def test_a_cluster_that_is_too_far_behind_is_not_asked(self, asked, shelf, monkeypatch):
        shelf.put("Бөлшек")
        monkeypatch.setattr(understudy, "BEHIND_SECONDS", -1)
        monkeypatch.setattr(understudy, "BEHIND_HELD_SECONDS", -1)
        assert shelf.titles("бөлшек") == ["Бөлшек"], "which has not heard of it yet"
        monkeypatch.setattr(understudy, "BEHIND_SECONDS", float("inf"))
        hear()
        assert shelf.titles("бөлшек") == ["Бөлшек"]


class TestChecking:
    def test_what_the_cluster_lost_is_found_and_sent_again(self, asked, shelf, fed):
        shelf.put("Бөлшек")
        hear()
        feeders().delete(index=fed, id="book:1", refresh=True)
        assert [fault.kind for fault in check()] == ["unheard"]
        list(check(fix=True))
        hear()
        assert (shelf.titles("бөлшек"), list(check())) == (["Бөлшек"], [])

    def test_what_it_alone_still_has_is_buried(self, asked, shelf):
        shelf.put("Бөлшек")
        hear()
        Entry.objects.all().delete()
        shelf.things.clear()
        assert [fault.kind for fault in check(fix=True)] == ["ghost"]
        feeders().indices.refresh(index="t*")
        assert list(check()) == []
