"""Presses of a signed-in person's buttons: they change something and have no page of their own."""

from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect


def deed(view):
    """Only by POST. Whoever was signed out meanwhile signs in, comes back to the page with the button, and presses again."""

    @require_POST
    @wraps(view)
    def wrapped(request, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        to_login = redirect_to_login(page_before(request))
        return HttpResponseClientRedirect(to_login.url) if request.htmx else to_login

    return wrapped


def page_before(request) -> str:
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return reverse("start")
    return urlsplit(before)._replace(scheme="", netloc="").geturl()
