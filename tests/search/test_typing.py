"""The ways in which a word is typed, on every engine."""

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


@pytest.fixture
def library(shelf):
    for title in TYPED:
        shelf.put(title, "мүлде басқа мазмұн", language="ru" if title[0] == "У" else "kk")
    return shelf


def test_every_way_of_typing_finds_the_word(library):
    wrong = [(typed, title) for title, ways in TYPED.items() for typed in ways.split() if library.titles(typed) != [title]]
    assert wrong == []
