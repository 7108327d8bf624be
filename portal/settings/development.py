"""One machine, nothing prepared: SQLite, the embedded search engine, a page of sent mails instead of a mail server."""

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, VAR_DIR, env

VAR_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = True
SECRET_KEY = "for development only, never in production"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = []
INSTALLED_APPS = [*INSTALLED_APPS, "portal.sent_mail"]
if "EMAIL_URL" not in env.ENVIRON:
    EMAIL_BACKEND = "portal.sent_mail.backend.FileBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
