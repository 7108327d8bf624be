"""The search box by the keyboard: what it offers, what it remembers, what it takes a slip for."""

import pytest
from playwright.sync_api import expect

from portal.demo import make_person
from resources.demo import make_material

BOX, LIST = "#home-search", "#home-search_list"


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280)])
def test_the_box_offers_remembers_and_guesses(walk, transactional_db, language, width):
    material = make_material(make_person(), title="Жай бөлшектер")
    reader = walk(language, width)
    reader.open()
    reader.tab_to(BOX)
    reader.page.keyboard.type("bolsh", delay=20)
    reader.see(f"{LIST} [role=option]", "Жай бөлшектер")
    reader.check("offered")
    reader.page.keyboard.press("ArrowDown")
    expect(reader.at(BOX)).to_have_attribute("aria-activedescendant", "home-search_list_0")
    reader.page.keyboard.press("Escape")
    expect(reader.at(LIST)).to_be_hidden()
    expect(reader.at(BOX)).to_have_value("bolsh")
    reader.page.keyboard.type("e", delay=20)
    reader.see(f"{LIST} [role=option]", "Жай бөлшектер")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    reader.arrive(f"materials/{material.pk}/")

    reader.open()
    reader.write(BOX, ",jkitr")
    reader.page.keyboard.press("Enter")
    reader.see(".notice", reader.word("Search for exactly what I typed"))
    reader.see("#results .row-title", "бөлшектер")
    reader.check("guessed")

    reader.open()
    reader.at(BOX).focus()
    reader.see(f"{LIST} [role=option]", ",jkitr")
    reader.check("remembered")
    reader.press(f"{LIST} .option-new")
    expect(reader.at(LIST)).to_be_hidden()
    reader.open()
    reader.at(BOX).focus()
    expect(reader.at(LIST)).to_be_hidden()
