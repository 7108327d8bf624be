"""Who sees what was found."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone, translation

from search import sources


@pytest.mark.django_db
@pytest.mark.parametrize("key", [source.key for source in sources.registered()])
def test_what_guests_may_see_is_asked_the_same_way_at_any_hour_and_in_any_language(key, monkeypatch, django_assert_num_queries):
    """Because that query is composed once in the life of a process. Members are not taken for guests: test_page_privacy.py."""
    visible, guest, later = sources.get(key).visible, AnonymousUser(), timezone.now() + timedelta(days=400)
    with django_assert_num_queries(0):
        with translation.override("kk"):
            composed = sources.rows_for(visible, guest)
        monkeypatch.setattr(timezone, "now", lambda: later)
        with translation.override("en"):
            assert composed and sources.rows_for(visible, guest) == composed


@pytest.mark.parametrize(
    "key, name", [("people", "person"), ("schools", "school"), ("objectives", "objective"), ("cohorts", "cohort"), ("topics", "topic")]
)
def test_a_thing_stands_where_its_source_says(key, name):
    with translation.override("ru"):
        assert f"/ru{sources.get(key).path(7)}" == reverse(name, args=[7])
