"""Small pages of the site's frame."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from .. import banners
from ..editorial import home_page, page_at, page_elsewhere, page_language_links, translations, visible_to
from ..guest_pages import kept_for_guests
from ..look import COOKIE, look_cookie
from ..look_sample import sample


def root(request):
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return redirect(f"/{language if language in dict(settings.LANGUAGES) else settings.FIRST_LANGUAGE}/")


@csrf_exempt
@require_POST
def set_look(request):
    """Theme, size and contrast: a matter of the reader's own eyes, so a guest's page needs no token for it."""
    return back_with_cookie(request, COOKIE, look_cookie(request.POST))


@csrf_exempt
@require_POST
def dismiss_banner(request, pk: int):
    """This browser has seen it. Nothing is stored of the reader, so here too no token is needed."""
    return back_with_cookie(request, banners.COOKIE, banners.dismissal(request, pk))


def back_with_cookie(request, name: str, value: str):
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(name, value, max_age=365 * 24 * 3600, samesite="Lax", secure=request.is_secure())
    return response


@kept_for_guests
def home(request):
    page = home_page(request.user)
    if not page:
        raise Http404
    return page.serve(request)


def editorial_page(request, path: str):
    """Wagtail itself serves what is not simply there to be read: it leads to the sign-in, or finds nothing."""
    page = page_at(request.path, request.user)
    if page:
        return page.serve(request)
    try:
        return wagtail_serve(request, path)
    except Http404 as missing:
        return not_found(request, missing)


def page_languages(request, pk: int):
    return say_where(request, get_object_or_404(Page.objects.filter(visible_to(request.user), depth__gt=1), pk=pk))


def say_where(request, page, status: int = 200):
    """An editorial page that is not written in the language of the reader: where it exists."""
    found = {other.locale.language_code: other for other in translations(page, request.user)}
    if get_language() in found:
        return redirect(found[get_language()].url)
    context = {"found": list(found.values()), "language_links": page_language_links(page, request.user)}
    return render(request, "portal/page_languages.html", context, status=status)


def bad_request(request, exception):
    # Perhaps its parameters were what could not be read.
    request.GET = QueryDict()
    return render(request, "400.html", status=400)


def not_found(request, exception):
    # PostgreSQL keeps no NUL and refuses to look for it.
    page = page_elsewhere(request.path.replace("\0", ""), request.user)
    return say_where(request, page, status=404) if page else render(request, "404.html", status=404)


def look_page(request):
    return render(request, "portal/look.html", {"sample": sample()})
