"""A database or disk that cannot do its work: what goes on, and what is said."""

from __future__ import annotations

import errno
import os
import re
import resource
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from psycopg import sql

from blauwdrukken.models import Bestand
from blauwdrukken.outage import Outage, outage_of
from blauwdrukken.search.gateway import gateway
from blauwdrukken.search.index import IndexStore
from tests.browser.conftest import GUNICORN, free_port, serve
from tests.prepared import DATABASE, copy_site, copy_site_on_server
from tests.uploads import files

NOTHING_FOUND = "/blauwdrukken/?zoek=zxqwv"
PAGES = ("/", "/blauwdrukken/", "/blauwdrukken/talentvol/", "/projecten/", "/over/", "/blauwdrukken/?zoek=scholing")
PATIENCE = 60.0  # seconds after which something is not slow but stuck


class Answer(NamedTuple):
    """What a site answered."""

    status: int
    headers: Message
    text: str


def ask(url: str | urllib.request.Request, data: bytes | None = None) -> Answer:
    """The answer, whatever its status."""
    try:
        response: Any = urllib.request.urlopen(url, data, timeout=PATIENCE)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return Answer(response.status, response.headers, response.read().decode("utf-8", "replace"))


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)


def log_in(site: str) -> Answer:
    """The answer to a password, with the cookie and token of the form."""
    form = ask(f"{site}/account/login/")
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
    data = urlencode({"login": "x", "password": "y", "csrfmiddlewaretoken": token}).encode()
    cookie = form.headers["Set-Cookie"].partition(";")[0]
    return ask(urllib.request.Request(f"{site}/account/login/", data, {"Cookie": cookie}))


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process holds the right to write."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def counted(file: Path) -> int:
    with sqlite3.connect(file) as database:
        return int(database.execute("SELECT coalesce(sum(aantal), 0) FROM blauwdrukken_misser").fetchone()[0])


@pytest.mark.once
def test_while_sqlite_is_locked_one_reads_chooses_and_searches_and_no_count_is_lost(
    run_folder: Path, tmp_path: Path
) -> None:
    file = copy_site(run_folder, tmp_path) / DATABASE
    with serve(tmp_path, free_port(), GUNICORN) as site:
        with locked(file), ThreadPoolExecutor(16) as visitors:
            begin = time.monotonic()
            searches = list(visitors.map(lambda _: ask(f"{site}{NOTHING_FOUND}").status, range(20)))
            pages = [ask(f"{site}{page}").status for page in PAGES]
            chosen = ask(f"{site}/keuze/", b"erbij=talentvol&terug=/over/")
            taken = time.monotonic() - begin
            login = log_in(site)
            assert counted(file) == 0
        assert login.status == 503, "who logs in did not try too often"
        assert "De database bewaart nu veel tegelijk" in login.text
        assert set(searches) == set(pages) == {200}
        assert chosen.status == 200
        assert taken < 20, "somebody waited for the lock"
        wait_until(lambda: counted(file) == 20)
        ask(f"{site}{NOTHING_FOUND}")
    assert counted(file) == 21, "a web server that ends leaves no counts behind"


@pytest.fixture
def site_on_server(run_folder: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Address of a running site, and of its database."""
    with (
        copy_site_on_server(run_folder, tmp_path) as url,
        serve(tmp_path, free_port(), GUNICORN, DATABASE_URL=url) as site,
    ):
        yield site, urlsplit(url).path.strip("/")


def close_database(name: str, *, closed: bool) -> None:
    """Let the server refuse and end all connections to this database, or none any more."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        allowed = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(sql.Identifier(name), not closed)
        server.execute(allowed)
        if closed:
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is a file: see the other tests")
def test_while_postgresql_is_away_pages_say_so_and_when_it_is_back_they_are(site_on_server: tuple[str, str]) -> None:
    site, database = site_on_server
    assert ask(f"{site}/").status == 200
    close_database(database, closed=True)
    # Not the start page: it was asked before, and a process that kept it goes on sending it.
    for page in (*PAGES[1:], NOTHING_FOUND, "/blauwdrukken/talentvol.pdf", "/api/v1/blauwdrukken"):
        answer = ask(f"{site}{page}")
        assert (page, answer.status, answer.headers["Retry-After"]) == (page, 503, "60")
        assert "antwoordt niet" in answer.text
    assert ask(f"{site}/healthz").status == 200
    assert ask(f"{site}/readyz").status == 503
    close_database(database, closed=False)
    assert [ask(f"{site}{page}").status for page in PAGES] == [200] * len(PAGES)


def fault(database: sqlite3.Connection, question: str) -> OperationalError:
    """What Django makes of the fault that this question gives."""
    with pytest.raises(sqlite3.OperationalError) as caught:
        database.execute(question)
    error = OperationalError(str(caught.value))
    error.__cause__ = caught.value
    return error


@pytest.mark.once
def test_sqlite_says_itself_why_it_cannot_do_its_work(tmp_path: Path) -> None:
    file = tmp_path / "database"
    first = sqlite3.connect(file, isolation_level=None)
    first.execute("CREATE TABLE t (x)")
    with locked(file):
        assert outage_of(fault(sqlite3.connect(file, timeout=0), "INSERT INTO t VALUES (1)")) is Outage.LOCKED
    first.execute("PRAGMA max_page_count = 2")
    assert outage_of(fault(first, "INSERT INTO t VALUES (randomblob(9999))")) is Outage.FULL
    readonly = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    assert outage_of(fault(readonly, "INSERT INTO t VALUES (1)")) is Outage.DISK
    assert outage_of(fault(first, "SELECT nothing FROM nowhere")) is None, "a mistake of ours"


@pytest.mark.once
def test_an_index_that_cannot_be_written_answers_as_it_is(
    client: Client, create_blauwdruk: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[int] = []

    def full(self: IndexStore) -> None:
        tried.append(1)
        raise OSError(errno.ENOSPC, "x")

    assert client.get("/blauwdrukken/?zoek=scholing").status_code == 200
    monkeypatch.setattr(gateway(), "_resume_at", 0.0)
    monkeypatch.setattr(IndexStore, "follow", full)
    create_blauwdruk()
    for _ in range(3):
        assert client.get("/blauwdrukken/?zoek=scholing").status_code == 200
    assert tried == [1], "it is not tried again by every page"
    assert "stays behind" in caplog.text


@contextmanager
def disk_full_above(size: int) -> Iterator[None]:
    """No file of this process may grow above so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.once
def test_an_upload_that_does_not_fit_says_why_and_leaves_nothing(
    editor_client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("plan.docx", files.word("Plan " * 5_000))
    with disk_full_above(1_000):
        response = editor_client.post("/beheer/documents/add/", {"title": "Plan", "file": upload, "collection": 1})
    assert response.status_code == 503
    assert "De schijf van de server is vol" in response.content.decode()
    assert not Bestand.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
