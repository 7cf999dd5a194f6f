"""Settings, driven by environment variables; docs/operations.md explains each of them."""

import contextlib
import os
import secrets
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from blauwdrukken.uploads.beeld import MAX_PIXELS
from blauwdrukken.uploads.soorten import AFBEELDINGEN, DOCUMENTEN

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

LOCAL = env.bool("LOCAL", default=False)
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def local_secret_key() -> str:
    """Secret of a trial on one's own machine: made once, kept in var/."""
    bestand = VAR_DIR / "secret_key"
    if not bestand.exists():
        nieuw = bestand.with_suffix(f".{os.getpid()}")
        nieuw.touch(mode=0o600)
        nieuw.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(nieuw, bestand)  # all or nothing: of processes that start together, one makes the secret
        nieuw.unlink()
    return bestand.read_text()


def required(naam: str, lokaal: str, uitleg: str) -> str:
    """Value of a variable that production must set; `lokaal` stands in for it on one's own machine."""
    waarde: str = env(naam, default=lokaal if LOCAL else "")
    if not waarde:
        raise ImproperlyConfigured(
            f"Set the environment variable {naam}: {uitleg} "
            "See docs/operations.md; for a trial on this machine use `make start` or set LOCAL=1."
        )
    return waarde


SECRET_KEY = required(
    "SECRET_KEY", local_secret_key() if LOCAL else "", "a long random text that signs sessions, kept secret."
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: Any = required(
    "ALLOWED_HOSTS",
    "localhost,127.0.0.1,[::1]",
    "the host names of the site, separated by commas.",
)
ALLOWED_HOSTS = [naam.strip() for naam in ALLOWED_HOSTS.split(",") if naam.strip()]
BASE_URL = required(
    "BASE_URL",
    f"http://127.0.0.1:{env('PORT', default='8000')}",
    "the public address, such as https://www.voorbeeld.nl.",
).rstrip("/")
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SITE_NAME = env("SITE_NAME", default="Kennisbank Blauwdrukken")
CONTACT_EMAIL = env("CONTACT_EMAIL", default="")

INSTALLED_APPS = [
    "kennisbank",
    "blauwdrukken",
    "regios",
    "kennisbank.gebruikers.apps.GebruikersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
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
    "django.middleware.security.SecurityMiddleware",
    "kennisbank.middleware.SecurityHeadersMiddleware",
    "kennisbank.middleware.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kennisbank.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kennisbank.inloggen.middleware.SessieMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kennisbank.inloggen.middleware.BeheerMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kennisbank.middleware.IndexMiddleware",
    "kennisbank.toegang.ToegangMiddleware",
    "kennisbank.middleware.InGebruikMiddleware",
    "kennisbank.middleware.OnleesbaarMiddleware",
    "kennisbank.middleware.AdresMiddleware",
]

ROOT_URLCONF = "kennisbank.urls"
WSGI_APPLICATION = "kennisbank.wsgi.application"
AUTH_USER_MODEL = "kennisbank.User"

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
                "blauwdrukken.keuze.keuze",
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
DATABASES["default"]["CONN_MAX_AGE"] = 60  # to open one takes longer than to ask it something, SQLite included

# Templates of form fields may be replaced, as those of pages: some of Wagtail's carry scripts.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Shared by all processes, for throttling counts in it; a migration makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kennisbank_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTHENTICATION_BACKENDS = ["kennisbank.inloggen.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "kennisbank.inloggen.wachtwoord.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # also of the link in an invitation

# A logged-in session ends after so many seconds without work, and after so many in all.
SESSION_IDLE_SECONDS = 2 * 3600
SESSION_MAX_SECONDS = 12 * 3600

ACCOUNT_ADAPTER = "kennisbank.inloggen.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # who is invited by mail has shown to read it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # who did not change a password or a factor oneself, has to hear of it
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_DISPLAY = "kennisbank.inloggen.adapters.weergavenaam"
# "key" is account and address together; of the second factor ("login_failed" once more) it is the account.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,10/5m/key,60/d/key",
    "second_factor": "5/5m/key,20/d/key",
    "reset_password": "10/m/ip,3/5m/key",
    "reset_password_from_key": "20/m/ip",
}
ACCOUNT_FORMS = {
    "login": "kennisbank.inloggen.forms.LoginForm",
    "reauthenticate": "kennisbank.inloggen.forms.ReauthenticateForm",
    "reset_password": "kennisbank.inloggen.forms.ResetPasswordForm",
    "reset_password_from_key": "kennisbank.inloggen.forms.ResetPasswordKeyForm",
    "change_password": "kennisbank.inloggen.forms.ChangePasswordForm",
}

BASE_HOST = urlsplit(BASE_URL).hostname or ""
try:
    BASE_HOST_IS_IP = bool(ip_address(BASE_HOST))
except ValueError:
    BASE_HOST_IS_IP = False

# Only a trial that nobody else can reach may do without the second factor.
DEZE_MACHINE = {"localhost", "127.0.0.1", "::1", "[::1]"}
MAY_SKIP_MFA = (
    LOCAL and not BEHIND_PROXY and {BASE_HOST, env("HOST", default="127.0.0.1"), *ALLOWED_HOSTS} <= DEZE_MACHINE
)
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=not MAY_SKIP_MFA)
if not MFA_REQUIRED and not MAY_SKIP_MFA:
    raise ImproperlyConfigured(
        "MFA_REQUIRED=0 is for a trial on one's own machine only: LOCAL=1, with BASE_URL, ALLOWED_HOSTS and HOST on "
        "localhost and without BEHIND_PROXY."
    )
MFA_ADAPTER = "kennisbank.inloggen.adapters.TweedeStapAdapter"
# A passkey belongs to a host name: browsers refuse it for an address of digits.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *([] if BASE_HOST_IS_IP else ["webauthn"])]
MFA_PASSKEY_LOGIN_ENABLED = not BASE_HOST_IS_IP
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "kennisbank.inloggen.forms.AuthenticateForm",
    "reauthenticate": "kennisbank.inloggen.forms.ReauthenticateCodeForm",
    "activate_totp": "kennisbank.inloggen.forms.ActivateTOTPForm",
    "add_webauthn": "kennisbank.inloggen.forms.AddWebAuthnForm",
    "login_webauthn": "kennisbank.inloggen.forms.LoginWebAuthnForm",
    "authenticate_webauthn": "kennisbank.inloggen.forms.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "kennisbank.inloggen.forms.ReauthenticateWebAuthnForm",
}

# Whether the search index may follow a transaction that can still be undone; only the tests want that.
SEARCH_IN_TRANSACTION = False

# Documents to take along: how many are made at the same time on this machine, and how much disk they may fill.
UITVOER_TEGELIJK = env.int("UITVOER_TEGELIJK", default=2)
UITVOER_MAX_MB = env.int("UITVOER_MAX_MB", default=500)

# Wagtail's own small tasks run at once; large books wait in the database (docs/adr/0008-work-in-the-background.md).
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "achtergrond": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["bundels"]},
}

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "blauwdrukken.beheer.editor.Editor"}}
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d-%m-%Y", "%d-%m-%Y %H:%M"
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # passwords are set and reset at the addresses of the login
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Milliseconds after the last change. A save writes the whole text and its rows: at half a second, Wagtail's own
# choice, everybody who types would keep one process busy; three seconds is what a closed tab may at most cost.
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 1500
WAGTAILDOCS_DOCUMENT_MODEL = "blauwdrukken.Bestand"
WAGTAILIMAGES_IMAGE_MODEL = "blauwdrukken.Afbeelding"
WAGTAILDOCS_EXTENSIONS = [extensie for soort in DOCUMENTEN for extensie in soort.extensies]
WAGTAILIMAGES_EXTENSIONS = [extensie for soort in AFBEELDINGEN for extensie in soort.extensies]
MAX_UPLOAD_MB = env.int("MAX_UPLOAD_MB", default=25)
WAGTAILDOCS_MAX_UPLOAD_SIZE = WAGTAILIMAGES_MAX_UPLOAD_SIZE = MAX_UPLOAD_MB * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = MAX_PIXELS
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # else a header with a password is a door beside the login
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": SITE_NAME,
    "DESCRIPTION": "Aanpakken van de arbeidsmarktregio's, zoals de site ze toont. Alleen lezen, zonder account.",
    "VERSION": "1",
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVERS": [{"url": BASE_URL}],
    "PREPROCESSING_HOOKS": ["blauwdrukken.api.schema.alleen_deze_api"],
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = CONTACT_EMAIL or "kennisbank@localhost"

# No session, and so no cookie, exists until somebody logs in; `__Host-` asks for https.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_NAME = "sessionid" if LOCAL else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if LOCAL else "__Host-csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kennisbank.views.csrf_failure"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not LOCAL)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The visitor's address, for throttling: the header is believed only as far as our own proxies wrote it.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if BEHIND_PROXY else 0)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The rich-text editor of Wagtail adds inline styles; its inline scripts are replaced by static/js/beheer.js.
CONTENT_SECURITY_POLICY_BEHEER = {
    "default-src": [SELF],
    "style-src": [SELF, UNSAFE_INLINE],
    "script-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
}

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
