"""What keeps a search cheap when much is found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.engines import embedded
from search.engines.embedded import kept, ranking


@pytest.fixture
def lessons(shelf):
    """Thirty texts hold the one word, two of them the other one too."""
    for n in range(30):
        shelf.put(f"Сабақ {n}", "бөлшектер туралы" if n < 2 else "мүлде басқа мазмұн", facets={"grade": [str(n % 2)]})
    return shelf


@pytest.fixture
def large(monkeypatch, lessons):
    monkeypatch.setattr(kept, "LARGE", 20)
    return lessons


def asks_the_index(shelf, *args, **kwargs) -> bool:
    with CaptureQueriesContext(connection) as captured:
        shelf.ask(*args, **kwargs)
    return any("search_text" in query["sql"] for query in captured.captured_queries)


def test_pages_of_a_large_result_are_found_once(large):
    first = large.ask("сабақ", wanted=("grade",))
    assert not asks_the_index(large, "сабақ", wanted=("grade",), page=2)
    second = large.ask("сабақ", wanted=("grade",), page=2)
    assert (first.total, second.total, first.has_next, second.has_next) == (30, 30, True, False)
    assert second.facets == first.facets
    assert len({hit.object_id for hit in [*first, *second]}) == 30


def test_what_is_kept_is_kept_for_the_same_question_of_the_same_readers(large):
    large.put("Сабақ жабық", audience=["user:1"])
    assert large.ask("сабақ").total == 30
    assert large.ask("сабақ", audience=("public", "user:1")).total == 31
    assert large.ask("сабақ", facets={"grade": ["1"]}).total == 15
    assert large.ask("бөлшек").total == 2


def test_a_hit_that_may_no_longer_be_seen_is_not_drawn_from_what_is_kept(large):
    shown = large.ask("сабақ").hits[0]
    large.hidden.add(shown.object_id)
    assert shown.object_id not in [hit.object_id for hit in large.ask("сабақ")]


def test_small_results_are_never_kept(lessons):
    lessons.ask("сабақ")
    assert asks_the_index(lessons, "сабақ")


class TestCommonWords:
    @pytest.fixture(autouse=True)
    def large_index(self, monkeypatch):
        monkeypatch.setattr(ranking, "SAMPLE", 20)
        monkeypatch.setattr(embedded, "ENOUGH", 2)

    def test_beside_a_rarer_word_they_do_not_decide_what_is_found(self, lessons):
        assert lessons.ask("сабақ бөлшек").total == 2
        assert lessons.ask("сабақ").total == 30

    def test_they_do_when_the_rarer_words_find_too_little(self, lessons):
        assert lessons.ask("сабақ айсберг").total == 30

    def test_they_do_in_a_small_index(self, lessons, monkeypatch):
        monkeypatch.setattr(ranking, "SAMPLE", 1000)
        assert lessons.ask("сабақ бөлшек").total == 30
