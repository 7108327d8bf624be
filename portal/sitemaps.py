"""Addresses for search engines: what anybody may read, in parts, each with its other languages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.core.cache import cache
from django.db.models import F, Max, QuerySet
from django.urls import reverse

from .editorial import public_pages
from .seams import sitemaps

# A part holds the rows whose ids lie in one range: no part moves when another row is written.
PART = 10_000
KEPT_SECONDS = 600
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
URLS = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'


@dataclass(frozen=True)
class Sitemap:
    """`rows(language)`: what a guest may read of this language; `changed`: the field that tells when it was changed;
    `places(rows)`: for each row when it was changed, and its path in every language."""

    key: str
    rows: Callable[[str], QuerySet]
    changed: str
    places: Callable[[QuerySet], Iterable[tuple[datetime, dict[str, str]]]]

    def part(self, language: str, number: int) -> QuerySet:
        return self.rows(language).filter(pk__gte=number * PART, pk__lt=(number + 1) * PART)

    def parts(self, language: str) -> list[tuple[int, datetime]]:
        numbered = self.rows(language).order_by().annotate(part=F("pk") / PART)
        return list(numbered.values_list("part").annotate(Max(self.changed)).order_by("part"))


def index() -> str:
    return cache.get_or_set("sitemap", read_index, KEPT_SECONDS)


def read_index() -> str:
    lines = []
    for sitemap in sitemaps:
        for language, _label in settings.LANGUAGES:
            for number, changed_at in sitemap.parts(language):
                address = settings.SITE_URL + reverse("sitemap", args=[sitemap.key, language, number])
                lines.append(f"<sitemap><loc>{escape(address)}</loc>{last_changed(changed_at)}</sitemap>\n")
    return HEAD + INDEX + "".join(lines) + "</sitemapindex>\n"


def urls(sitemap: Sitemap, language: str, number: int) -> Iterator[str]:
    yield HEAD + URLS
    for changed_at, paths in sitemap.places(sitemap.part(language, number)):
        others = "".join(alternate(code, path) for code, path in paths.items()) if len(paths) > 1 else ""
        yield f"<url><loc>{escape(settings.SITE_URL + paths[language])}</loc>{last_changed(changed_at)}{others}</url>\n"
    yield "</urlset>\n"


def alternate(language: str, path: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(settings.SITE_URL + path)}/>'


def last_changed(moment: datetime | None) -> str:
    return f"<lastmod>{moment.isoformat(timespec='seconds')}</lastmod>" if moment else ""


def language_pages(language: str) -> QuerySet:
    return public_pages().filter(locale__language_code=language, depth__gt=1)


def page_places(rows: QuerySet) -> Iterator[tuple[datetime, dict[str, str]]]:
    """An editors' page stands at the address that the tree gives it."""
    written: dict[str, dict[str, str]] = {}
    same = public_pages().filter(translation_key__in=rows.values("translation_key")).order_by("path")
    for key, language, path in same.values_list("translation_key", "locale__language_code", "url_path"):
        written.setdefault(key, {})[language] = path
    for changed_at, key in rows.order_by("pk").values_list("last_published_at", "translation_key").iterator():
        yield changed_at, written[key]


def register() -> None:
    sitemaps.append(Sitemap("pages", language_pages, "last_published_at", page_places))
