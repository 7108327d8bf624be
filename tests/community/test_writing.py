"""What members write becomes safe HTML; links to the portal are drawn for each reader."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from community.cards import Cards
from community.demo import make_group, make_topic
from community.writing import render
from portal.demo import make_person
from resources.demo import make_material
from resources.models import Material

pytestmark = pytest.mark.django_db
GUEST = AnonymousUser()
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[сілтеме](javascript:alert(1))",
    "[ссылка](JaVaScRiPt&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '[x](/people/1/"onmouseover="alert(1))',
    "<a data-ref='people:1' onclick=alert(1)>Айгүл</a>",
    "![сурет](https://example.org/a.png)",
    '`<a data-ref="materials:1" href="javascript:alert(1)">`',
    '<http://localhost:8000/materials/1/"><script>alert(1)</script>>',
    "| <b onclick=x> | б |\n|---|---|\n| <svg/onload=alert(1)> | 2 |",
]


@pytest.mark.parametrize("written", HOSTILE)
def test_nothing_hostile_comes_through(written):
    html = Cards(GUEST, [render(written).html]).fill(render(written).html)
    for opened in html.split("<")[1:]:
        tag = opened.partition(">")[0].lower()
        assert tag.split()[0].strip("/") in ("p", "a", "br", "code", "table", "thead", "tbody", "tr", "th", "td", "span", "em"), html
        assert not any(sign in tag for sign in (" on", "javascript", "data:text", "src=")), html


@pytest.mark.parametrize(
    "written",
    ["http://localhost:8000/kk/materials/7/", "[/ru/materials/7/](/ru/materials/7/)", "<http://localhost:8000/materials/7/?q=a#b>"],
)
def test_an_address_of_the_portal_is_a_reference_in_any_language(written):
    rendered = render(f"Қараңыз: {written}")
    assert [str(ref) for ref in rendered.refs] == ["materials:7"]
    assert '<a data-ref="materials:7" href="/materials/7/">/materials/7/</a>' in rendered.html


@pytest.mark.parametrize(
    "written", ["https://example.org/kk/materials/7/", "/materials/7/files/1/", "[x](/nowhere/7/)", "[x](/materials/99999999999999999999/)"]
)
def test_other_addresses_are_none(written):
    assert render(written).refs == []


def test_whoever_may_see_a_thing_reads_its_title_and_nobody_else():
    author, reader = make_person("author@example.org"), make_person("reader@example.org")
    material = make_material(author, title="Құпия сабақ", audience=Material.Audience.MEMBERS)
    html = render(f"http://localhost:8000/kk/materials/{material.pk}/").html
    with translation.override("ru"):
        assert "Құпия сабақ" in Cards(reader, [html]).fill(html)
        shown = Cards(GUEST, [html]).fill(html)
    assert "Құпия" not in shown and f'<a href="/ru/materials/{material.pk}/">/ru/materials/{material.pk}/</a>' in shown


def test_a_topic_of_a_hidden_group_stays_a_bare_link():
    owner, outsider = make_person("owner@example.org"), make_person("outsider@example.org")
    topic = make_topic(owner, make_group(owner, access="hidden"), title="Жасырын әңгіме")
    html = render(f"http://localhost:8000/kk/topics/{topic.pk}/1/").html
    assert "Жасырын әңгіме · № 1" in Cards(owner, [html]).fill(html)
    assert "Жасырын" not in Cards(outsider, [html]).fill(html)


def test_a_person_bears_the_name_of_today():
    person = make_person("person@example.org", family_name="Сапарова", given_name="Айгүл")
    html = render(f"[@Айгүл Сапарова](/people/{person.pk}/) қалай ойлайсыз?").html
    person.family_name = "Ахметова"
    person.save()
    assert "Айгүл Ахметова" in Cards(GUEST, [html]).fill(html)
    person.delete()
    with translation.override("en"):
        shown = Cards(GUEST, [html]).fill(html)
    assert "former colleague" in shown and "Айгүл" not in shown


def test_words_of_the_writer_stay():
    material = make_material(make_person("author@example.org"), title="Пайыздар")
    html = render(f"[осы жоспар](/kk/materials/{material.pk}/) көмектесті").html
    with translation.override("kk"):
        assert f'<a href="/kk/materials/{material.pk}/">осы жоспар</a>' in Cards(GUEST, [html]).fill(html)
