"""What every page of the site needs: how it looks, its other languages, the footer."""

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from .banners import banners_for
from .editorial import footer_pages
from .look import look


def page(request) -> dict:
    return {
        "look": look(request),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "footer_pages": SimpleLazyObject(footer_pages),
        "banners": SimpleLazyObject(lambda: banners_for(request)),
    }


def language_links(request) -> list[dict]:
    """The same address in every language; editorial pages give their own translations instead."""
    address = request.get_full_path() if request.method == "GET" else request.path
    current = get_language()
    return [
        {"code": code, "label": label, "url": translate_url(address, code), "current": code == current}
        for code, label in settings.LANGUAGES
    ]
