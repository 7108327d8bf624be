import subprocess
import sys
import time

import pytest

from search.analysis import analyse, clean, five, fold, grams, guess_language, query_words, stem, tokenize


@pytest.mark.parametrize(
    "forms",
    [
        "мектеп мектептер мектептің мектептерде мектептерімізде",
        "кітап кітабы кітаптар кітаптарыңызды",
        "бала балалар балалардың балаларымызға",
        "теңдеу теңдеулер теңдеулерді",
        "бөлшек бөлшектер бөлшектердің",
        "халық халқы",
    ],
)
def test_forms_of_a_kazakh_word_have_one_stem(forms):
    assert len({stem(word) for word in forms.split()}) == 1


def test_kazakh_letters_are_not_needed():
    sentence = "оқушылардың қызығушылығын арттыру үшін жаңа әдістерді қолданған мұғалімнің тәжірибесі"
    bare = sentence.translate(str.maketrans("әғқңөұүһі", "агкноуухи"))
    assert analyse(sentence)[:2] == analyse(bare)[:2]
    # The exact beginnings, which come last, are another matter.
    assert [pieces.split()[:-1] for pieces in analyse(sentence).pieces] == [pieces.split()[:-1] for pieces in analyse(bare).pieces]


def test_russian_and_english_words_have_their_own_stemmers():
    assert stem("дробями", "ru") == stem("дробей", "ru")
    assert stem("fractions") == stem("fraction")
    assert stem("үлкендерге", "ru") == stem("үлкендерге")


def test_foreign_look_alikes_are_repaired():
    assert stem("мeктeптеp") == stem("мектептер")
    assert fold("ќала") == fold("қала")


def test_grams_are_folded_and_bordered():
    assert grams("қала") == ["_кал", "кала", "ала_", "кала"]
    assert five("мектептер") == "мекте"
    assert grams("ь")


@pytest.mark.parametrize("word", ["", "5", "5а", "²", "ь", "ъъъ", "щ", "я" * 64, "漢字", "a" * 1000, "çğş"])
def test_any_token_has_terms(word):
    assert isinstance(stem(word), str)
    assert (stem(word) and five(word)) or word == ""


def test_words_are_letters_and_digits():
    assert tokenize("«Мектеп-гимназия» №7, 7.1.2.3 İSTANBUL") == ["мектеп", "гимназия", "7", "7", "1", "2", "3", "istanbul"]


def test_harmful_characters_are_dropped():
    assert clean("a\x00b\ud800c\xad\u200bd\ufeff") == "abcd"
    assert clean("й") == "й"


def test_a_query_is_stemmed_in_every_language_and_bounded():
    assert {"дробйами", "дроб"} & set(query_words("дробями")[0].stems)
    assert len(query_words(" ".join(f"сөз{n}" for n in range(500)))) == 32


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Бөлшектерді қосу және азайту", "kk"),
        ("Сабак жоспары: атомнын курылысы жане касиеттери", "kk"),
        ("Сложение и вычитание дробей", "ru"),
        ("Открытый урок по биологии", "ru"),
        ("Adding and subtracting fractions", "en"),
        ("", "kk"),
        ("12345", "kk"),
    ],
)
def test_language_is_guessed(text, language):
    assert guess_language(text) == language


def test_analysis_needs_no_django():
    code = "import sys, search.analysis; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_hundred_thousand_words_a_second():
    text = [
        f"{word}{ending}" for word in "мектеп бала кітап сабақ оқушы теңдеу".split() for ending in ("", "лар", "тер", "ларымызға", "да")
    ] * 5000
    started = time.perf_counter()
    for word in text:
        stem(word)
    assert len(text) / (time.perf_counter() - started) > 100_000
