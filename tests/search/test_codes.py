"""A code of a learning objective is one term, however it is typed."""

import pytest

from search.alerts import answers, terms_of, wishes_of
from search.analysis import codes_typed
from search.query import SearchQuery

FOUND = {
    "7.1.2.3": ["7.1.2.3"],
    "7 1 2 3": ["7.1.2.3"],
    "7-1-2-3": ["7.1.2.3"],
    "7․1․2․3": ["7.1.2.3"],
    "7ю1ю2ю3": ["7.1.2.3"],
    "7. 1. 2. 3.": ["7.1.2.3"],
    "ОМ 7.1.2.3": ["7.1.2.3"],
    "цель обучения: 7.1.2.3 и 7.1.2.4": ["7.1.2.3", "7.1.2.4"],
    "LO 7.1.2.3 forces": ["7.1.2.3"],
    "7.1.2": ["7.1.2"],
    "7.1.": ["7.1"],
    "ЦО 7.1": ["7.1"],
    "07.1.2.3": ["7.1.2.3"],
}
NOTHING = ["7.1", "3,14", "7 1 2", "5,6,7,8 класс", "7 8 9 10 сынып", "12.05.2026", "№ 7 мектеп", "Ом заңы", "87 01 12 23 45", "7.", "."]


def test_codes_are_told_from_other_numbers():
    assert {text: [code.text for code in codes_typed(text)] for text in [*FOUND, *NOTHING]} == FOUND | dict.fromkeys(NOTHING, [])


@pytest.mark.parametrize("engine", ["embedded", "elasticsearch"], indirect=True)
def test_a_code_finds_its_objective_and_what_teaches_it(shelf):
    shelf.put("7.1.2.3 Күшті өлшеу", names=["7.1.2.3", "Измерение силы"])
    shelf.put("7.1.2.30 Басқа мақсат", names=["7.1.2.30"])
    shelf.put("Динамометр", "1 2 3 7 сан көп: 7, 1, 2, 3", names=["7.1.2.3"])
    shelf.put("Сабақ жоспары", pages=["Мақсаттар: 7.1.2.3, 7.1.3.1", "соңы"])
    shelf.put("3-сынып, 7-апта, 1-сабақ, 2-тапсырма", "7 1 2 3")
    for text in ("7.1.2.3", "7 1 2 3", "ОМ 7.1.2.3.", "LO 7․1․2․3", "7-1-2-3"):
        assert [hit.object_id for hit in shelf.ask(text)][:1] == [1], text
        assert {hit.object_id for hit in shelf.ask(text)} == {1, 3, 4}, text
    assert {hit.object_id for hit in shelf.ask("7.1.2.")} == {1, 2, 3, 4}
    assert {hit.object_id for hit in shelf.ask("7.1.3.")} == {4}
    hit = shelf.ask("ОМ 7.1.3.1").hits[0]
    assert [segment.text for segment in hit.excerpt if segment.marked] == ["7.1.3.1"]
    assert shelf.ask("9.9.9.9").total == 0
    # A saved search tells of it however it was typed.
    assert [answers(wishes_of(SearchQuery(text=text)), terms_of(hit.entry)) for text in ("7 1 3 1", "ЦО 7.1.", "7.1.3.2")] == [
        True,
        True,
        False,
    ]
