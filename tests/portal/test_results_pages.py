"""The numbers under a long list of results."""

import re

import pytest

from portal.demo import make_person
from portal.views import search
from resources.demo import make_material

pytestmark = pytest.mark.django_db
NUMBERS = re.compile(r'<span class="hidden">[^<]+</span>(\d+)</a>|pagination-gap">(…)')


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, ["1", "2", "3", "…", "9"]),
        (5, ["1", "…", "3", "4", "5", "6", "7", "…", "9"]),
        (9, ["1", "…", "7", "8", "9"]),
    ],
)
def test_pages_around_the_one_that_is_shown_are_offered(client, monkeypatch, number, shown):
    monkeypatch.setattr(search, "RESULTS_ON_A_PAGE", 1)
    author = make_person()
    for n in range(9):
        make_material(author, title=f"Бөлшек {n}")
    text = client.get("/kk/search/", {"q": "бөлшек", "in": "materials", "page": number}).content.decode()
    assert [one or gap for one, gap in NUMBERS.findall(text)] == shown


def test_a_guess_is_called_one_and_leads_back(client):
    author = make_person()
    make_material(author, title="Фотосинтез", description="Жапырақ.", subjects=("biology",))
    make_material(author, title="Бөлшек")
    page = client.get("/kk/search/", {"q": "фотысинтез"}).content.decode()
    assert "Дәл осылай жазылған ештеңе табылмады: «фотысинтез»." in page
    assert "Мүмкін, «фотосинтез» деп іздеген боларсыз." in page
    assert "/materials/" in page.split('<ol class="rows">')[1]
    back = client.get(
        re.search(r'notice.*?<a href="([^"]+)">Дәл жазғанымша іздеу', page, re.S).group(1).replace("&amp;", "&")
    ).content.decode()
    assert "Мүмкін" not in back
    assert '<ol class="rows">' not in back
    partly = client.get("/kk/search/", {"q": "бөлшек ajnjcbyntp"}).content.decode()
    assert "«бөлшек ajnjcbyntp» сөздерінің бәрі табылмады." in partly
    assert "Мүмкін, «бөлшек фотосинтез» деп іздеген боларсыз." in partly
    assert "Мүмкін" not in client.get("/kk/search/", {"q": "бөлшек"}).content.decode()
