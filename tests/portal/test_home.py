"""The home page: what the portal is for, what is new, at the cost of a few queries."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.models import HomePage
from portal.preparation import make_article
from resources.demo import make_material

from .newsroom import queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_guest_reads_what_the_portal_is_for(client, language):
    answer = client.get(f"/{language}/")
    home = HomePage.objects.get(slug=language)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert home.title in text and home.lead in text
    assert all(example in text for example in home.example_list)
    assert f'<html lang="{language}"' in text


def test_home_shows_newest_materials_subjects_and_three_news(client, news, teacher):
    make_material(teacher, title="Жай бөлшектер", subjects=["mathematics"])
    for number in range(4):
        make_article(f"{number}-жаңалық", "", "kk", news, published_at=timezone.now() + timedelta(minutes=number))
    answer = client.get("/kk/")
    text = answer.content.decode()
    assert [hit.entry.title for hit in answer.context["newest"]] == ["Жай бөлшектер"]
    assert re.findall(r'chip-press" href="/kk/materials/[^>]+>([^<]+) <span class="chip-count">(\d+)', text) == [("Математика", "1")]
    assert [row["title"] for row in answer.context["news"]["articles"]] == ["3-жаңалық", "2-жаңалық", "1-жаңалық"]
    assert "Жай бөлшектер" in text


def test_home_costs_few_queries_however_many_rows(client, member, news, teacher):
    make_material(teacher, title="Бір")
    make_article("Бір", "", "kk", news)
    # Any word in the address goes past the copy that is kept for guests.
    guest = queries(client, "/kk/?read")
    assert 0 < guest <= 6
    assert queries(member, "/kk/") <= guest + 3
    for number in range(20):
        make_material(teacher, title=f"{number}-материал")
        make_article(f"{number}-жаңалық", "", "kk", news)
    assert queries(client, "/kk/?read") == guest
