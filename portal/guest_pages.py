"""Whole pages kept for guests, who all see the same: nothing of a person is in them, and a cookie that we do not know goes past them."""

from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.crypto import get_random_string

from .look import COOKIE, look

SECONDS = 60
EDITION = "guest-pages"
# What the home page lists: an answer in a group makes no guest wait for a new one.
LISTED = {"materials", "pages"}
# Cookies that say nothing but what the key of a kept page says as well; a guest's page holds no token.
HARMLESS = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME, COOKIE}


def kept_for_guests(view):
    """Keep what this view answers to guests until something that it lists or an editor's page changes, a minute at most."""

    @wraps(view)
    def keeping(request, *args, **kwargs):
        if not asked_by_any_guest(request):
            return view(request, *args, **kwargs)
        key = key_of(request)
        kept = cache.get(key)
        if kept is not None:
            return restored(kept)
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response.render()
        personal = response.cookies or "CSRF_COOKIE" in request.META
        if response.status_code == 200 and not response.streaming and not personal:
            cache.set(key, (response.content, response.headers["Content-Type"]), SECONDS)
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    return keeping


def asked_by_any_guest(request) -> bool:
    return request.method == "GET" and not request.META.get("QUERY_STRING") and request.COOKIES.keys() <= HARMLESS


def key_of(request) -> str:
    edition = cache.get_or_set(EDITION, lambda: get_random_string(12), None)
    seen = look(request)
    return ":".join([EDITION, edition, request.build_absolute_uri(), *seen.values(), request.headers.get("HX-Request", "")])


def restored(kept: tuple[bytes, str]) -> HttpResponse:
    content, kind = kept
    response = HttpResponse(content, content_type=kind)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


def follow_changes(sources: set[str]) -> None:
    if sources & LISTED:
        forget_guest_pages()


def forget_guest_pages() -> None:
    """Those that are kept are never asked for again, as soon as the change is committed."""
    transaction.on_commit(lambda: cache.set(EDITION, get_random_string(12), None))
