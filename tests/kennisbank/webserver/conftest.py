"""Web servers to try, each as it runs in production, with one process that serves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.browser.conftest import GUNICORN, free_port, serve
from tests.prepared import copy_site

SMALL = "tests.kennisbank.webserver.small_site"


class Server(NamedTuple):
    """Where a web server listens, and the file in which it writes."""

    port: int
    log: Path


@contextmanager
def small_server(folder: Path, *options: str, **variables: str) -> Iterator[Server]:
    """A web server with the small site."""
    (folder / "static").mkdir(parents=True, exist_ok=True)  # nothing to collect
    log = folder / "log"
    order = ("/bin/sh", "-c", 'exec "$@" >"$0" 2>&1', str(log), *GUNICORN, *options)
    alone = {"BACKGROUND": "0", "DJANGO_SETTINGS_MODULE": SMALL}
    with serve(folder, port := free_port(), order, **alone, **variables):
        yield Server(port, log)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A web server with the small site, for tests that leave it as it is."""
    with small_server(tmp_path_factory.mktemp("server"), ACCESS_LOG="1") as made:
        yield made


@pytest.fixture(scope="session")
def whole_site(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Port of the site itself."""
    folder = copy_site(run_folder, tmp_path_factory.mktemp("site"))
    with serve(folder, port := free_port(), GUNICORN, BACKGROUND="0"):
        yield port


@pytest.fixture
def start(tmp_path: Path) -> Any:
    """Start a web server of its own, with these options."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    return lambda *options, **variables: small_server(tmp_path, *options, GATE=str(gate), **variables)
