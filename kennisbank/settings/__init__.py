"""Settings, driven by environment variables; docs/operations.md explains each of them."""

from typing import Any

from kennisbank.startup import SettingsError
from kennisbank.translation import compiled_locale

from .beheer import *  # noqa: F403
from .environment import *  # noqa: F403
from .environment import BASE_DIR, BASE_URL, CONTACT_EMAIL, SITE_NAME, VAR_DIR, cache_of_pages, env, faults, rate
from .login import *  # noqa: F403
from .security import *  # noqa: F403

INSTALLED_APPS = [
    "kennisbank",
    "blauwdrukken",
    "regios",
    "kennisbank.users.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_patches",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "kennisbank.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kennisbank.page_cache.PageCacheMiddleware",
    "kennisbank.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kennisbank.login.middleware.LimitedSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kennisbank.access.BeheerMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kennisbank.errors.ErrorsMiddleware",
]

ROOT_URLCONF = "kennisbank.urls"
WSGI_APPLICATION = "kennisbank.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kennisbank.context_processors.site",
                "blauwdrukken.choice.keuze",
            ],
        },
    },
]

DATABASE_URL = env("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'kennisbank.sqlite3'}"
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that does not even refuse would hold each visitor for minutes.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5} | DATABASES["default"].get("OPTIONS", {})
DATABASES["default"]["CONN_MAX_AGE"] = 60  # to open one takes longer than to ask it something, SQLite included

# Templates of form fields may be replaced, as those of pages: some of Wagtail's carry scripts.
FORM_RENDERER = "kennisbank.form_renderer.Renderer"

LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_I18N = True
LOCALE_PATHS = [compiled_locale(BASE_DIR / "locale", VAR_DIR / "locale")]
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "blauwdrukken.uploads.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Shared by all processes, for throttling counts in it; a migration makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kennisbank_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Of each process apart: what is counted for LIMITS.
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "pages": cache_of_pages(),
}

# How often one client may ask something, in each web process; a whole class behind one address stays far below.
LIMITS = {
    "zoeken": rate("LIMIET_ZOEKEN", "600/m"),
    "suggesties": rate("LIMIET_SUGGESTIES", "1800/m"),
    "documenten": rate("LIMIET_DOCUMENTEN", "600/m"),
    "boeken": rate("LIMIET_BOEKEN", "120/m"),
    "keuzes": rate("LIMIET_KEUZES", "600/m"),
    "api": rate("LIMIET_API", "1200/m"),
}

# Whether the search index may follow a transaction that can still be undone; only the tests want that.
SEARCH_IN_TRANSACTION = False

# Documents to take along: how many are made at the same time on this machine, and how much disk they may fill.
UITVOER_TEGELIJK = env.int("UITVOER_TEGELIJK", default=2)
UITVOER_MAX_MB = env.int("UITVOER_MAX_MB", default=500)

# Wagtail's own small tasks run at once; what takes time waits in the database (docs/adr/0008).
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "achtergrond": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["bundels", "documenten"]},
}

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # else a header with a password is a door beside the login
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_THROTTLE_CLASSES": ["blauwdrukken.throttle.ClientLimit"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": SITE_NAME,
    "DESCRIPTION": "Aanpakken van de arbeidsmarktregio's, zoals de site ze toont. Alleen lezen, zonder account.",
    "VERSION": "1",
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVERS": [{"url": BASE_URL}],
    "PREPROCESSING_HOOKS": ["blauwdrukken.api.schema.keep_own_api"],
    "ENUM_NAME_OVERRIDES": {"OnderbouwingEnum": "blauwdrukken.models.onderbouwing.Onderbouwing"},
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = CONTACT_EMAIL or "kennisbank@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"regel": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "regel"},
        "niets": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["niets"], "propagate": False},
    },
}

if faults:
    raise SettingsError(faults)
