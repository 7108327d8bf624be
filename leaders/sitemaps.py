"""Cohorts and stories, for search engines; pages of programmes stand among the editors' pages."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from portal import seams
from portal.sitemaps import Sitemap

from .models import Cohort, Story


def public_cohorts(language: str) -> QuerySet:
    """Each has its page in every language."""
    return Cohort.objects.visible_to(AnonymousUser())


def places(rows: QuerySet) -> Iterator[tuple[datetime, dict[str, str]]]:
    for pk, created_at in rows.order_by("pk").values_list("pk", "created_at").iterator():
        yield created_at, {code: f"/{code}/leaders/{pk}/" for code, _label in settings.LANGUAGES}


def stories(language: str) -> QuerySet:
    return Story.objects.published().filter(language=language)


def places_of_stories(rows: QuerySet) -> Iterator[tuple[datetime, dict[str, str]]]:
    """Each in its own language."""
    for pk, published_at, language in rows.order_by("pk").values_list("pk", "published_at", "language").iterator():
        yield published_at, {language: f"/{language}/leaders/stories/{pk}/"}


def register() -> None:
    seams.sitemaps.append(Sitemap("cohorts", public_cohorts, "created_at", places))
    seams.sitemaps.append(Sitemap("stories", stories, "published_at", places_of_stories))
