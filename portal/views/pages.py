"""Small pages of the site's frame."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_info
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ..editorial import page_language_links, public_pages
from ..look import COOKIE, look_cookie


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


def page_languages(request, pk: int):
    """An editorial page that is not written in the language of the reader: where it exists."""
    page = get_object_or_404(public_pages(), pk=pk)
    translations = public_pages().filter(translation_key=page.translation_key).select_related("locale")
    found = [
        {"page": other, "code": other.locale.language_code, "language": get_language_info(other.locale.language_code)["name_local"]}
        for other in translations
    ]
    return render(request, "portal/page_languages.html", {"found": found, "language_links": page_language_links(page)})


def not_found(request, exception):
    return render(request, "404.html", status=404)


def look_page(request):
    return render(request, "portal/look.html")
