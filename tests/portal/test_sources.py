"""Who sees what was found."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from search import sources


@pytest.mark.django_db
@pytest.mark.parametrize("key", [source.key for source in sources.registered()])
def test_what_guests_may_see_depends_neither_on_the_hour_nor_on_what_is_stored(key, monkeypatch, django_assert_num_queries):
    """Because that question is composed once for as long as a process lives."""
    visible, guest, later = sources.get(key).visible, AnonymousUser(), timezone.now() + timedelta(days=400)
    with django_assert_num_queries(0):
        composed = sources.rows_for(visible, guest)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert composed and sources.rows_for(visible, guest) == composed
