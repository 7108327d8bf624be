"""As in production, except for what needs the network around it: HTTPS, Redis, a mail server."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES, INSTALLED_APPS, LIMITS

DEBUG = False
SECRET_KEY = "for measuring only, never in production"  # noqa: S105
ALLOWED_HOSTS = ["localhost"]
INSTALLED_APPS = [*INSTALLED_APPS, "tools.bench"]
ROOT_URLCONF = "tools.bench.urls"
DATABASES["default"]["CONN_MAX_AGE"] = 60
# One reader asks as fast as she can.
LIMITS = {**LIMITS, "suggest": (1_000_000, 600)}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.stylesheets.BundledStorage"},
}
