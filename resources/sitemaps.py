"""Materials that anybody may read, for search engines. The page of a material stands in every language of the portal."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from portal import seams
from portal.sitemaps import Sitemap

from .models import Material


def language_materials(language: str) -> QuerySet:
    return Material.objects.visible_to(AnonymousUser()).filter(language=language)


def material_places(rows: QuerySet) -> Iterator[tuple[datetime, dict[str, str]]]:
    for pk, changed_at in rows.order_by("pk").values_list("pk", "changed_at").iterator():
        yield changed_at, {code: f"/{code}/materials/{pk}/" for code, _label in settings.LANGUAGES}


def register() -> None:
    seams.sitemaps.append(Sitemap("materials", language_materials, "changed_at", material_places))
