"""What every page of the site needs: how it looks, its other languages, the footer."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_from_path

from .banners import banners_for
from .editorial import footer_pages
from .forms.fields import LONGEST_KEY
from .look import look


def page(request) -> dict:
    return {
        "look": look(request),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "footer_pages": SimpleLazyObject(footer_pages),
        "banners": SimpleLazyObject(lambda: banners_for(request)),
        "opened_notice": opened_notice(request),
    }


def language_links(request) -> list[dict]:
    """The same address in every language; editorial pages give their own translations instead."""
    address = request.get_full_path() if request.method == "GET" else request.path
    current, read = get_language(), get_language_from_path(request.path)
    # Addresses are the same words in all languages: only the first part is exchanged, which costs nothing.
    rest = address.removeprefix(f"/{read}/")
    return [
        {"code": code, "label": label, "url": f"/{code}/{rest}" if read else address, "current": code == current}
        for code, label in settings.LANGUAGES
    ]


def opened_notice(request) -> int | None:
    """The notice whose letter led here; the page reports by htmx that it was read, because reading a page writes nothing."""
    number = request.GET.get("notice", "")
    # A request that is refused early has nobody yet.
    known = number.isdecimal() and len(number) <= LONGEST_KEY and hasattr(request, "user") and request.user.is_authenticated
    return int(number) if known else None
