"""What editors know to be said in other words, on every engine."""

import pytest
from django.core.cache import cache

from search.models import Synonym

pytestmark = pytest.mark.parametrize("engine", ["embedded", "elasticsearch"], indirect=True)


@pytest.fixture
def library(shelf):
    cache.clear()
    Synonym.objects.all().delete()
    shelf.put("Физика. СОР", "суммативное оценивание", language="ru")
    shelf.put("Физика. БЖБ", "тапсырмалар")
    shelf.put("Физика. Бөлім бойынша жиынтық бағалау", "тапсырмалар")
    shelf.put("Физика", "Бөлім туралы бойынша")
    for n in range(20):
        shelf.put(f"Бөгде {n}", "мүлде басқа мазмұн")
    return shelf


def learn(**fields):
    Synonym.objects.create(**fields)
    cache.clear()


def test_the_other_words_are_found_below_the_typed_ones(library):
    assert library.titles("БЖБ") == ["Физика. БЖБ"]
    learn(words="БЖБ", language="kk", also="бөлім бойынша жиынтық бағалау", also_language="kk", weight=1)
    learn(words="БЖБ", language="kk", also="СОР, суммативная", also_language="ru", weight=1)
    for typed, first in {"БЖБ": "Физика. БЖБ", "bjb": "Физика. БЖБ", "СОР": "Физика. СОР"}.items():
        found = library.titles(typed)
        assert found[0] == first
        assert set(found) == {"Физика. БЖБ", "Физика. СОР", "Физика. Бөлім бойынша жиынтық бағалау"} if typed != "СОР" else set(found[:2])
    # All words of a phrase together, also those that were typed
    assert set(library.titles("жиынтық бағалау")) == {"Физика. Бөлім бойынша жиынтық бағалау"}
    assert library.titles("бөлім бойынша жиынтық бағалау")[-1] == "Физика. БЖБ"


def test_words_of_a_phrase_are_marked_where_it_stands(library):
    learn(words="БЖБ", language="kk", also="бөлім бойынша жиынтық бағалау", also_language="kk", weight=1)
    library.put("Бөлім болады", "БЖБ болады. Бағалау туралы. Соңында бөлім бойынша жиынтық бағалауды өткіземіз, бөлімде болады.")
    [hit] = [hit for hit in library.ask("БЖБ").hits if hit.entry.title == "Бөлім болады"]
    assert hit.title == (("Бөлім болады", False),)
    assert [segment.text for segment in hit.excerpt if segment.marked] == ["БЖБ", "бөлім", "бойынша", "жиынтық", "бағалауды"]
    learn(words="рефлексия", language="kk", also="өзін-өзі бағалау", also_language="kk", weight=1)
    library.put("Рефлексия туралы", "Ол өзі бағалау жүргізді. Сабақ соңында өзін-өзі бағалау болады.")
    [hit] = [hit for hit in library.ask("рефлексия").hits if hit.entry.title == "Рефлексия туралы"]
    assert [segment.text for segment in hit.excerpt if segment.marked] == ["өзін", "өзі", "бағалау"]


def test_a_rare_synonym_stays_below_a_common_word(library):
    """By their rarity alone the other words would win."""
    for n in range(6):
        library.put(f"Тапсырма {n}", "Есептер жинағы")
    learn(words="есеп", also="жұмбақ", weight=1, is_mutual=False)
    library.put("Жұмбақ", "Жұмбақ пен жұмбақ туралы жұмбақ")
    found = library.titles("есептер")
    assert len(found) == 7
    assert found[-1] == "Жұмбақ"
    assert library.titles("жұмбақ") == ["Жұмбақ"]
    assert library.ask("есептер").hits[-1].title == (("Жұмбақ", True),)


def test_what_only_a_synonym_finds_is_no_mistake(library):
    learn(words="видеоурок", language="ru", also="физика")
    results = library.ask("видеоурок")
    assert (results.total, results.guess) == (4, None)
