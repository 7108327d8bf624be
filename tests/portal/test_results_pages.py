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
