"""The addresses of the portal, and the least that a view of this project can answer: the measure of all others."""

from django.http import HttpResponse
from django.urls import path

from portal.urls import handler400, handler404
from portal.urls import urlpatterns as portal

__all__ = ["handler400", "handler404", "urlpatterns"]


def ok(request):
    return HttpResponse("ok")


urlpatterns = [path("ok/", ok), *portal]
