"""What lifts a thing beside its words: one formula (search/ranking.py), the same on every engine."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.entries import Findable, Part, put_entries
from search.query import WINDOW, SearchQuery
from search.ranking import BEHIND, FRESH, NAMED, OWN, QUALITY, SIGNALS, quality

engines = pytest.mark.parametrize("engine", ["embedded", "elasticsearch"], indirect=True)
NOW = timezone.now()
OWN_CODES = {"language": ("kk",), "subject": ("physics",), "grade": ("7",)}


def test_nothing_outweighs_what_was_asked_for():
    assert sum(OWN.values()) + QUALITY + FRESH < NAMED - 1
    assert quality({}) == 0
    assert quality({"complete": 1, "solved": True, "thanks": 10**9, "saves": 10**9}) == pytest.approx(1)
    assert quality({"complete": 9, "thanks": -1, "else": 5}) == pytest.approx(SIGNALS["complete"] / QUALITY)
    first, second = (quality({"thanks": more}) - quality({"thanks": fewer}) for fewer, more in ((0, 5), (5, 10)))
    assert first > 2 * second


@engines
class TestLifts:
    def scores(self, shelf, **fields):
        return {hit.object_id: hit.score for hit in shelf.ask("қозғалыс сабағы", **fields)}

    @pytest.fixture
    def equals(self, shelf):
        """Seven of the same words, each with something of its own; the first has nothing."""
        old = {"published_at": NOW - timedelta(days=36500), "language": ""}
        for fields in (
            {},
            {"facets": {"grade": ["7"], "subject": ["physics"], "type": ["slides"]}},
            {"facets": {"grade": ["7", "8"], "subject": ["physics"]}},
            {"facets": {"grade": ["8"], "subject": ["physics"]}},
            {"facets": {"grade": ["17"], "language": ["kk"]}},
            {"signals": {"complete": 1, "thanks": 1000, "saves": 1000}},
            {"published_at": NOW - timedelta(days=180)},
        ):
            shelf.put("Қозғалыс", "сабақ", **old | fields)
        return shelf

    def test_each_part_lifts_by_as_much_as_it_says(self, equals):
        plain = self.scores(equals)
        asked = self.scores(equals, named={"grade": ["7"], "subject": ["physics"], "type": ["slides", "plan"]})
        own = self.scores(equals, own={**OWN_CODES, "region": ("71",)})
        text = plain[1]
        lifted = {number: asked[number] / plain[number] for number in plain}
        assert lifted == pytest.approx({1: 1, 2: NAMED**3, 3: NAMED**2, 4: NAMED, 5: 1, 6: 1, 7: 1}, rel=1e-3)
        assert own[2] / text == pytest.approx(1 + OWN["subject"] + OWN["grade"], rel=1e-3)
        assert own[5] / text == pytest.approx(1 + OWN["language"], rel=1e-3)
        assert plain[6] / text == pytest.approx(1 + QUALITY * quality({"complete": 1, "thanks": 1000, "saves": 1000}), rel=1e-3)
        assert plain[7] / text == pytest.approx(1 + FRESH / 2, rel=1e-3)

    def test_what_comes_from_a_register_stands_behind(self, shelf):
        shelf.put("Қозғалыс", "сабақ", facets={"source": ["register"]})
        shelf.put("Қозғалыс", "сабақ")
        plain, behind = (self.scores(shelf, behind=behind) for behind in ((), ("register",)))
        assert {number: behind[number] / plain[number] for number in plain} == pytest.approx({1: BEHIND, 2: 1}, rel=1e-3)

    def test_it_narrows_nothing_and_orders_what_is_far_down(self, shelf):
        parts = [Part(text="қозғалыс")]
        put_entries(Findable(source="book", object_id=n, title="Қозғалыс", language="kk", parts=parts) for n in range(1, WINDOW + 1))
        named = {"grade": ["7"], "subject": ["physics"], "type": ["slides"]}
        shelf.put("Қозғалыс туралы", "Қозғалыс пен жылдамдық", object_id=999, facets=named, published_at=NOW - timedelta(days=999))
        plain, lifted = (shelf.ask("қозғалыс", named=codes, wanted=("grade",)) for codes in ({}, named))
        assert (plain.total, plain.facets) == (lifted.total, lifted.facets)
        pages = [shelf.ask("қозғалыс", named=codes, size=100, page=page) for codes in ({}, named) for page in (1, 2, 3)]
        assert [999 in [hit.object_id for hit in page] for page in pages].count(True) == 1


def test_a_query_lifts_by_few_things():
    query = SearchQuery(named={f"f{n}": [str(n)] for n in range(99)}, own={"language": ["kk", "kk", "\x00"]})
    assert len(query.named) == 6
    assert query.own == {"language": ("kk",)}
