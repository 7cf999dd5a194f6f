"""What the environment says of this installation: where it runs, for whom, and what is secret."""

import contextlib
import os
import re
import secrets
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from kennisbank.licence import read_licence
from kennisbank.startup import (
    faults_of_address,
    faults_of_contact,
    faults_of_hosts,
    faults_of_key,
    faults_of_trial,
    host_of,
)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
faults: list[str] = []  # all that is wrong is told at once, when every part of the settings has been read

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


def cache_of_pages() -> dict[str, Any]:
    """Where pages are kept; a package that this asks for has to be there at the start, not at the first page."""
    config: dict[str, Any] = env.cache_url("CACHE_URL", default="locmemcache://pages?max_entries=500")
    if "redis" in config["BACKEND"] and find_spec("redis") is None:
        faults.append("CACHE_URL noemt Redis, maar het pakket daarvoor ontbreekt: `.venv/bin/pip install redis`.")
    return config


def rate(name: str, default: str) -> str:
    """How often something may happen, as `600/m`; empty is no limit."""
    value: str = env(name, default=default)
    if value and not re.fullmatch(r"[1-9]\d*/[smhd]", value):
        faults.append(f"{name} moet een aantal per tijd zijn, zoals 600/m (s, m, h of d), of leeg, en niet {value!r}.")
    return value


SECRET_KEY = os.environ.get("SECRET_KEY", "") or (local_secret_key() if LOCAL else "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = [
    name.strip()
    for name in (env("ALLOWED_HOSTS", default="") or ("localhost,127.0.0.1,[::1]" if LOCAL else "")).split(",")
    if name.strip()
]
BASE_URL = env("BASE_URL", default="") or (f"http://127.0.0.1:{env('PORT', default='8000')}" if LOCAL else "")
BASE_URL = BASE_URL.rstrip("/")
BASE_HOST = host_of(BASE_URL)
try:
    BASE_HOST_IS_IP = bool(ip_address(BASE_HOST))
except ValueError:
    BASE_HOST_IS_IP = False
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SITE_NAME = env("SITE_NAME", default="Kennisbank Blauwdrukken")
CONTACT_EMAIL = env("CONTACT_EMAIL", default="")
OUD_NA_JAREN = env.int("OUD_NA_JAREN", default=3)

faults += [
    *([] if LOCAL else faults_of_key(SECRET_KEY)),
    *faults_of_hosts(ALLOWED_HOSTS),
    *faults_of_address(BASE_URL),
    *([] if LOCAL else faults_of_contact(CONTACT_EMAIL)),
    *faults_of_trial({"DEBUG": DEBUG, "LOCAL": LOCAL}, [BASE_HOST, *ALLOWED_HOSTS]),
]
try:
    CONTENT_LICENTIE = read_licence(env("CONTENT_LICENTIE", default=""))
except ImproperlyConfigured as error:
    CONTENT_LICENTIE = None
    faults.append(str(error))
