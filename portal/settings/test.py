"""Tests: fast hashing, tasks at commit, mail in memory. DATABASE_URL points the whole suite at another database."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, INSTALLED_APPS, WRITING_LIMITS, env

DEBUG = False
SECRET_KEY = "tests only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "portal.sent_mail"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in ("default", "renditions")}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="portal-media-"))
FILE_UPLOAD_DIR = MEDIA_ROOT / "uploads"
TASKS = {"default": {"BACKEND": "portal.tasks.AtOnceBackend", "QUEUES": ["default"]}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# One person fills a page; tests/community/test_care.py asks for the real ones.
WRITING_LIMITS = dict.fromkeys(WRITING_LIMITS, 1000)
if "DATABASE_URL" not in env.ENVIRON:
    DATABASES["default"]["NAME"] = ":memory:"
