"""The ways in which a word is typed, and what is guessed where none of them is right, on every engine."""

import pytest

pytestmark = pytest.mark.parametrize("engine", ["embedded", "elasticsearch"], indirect=True)

# What stands in a title, and how it is typed
TYPED = {
    "Әлемнің құрылысы": "алемнин әлемніӊ əлемнің ӛлем курылысы құрылыс ќурылыс қҧрылысы álemniń älemnıñ alem",
    "Бөлшектерді қосу": "бөлшек болшек бoлшeк бѳлшек bólshek bölşek bolshek bolshekter BOLSHEK",
    "Физика негіздері": "физика fizika fızıka",
    "Сынып жұмысы": "сынып synyp sınıp жұмыс жумыс jumys zhumys jūmys",
    "Ғылым мен оқушы": "ғылым гылым ǵylym ğylym gylym ghylym оқушылар okushy oqýshy oquşy oqwshylar",
    "Теңдеу": "теңдеулер тендеу teńdeý teñdeu tendeu tengdeu",
    "Химия пәні": "химия himiya khimiya hımııa himia",
    "Экономика және энергия": "ekonomika energiya energia",
    "Уравнения и ёлки": "uravnenie уравнений елка ёлка",
    "Solving equations": "equation solve",
}
# What is typed, and what it is taken for
GUESSED = {
    # On the other keyboard
    "abpbrf": "физика",
    ",-kitr": "бөлшек",
    "09hsksc": "құрылыс",
    "nt4ltekth": "теңдеулер",
    "ыщдмштп": "solving",
    # A letter too many, too few, another one, two in the wrong order; also in front, also in another form than stands there
    "блөшектерді": "бөлшектерді",
    "өблшектерді": "бөлшектерді",
    "көлшектерді": "бөлшектерді",
    "збөлшектерді": "бөлшектерді",
    "өлшектерді": "бөлшектерді",
    "тендкулер": "теңдеу",
    "физкиа": "физика",
    "визика": "физика",
    "хмиия": "химия",
    "урванения": "уравнения",
    "qeuations": "equations",
    "bloshekterdi": "бөлшектерді",
    # One among good ones
    "бөлшектерді кқсу": "бөлшектерді қосу",
    "физика ytu3plth3": "физика негіздері",
    "экономика vty энергия": "экономика мен энергия",
    # Nothing
    "щщщщщ": "",
    "7.1.2.3": "",
    "физика щщщщщ": "",
}


@pytest.fixture
def library(shelf):
    languages = {"У": "ru", "S": "en"}
    for title in TYPED:
        shelf.put(title, "мүлде басқа мазмұн", language=languages.get(title[0], "kk"))
    return shelf


def test_every_way_of_typing_finds_the_word(library):
    wrong = [(typed, title) for title, ways in TYPED.items() for typed in ways.split() if library.titles(typed) != [title]]
    assert wrong == []


def test_what_stands_nowhere_is_taken_for_what_does(library):
    guesses = {typed: guess.query.text if (guess := library.ask(typed).guess) else "" for typed in GUESSED}
    assert guesses == GUESSED
    guess = library.ask("визика").guess
    assert ([hit.entry.title for hit in guess], guess.total) == (["Физика негіздері"], 1)
    assert library.ask("визика", literally=True).guess is None


def test_a_letter_that_stands_somewhere_is_no_other_keyboard(library):
    library.put("C дәрумені: сабақ")
    assert library.ask("сбаақ").guess.query.text == "сабақ"


def test_a_guess_never_tells_of_what_the_reader_may_not_see(library):
    library.change(3, audience=["user:1"])
    assert library.ask("визика").guess is library.ask("abpbrf").guess is None
    library.change(3, audience=["public"])
    library.hidden = {3}
    assert library.ask("визика").guess is None


def test_a_word_that_is_found_elsewhere_is_no_mistake(library):
    """In a keyword that is not shown, or further down than the hits of this page."""
    library.put("Мәжіліс", "мүлде", keywords=["собрание"])
    assert library.ask("мәжіліс собрание").guess is None
    for n in range(30):
        library.put(f"Химия туралы {n}", "химия")
    assert library.ask("химия теңдеу", size=5).guess is None
    library.put("Химия сабағы", facets={"grade": ["7"]})
    assert library.ask("химия теңдеу", facets={"grade": ["7"]}).guess is None


def test_the_letters_that_were_typed_come_first(shelf):
    for text in ("курал", "құрал", "курал", "құрал"):
        shelf.put("Сабақ", f"{text} мектепте тұр")
    for n in range(8):
        shelf.put(f"Бөгде {n}", "мүлде басқа мазмұн")
    assert {hit.object_id for hit in shelf.ask("құралдар").hits[:2]} == {2, 4}
    assert {hit.object_id for hit in shelf.ask("курал").hits[:2]} == {1, 3}


def test_a_title_in_latin_letters_is_found_by_cyrillic_ones(shelf):
    shelf.put("Bólshekterdi qosý", "мүлде басқа мазмұн")
    for typed in ("бөлшек", "қосу", "bolshek", "qosu", "bölşek"):
        assert shelf.titles(typed) == ["Bólshekterdi qosý"], typed


def test_an_english_word_is_english_first(shelf):
    shelf.put("Бас", "бас туралы", language="kk")
    shelf.put("The base", "all about the base", language="en")
    for n in range(8):
        shelf.put(f"Бөгде {n}", "мүлде басқа мазмұн")
    assert shelf.titles("base")[0] == "The base"
