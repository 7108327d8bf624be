"""Groups that everybody reads and what is said in them, for search engines. Both stand in every language of the portal."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from portal import seams
from portal.sitemaps import Sitemap

from .models import Group, Topic


def language_topics(language: str) -> QuerySet:
    return Topic.objects.open_to_all().filter(language=language)


def language_groups(language: str) -> QuerySet:
    return Group.objects.readable_by(AnonymousUser()).exclude(**{f"name_{language}": ""})


def places(folder: str, changed: str) -> Callable[[QuerySet], Iterator[tuple[datetime, dict[str, str]]]]:
    def placed(rows: QuerySet) -> Iterator[tuple[datetime, dict[str, str]]]:
        for pk, changed_at in rows.order_by("pk").values_list("pk", changed).iterator():
            yield changed_at, {code: f"/{code}/{folder}/{pk}/" for code, _label in settings.LANGUAGES}

    return placed


def register() -> None:
    seams.sitemaps.append(Sitemap("topics", language_topics, "bumped_at", places("topics", "bumped_at")))
    seams.sitemaps.append(Sitemap("groups", language_groups, "created_at", places("groups", "created_at")))
