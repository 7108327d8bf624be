"""Addresses of an app that takes uploads, as small as it can be."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import ValidationError
from django.urls import path

from portal.urls import urlpatterns as portal_urls
from portal.views.uploads import receive


def upload(request, upload=None):
    return receive(request, upload, target="tests", finish=lambda request, file: f"/files/{file.pk}/")


def other(request, upload=None):
    return receive(request, upload, target="other", finish=lambda request, file: "/")


def full(request, upload=None):
    def finish(request, file):
        raise ValidationError("No more room.")

    return receive(request, upload, target="tests", finish=finish)


urlpatterns = [
    *i18n_patterns(
        path("upload/", upload),
        path("upload/<uuid:upload>/", upload),
        path("other/<uuid:upload>/", other),
        path("full/<uuid:upload>/", full),
    ),
    *portal_urls,
]
