"""What every installation shares. The environment is read here and in `production.py` alone; README.md lists the variables."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env("PORTAL_VAR", default=str(BASE_DIR / "var")))
SITE_URL = env("PORTAL_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "portal",
    "community",
    "resources",
    "leaders",
    "search",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.cms.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "template_partials",
    "csp",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.middleware.machine_pages",
    "portal.middleware.told_requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.cms_content_policy",
    "portal.middleware.private_pages",
    "portal.middleware.utf8_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.first_language",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.second_factor",
    "portal.middleware.suspension",
    "django_htmx.middleware.HtmxMiddleware",
    # Asks the database only when nothing else has answered.
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.page",
            ],
        },
    },
]
FORM_RENDERER = "portal.forms.renderer.Renderer"

# People and their sessions
AUTH_USER_MODEL = "portal.User"
# The address is unique in its stored lower-case form, `email_key`.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_SAMESITE = "Lax"

ACCOUNT_ADAPTER = "portal.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# A code by mail always lets one in. A password is set later, if at all: sign-in offers its field only when it is named here.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_FORMS = {"signup": "portal.forms.signup.SignupForm"}
ACCOUNT_SIGNUP_REDIRECT_URL = "welcome"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = "portal.accounts.display"
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
# A whole school signs up behind one address during an August meeting.
ACCOUNT_RATE_LIMITS = {"signup": "100/m/ip", "confirm_email": "3/m/key"}
# What one person may do at most: how many times, within how many seconds
LIMITS = {
    # Results pages that say they were shown or opened, from one address
    "asking": (600, 3600),
    # Codes that do not exist, from one address
    "certificate-code": (100, 600),
    "complain": (20, 3600),
    "endorsement": (10, 24 * 3600),
    "group": (20, 3600),
    "group-export": (5, 24 * 3600),
    "my-data": (5, 24 * 3600),
    "school": (10, 24 * 3600),
    # Letters typed into the box that searches everything; one address may be a whole school.
    "suggest": (3000, 600),
    "upload": (100, 3600),
}
# What a newcomer may write into groups within a day, see community.care
WRITING_LIMITS = {"topics": 5, "posts": 20, "links": 5}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
MFA_ADAPTER = "portal.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "portal.forms.passkeys.PasskeyForm"}
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Languages: Russian stands in for a Kazakh string that is missing, a first visitor is greeted in Kazakh
LANGUAGE_CODE = "ru"
FIRST_LANGUAGE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
FORMAT_MODULE_PATH = "portal.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

# Data
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.cache("CACHE_URL", default="locmemcache://"),
    "renditions": env.cache("CACHE_URL", default="locmemcache://renditions"),
}
# A task that is due and has waited longer: no worker runs, or too few
QUEUE_MAX_SECONDS = env.int("QUEUE_MAX_SECONDS", default=600)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Files
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("help", BASE_DIR / "portal" / "help" / "pictures")]
FILE_MAX_BYTES = env.int("FILE_MAX_MB", default=100) * 1024 * 1024
FILE_KIND_MAX_BYTES = {
    "image": 30 * 1024 * 1024,
    "video": env.int("FILE_VIDEO_MAX_MB", default=500) * 1024 * 1024,
}
FILE_IMAGE_MAX_PIXELS = 60_000_000
# An office file is a zip archive: how far it may unpack, how many times over once it is larger than the free part, in how many members
FILE_ZIP_MAX_BYTES = 1024 * 1024 * 1024
FILE_ZIP_FREE_BYTES = 50 * 1024 * 1024
FILE_ZIP_MAX_RATIO = 100
FILE_ZIP_MAX_MEMBERS = 10_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "portal.files.handler.ShortSuffixFileUploadHandler"]
# Pieces of unfinished uploads; on several servers a folder that they share
FILE_UPLOAD_DIR = Path(env("FILE_UPLOAD_DIR", default=str(VAR_DIR / "uploads")))
FILE_TEXT_MAX_CHARACTERS = 2_000_000
FILE_READ_SECONDS = env.int("FILE_READ_SECONDS", default=60)
FILE_READ_MEMORY_MB = env.int("FILE_READ_MEMORY_MB", default=1024)
FILE_ACCEL_PREFIX = env("FILE_ACCEL_PREFIX", default="")

# Search
SEARCH_TABS = ("materials", "topics", "groups", "objectives", "programmes", "cohorts", "events", "people", "schools", "pages")
SEARCH_ENGINE = env("SEARCH_ENGINE", default="embedded")
# With an address, the cluster hears of every change, whichever engine readers ask.
ELASTICSEARCH = {
    "hosts": env.list("ELASTICSEARCH_URL", default=[]),
    "index": env("ELASTICSEARCH_INDEX", default="portal"),
    "user": env("ELASTICSEARCH_USER", default=""),
    "password": env("ELASTICSEARCH_PASSWORD", default=""),
    "api_key": env("ELASTICSEARCH_API_KEY", default=""),
    "ca": env("ELASTICSEARCH_CA", default=""),
    "shards": env.int("ELASTICSEARCH_SHARDS", default=1),
    "replicas": env.int("ELASTICSEARCH_REPLICAS", default=1),
    "refresh": env("ELASTICSEARCH_REFRESH", default="1s"),
    "read_seconds": env.float("ELASTICSEARCH_READ_SECONDS", default=0.5),
}

# Mail
environ.Env.EMAIL_SCHEMES.update(dict.fromkeys(("smtp", "smtps", "smtp+tls", "smtp+ssl"), "portal.mail.smtp.Backend"))
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# The newest texts of the terms and of the privacy policy: a person agrees to a version
TERMS_VERSION = "2026-11-01"

# Editorial pages
WAGTAIL_SITE_NAME = "Teachers' portal"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ru", "Русский"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.publishing.publish_approved"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILIMAGES_IMAGE_MODEL = "portal.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "portal.Document"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "pptx", "xlsx", "odt", "odp"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = FILE_MAX_BYTES
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
# A word that goes from hand to hand closes nothing: pages and files are open to members or to groups.
WAGTAIL_PRIVATE_PAGE_OPTIONS = WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = False

# Security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
VIDEO_HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "frame-src": VIDEO_HOSTS,
        "frame-ancestors": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    },
}
# Wagtail's editing screens still carry inline scripts and styles; no reader ever meets this policy.
CMS_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF, *VIDEO_HOSTS],
}

# Who names this word sees the numbers of the portal and which part of it fails
METRICS_TOKEN = env("METRICS_TOKEN", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"wagtail": {"level": "WARNING"}, "portal.requests": {"level": "WARNING"}, "elastic_transport": {"level": "WARNING"}},
}
