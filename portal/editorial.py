"""What the site reads from the editors' pages."""

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, When
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page, Site

from .models import ArticlePage

FOOTER_SECONDS = 600
FOOTER_ORDER = ("help", "contact", "terms", "privacy")


def public_pages(language: str | None = None):
    """Live pages that anybody may read, of one language or of all."""
    pages = Page.objects.live().public()
    return pages.filter(locale__language_code=language) if language else pages


def footer_key(language: str) -> str:
    return f"footer:{language}"


def footer_pages(language: str) -> list[dict]:
    """Title and address of the pages at the foot; a page without a translation is shown in Kazakh."""
    return cache.get_or_set(footer_key(language), lambda: read_footer_pages(language), FOOTER_SECONDS)


def read_footer_pages(language: str) -> list[dict]:
    pages = ArticlePage.objects.live().public().exclude(footer_place="").select_related("locale")
    chosen = {}
    for page in pages.order_by(Case(When(locale__language_code=language, then=1), When(locale__language_code="kk", then=0), default=-1)):
        chosen[page.footer_place] = page
    return [
        {"url": chosen[place].url, "title": chosen[place].title, "place": place, "language": chosen[place].locale.language_code}
        for place in FOOTER_ORDER
        if place in chosen
    ]


def forget_pages() -> None:
    cache.delete_many([footer_key(code) for code, _label in settings.LANGUAGES])


def page_language_links(page) -> list[dict]:
    """Where an editorial page stands in each language; a missing translation leads to a page that says where it exists."""
    translations = {
        other.locale.language_code: other.url for other in page.get_translations(inclusive=True).live().public().select_related("locale")
    }
    missing = reverse("page_languages", args=[page.pk])
    current = get_language()
    return [
        {
            "code": code,
            "label": label,
            "url": translations.get(code) or missing.replace(f"/{current}/", f"/{code}/", 1),
            "current": code == current,
        }
        for code, label in settings.LANGUAGES
    ]


def site_root() -> Page:
    return Site.objects.get(is_default_site=True).root_page
