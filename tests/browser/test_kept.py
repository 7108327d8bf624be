"""What was typed into the details outlives the page."""

import pytest
from playwright.sync_api import expect

from portal.demo import PASSWORD, make_person
from resources.demo import make_material
from resources.models import Material

TITLE, GRADE = '#details-form input[name="title"]', '#details-form input[name="grades"][value="8"]'


@pytest.fixture
def material(transactional_db) -> Material:
    return make_material(make_person(subjects=["physics"]), title="", published=False)


def test_adding_a_link_keeps_what_was_typed(walk, material):
    teacher = walk("kk", 360)
    teacher.open("accounts/login/")
    teacher.write('input[name="login"]', material.author.email)
    teacher.write('input[name="password"]', PASSWORD)
    teacher.press('main form button[type="submit"]')
    teacher.arrive("start/")
    teacher.open(f"materials/{material.pk}/edit/")
    teacher.write(TITLE, "Гук заңы")
    teacher.at(GRADE).check(force=True)
    teacher.write('input[name="address"]', "https://example.org/guk")
    teacher.press(f'form[action$="/{material.pk}/links/"] button')
    teacher.see(".files", "example.org")
    expect(teacher.at(TITLE)).to_have_value("Гук заңы")
    expect(teacher.at(GRADE)).to_be_checked()
    teacher.press('button[name="save"]')
    teacher.see(".notice")
    material.refresh_from_db()
    assert material.title == "Гук заңы"
    teacher.write(TITLE, "Гук заңы және серіппе")
    teacher.press('button[name="save"]')
    teacher.open(f"materials/{material.pk}/edit/")
    expect(teacher.at(TITLE)).to_have_value("Гук заңы және серіппе")
    assert not teacher.troubles
