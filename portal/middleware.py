"""What happens around every request. Plain functions; the order stands in the settings."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

CMS = "/cms/"
# What the pages that set up a second factor need themselves
FREE_OF_SECOND_FACTOR = ("mfa_index", "account_logout", "account_reauthenticate", "set_look", "bell")


def cms_content_policy(get_response):
    """Wagtail's own pages carry inline scripts; the strict policy of the site stays strict everywhere else."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith(CMS):
            response._csp_update = settings.CMS_CONTENT_SECURITY_POLICY
        return response

    return middleware


def utf8_only(get_response):
    """Every form of ours is in UTF-8; another encoding, named by a stranger, could bring in what no page and no database takes."""

    def middleware(request):
        request.encoding = "utf-8"
        return get_response(request)

    return middleware


def private_pages(get_response):
    """What somebody who is signed in is shown is kept by no cache on the way."""

    def middleware(request):
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


def first_language(get_response):
    """Kazakh is what a first visitor gets; afterwards the language that was read last. The CMS speaks Russian and English."""

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen not in dict(settings.LANGUAGES):
            chosen = settings.FIRST_LANGUAGE
            request.META["HTTP_ACCEPT_LANGUAGE"] = chosen
        if request.path.startswith(CMS) and chosen == "kk":
            request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = "ru"
        response = get_response(request)
        read = translation.get_language_from_path(request.path_info)
        if read and read != request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) and response.status_code == 200:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                read,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
            )
        return response

    return middleware


def second_factor(get_response):
    """Whoever may hide or publish, and whoever enters the CMS, first sets up a second factor. Nothing switches this off."""

    def middleware(request):
        if demands_second_factor(request) and not is_mfa_enabled(request.user):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def demands_second_factor(request) -> bool:
    user, path = request.user, request.path
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)) or not user.is_authenticated:
        return False
    if path.startswith(tuple(map(reverse, FREE_OF_SECOND_FACTOR))):
        return False
    return path.startswith(CMS) or user.needs_second_factor
