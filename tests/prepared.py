"""What is made once a run and copied by every process: the database with the real content, and the folder of a site."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import sqlite3
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

BASE_DIR = Path(__file__).resolve().parents[1]
DATABASE = "kennisbank.sqlite3"
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "kennisbank.settings",
    "SECRET_KEY": string.digits + string.ascii_letters,
    "CONTACT_EMAIL": "info@voorbeeld.nl",
    "ALLOWED_HOSTS": "voorbeeld.nl, 127.0.0.1",
    "BASE_URL": "https://voorbeeld.nl",
    "SECURE_SSL_REDIRECT": "false",
}
TEMPLATE, ON_SERVER = "test_template", "content-on-server"
CONTENT = """
import gc
import django
from django.core.management import call_command
gc.disable()  # migrating draws all models anew at each step, and the process is gone before that matters
django.setup()
call_command("migrate", verbosity=0)
call_command("laad_kennisbank", verbosity=0)
call_command("indexeer", verbosity=0)
"""
STATIC = """
import django
from django.core.management import call_command
django.setup()
call_command("collectstatic", interactive=False, verbosity=0)
"""


def folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that is shared by all processes of this run; by other runs only when PREPARED_DIR names it."""
    if folder := os.environ.get("PREPARED_DIR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        return Path(folder)
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def once(folder: Path, fill: Callable[[Path], None]) -> Path:
    """This folder; the first process of the run that asks for it fills it, and the others wait for that."""
    with _locked(folder):
        if not folder.exists():
            half = folder.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            fill(half)
            half.rename(folder)
    return folder


def _run(program: str, folder: Path, database_url: str = "") -> None:
    """Run this as a server does that is filled for the first time, which writes in the folder."""
    own = {name: value for name, value in os.environ.items() if name not in ("LOCAL", "STATIC_ROOT")}
    environment = own | PRODUCTION | {"VAR_DIR": str(folder), "DATABASE_URL": database_url}
    subprocess.run([sys.executable, "-c", program], cwd=BASE_DIR, env=environment, check=True)


def prepared_content(run: Path) -> Path:
    """Folder with the database of the real content, in a file, and its search index."""
    return once(run / "content", lambda folder: _run(CONTENT, folder))


def prepared_static(run: Path) -> Path:
    """Folder with the collected static files."""
    return once(run / "static", lambda folder: _run(STATIC, folder)) / "static"


def copy_site(run: Path, target: Path) -> Path:
    """The target, filled as the folder of a site is after its first start; without accounts."""
    return _copy_folders(prepared_content(run), run, target)


def _copy_folders(content: Path, run: Path, target: Path) -> Path:
    shutil.copytree(content, target, dirs_exist_ok=True)
    shutil.copytree(prepared_static(run), target / "static")
    return target


@contextmanager
def database_in_memory(run: Path, name: str) -> Iterator[None]:
    """A database in memory by this name, which holds the real content."""
    source = sqlite3.connect(prepared_content(run) / DATABASE)
    memory = sqlite3.connect(name, uri=True)
    try:
        source.backup(memory)
        source.close()
        yield  # it exists as long as somebody has it open
    finally:
        memory.close()


def _on_server(*statements: str) -> None:
    """Carry these out on the server that DATABASE_URL names."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        for statement in statements:
            server.execute(statement.encode())


def _url_on_server(database: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()


@contextmanager
def template_on_server(run: Path, test_settings: dict[str, Any]) -> Iterator[None]:
    """Make PostgreSQL copy the test database of this process from one that holds the real content."""
    made_here = []

    def fill(folder: Path) -> None:
        _on_server(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)", f"CREATE DATABASE {TEMPLATE}")
        _run(CONTENT, folder, _url_on_server(TEMPLATE))
        made_here.append(TEMPLATE)

    folder = once(run / ON_SERVER, fill)
    test_settings["TEMPLATE"] = TEMPLATE
    yield
    if made_here:
        with _locked(folder):  # who comes later makes it anew
            _on_server(f"DROP DATABASE {TEMPLATE}")
            shutil.rmtree(folder)


@contextmanager
def copy_site_on_server(run: Path, target: Path) -> Iterator[str]:
    """Address of a database that is a copy of the template, with the target filled to fit it."""
    name = f"test_site_{secrets.token_hex(6)}"
    _copy_folders(run / ON_SERVER, run, target)
    _on_server(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    try:
        yield _url_on_server(name)
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")
