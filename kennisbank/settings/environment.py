"""What the environment says of this installation: where it runs, for whom, and what is secret."""

import contextlib
import os
import secrets
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from kennisbank.licence import read_licence

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

LOCAL = env.bool("LOCAL", default=False)
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def local_secret_key() -> str:
    """Secret of a trial on one's own machine: made once, kept in var/."""
    file = VAR_DIR / "secret_key"
    if not file.exists():
        new = file.with_suffix(f".{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(new, file)  # all or nothing: of processes that start together, one makes the secret
        new.unlink()
    return file.read_text()


def required(name: str, local: str, explanation: str) -> str:
    """Value of a variable that production must set; `local` stands in for it on one's own machine."""
    value: str = env(name, default=local if LOCAL else "")
    if not value:
        raise ImproperlyConfigured(
            f"Set the environment variable {name}: {explanation} "
            "See docs/operations.md; for a trial on this machine use `make start` or set LOCAL=1."
        )
    return value


SECRET_KEY = required(
    "SECRET_KEY", local_secret_key() if LOCAL else "", "a long random text that signs sessions, kept secret."
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: Any = required(
    "ALLOWED_HOSTS",
    "localhost,127.0.0.1,[::1]",
    "the host names of the site, separated by commas.",
)
ALLOWED_HOSTS = [name.strip() for name in ALLOWED_HOSTS.split(",") if name.strip()]
BASE_URL = required(
    "BASE_URL",
    f"http://127.0.0.1:{env('PORT', default='8000')}",
    "the public address, such as https://www.voorbeeld.nl.",
).rstrip("/")
BASE_HOST = urlsplit(BASE_URL).hostname or ""
try:
    BASE_HOST_IS_IP = bool(ip_address(BASE_HOST))
except ValueError:
    BASE_HOST_IS_IP = False
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SITE_NAME = env("SITE_NAME", default="Kennisbank Blauwdrukken")
CONTACT_EMAIL = env("CONTACT_EMAIL", default="")
OUD_NA_JAREN = env.int("OUD_NA_JAREN", default=3)
CONTENT_LICENTIE = read_licence(env("CONTENT_LICENTIE", default=""))
