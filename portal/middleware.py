"""What happens around every request. Plain functions; the order stands in the settings."""

import re
from time import monotonic
from uuid import uuid4

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django_htmx.http import HttpResponseClientRedirect

from . import logs, metrics

CMS = "/cms/"
# What the pages that set up a second factor need themselves
FREE_OF_SECOND_FACTOR = ("mfa_index", "account_logout", "account_reauthenticate", "set_look", "bell")
MACHINE_PAGES = ("/health/live", "/health/ready", "/metrics")
GIVEN_ID = re.compile(r"[0-9a-f]{32}")


def machine_pages(get_response):
    """Health and numbers are asked for from inside, without the portal's name and without HTTPS. They are answered before both are
    demanded: they make no link and set no cookie."""

    def middleware(request):
        return resolve(request.path_info).func(request) if request.path_info in MACHINE_PAGES else get_response(request)

    return middleware


def told_requests(get_response):
    """One line of the log and one count for every request. The address without its query, the person as a number that only we can make."""

    def middleware(request):
        given = request.headers.get("X-Request-ID", "")
        logs.request_id.set(given if GIVEN_ID.fullmatch(given) else uuid4().hex)
        begun = monotonic()
        response = get_response(request)
        seconds = monotonic() - begun
        view = request.resolver_match.view_name if request.resolver_match else "none"
        metrics.count(request.method, view, response.status_code, seconds)
        facts = {"method": request.method, "path": logs.cleaned(request.path), "status": response.status_code}
        logs.requests.info("answered", extra={"facts": facts | {"ms": round(seconds * 1000), "user": number_of(request)}})
        response["X-Request-ID"] = logs.request_id.get()
        return response

    return middleware


def number_of(request) -> str:
    """The same for all requests of one person, and nobody's name. Whom no view asked for is not looked up."""
    user = getattr(request, "_cached_user", None)
    return salted_hmac("portal.logs", str(user.pk)).hexdigest()[:12] if user and user.pk else ""


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
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def demands_second_factor(request) -> bool:
    user, path = request.user, request.path
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)) or not user.is_authenticated:
        return False
    if path.startswith(tuple(map(reverse, FREE_OF_SECOND_FACTOR))):
        return False
    return path.startswith(CMS) or user.needs_second_factor


# What a suspended person may still send: her answer to the suspension, how the pages look to her, what she asks of her own data.
OPEN_TO_SUSPENDED = ("appeal", "set_look", "agree", "ask_for_data", "leave", "stay")


def suspension(get_response):
    """Whoever is suspended reads as before; everything that she sends is answered with why and until when."""

    def middleware(request):
        held = suspension_that_stops(request)
        if not held:
            return get_response(request)
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(reverse("appeal", args=[held.case_id]))
        if request.headers.get("Tus-Resumable"):
            return HttpResponse(translation.gettext("You can read, but not write"), status=403, content_type="text/plain")
        return render(request, "portal/suspended.html", {"suspension": held}, status=403)

    return middleware


def in_account(request) -> bool:
    """Signing in and out, the password, the second factor."""
    return request.path.startswith(reverse("account_login").removesuffix("login/"))


def suspension_that_stops(request):
    if request.method in ("GET", "HEAD", "OPTIONS") or not request.user.is_authenticated or in_account(request):
        return None
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return None
    if name in OPEN_TO_SUSPENDED:
        return None
    return request.user.suspensions.current().select_related("case").first()
