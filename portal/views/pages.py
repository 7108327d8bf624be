"""Small pages of the site's frame."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ..editorial import home_page, page_at, page_language_links, public_pages, translations
from ..look import COOKIE, look_cookie
from ..look_sample import sample


def root(request):
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return redirect(f"/{language if language in dict(settings.LANGUAGES) else settings.FIRST_LANGUAGE}/")


@csrf_exempt
@require_POST
def set_look(request):
    """Theme, size and contrast: a matter of the reader's own eyes, so a guest's page needs no token for it."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(COOKIE, look_cookie(request.POST), max_age=365 * 24 * 3600, samesite="Lax", secure=request.is_secure())
    return response


def home(request):
    """The page most people come to first: found by its language, without Wagtail's walk through the tree."""
    page = home_page()
    if not page:
        raise Http404
    return page.serve(request)


def page_languages(request, pk: int):
    return page_elsewhere(request, get_object_or_404(public_pages(), pk=pk))


def page_elsewhere(request, page, status: int = 200):
    """An editorial page that is not written in the language of the reader: where it exists."""
    found = {other.locale.language_code: other for other in translations(page)}
    if get_language() in found:
        return redirect(found[get_language()].url)
    context = {"found": list(found.values()), "language_links": page_language_links(page)}
    return render(request, "portal/page_languages.html", context, status=status)


def not_found(request, exception):
    page = page_at(request.path)
    return page_elsewhere(request, page, status=404) if page else render(request, "404.html", status=404)


def look_page(request):
    return render(request, "portal/look.html", {"sample": sample()})
