"""A process of the site that does what a test asks, and what it can be asked.

It is forked from one that has loaded the site, so that it starts at once; it shares nothing with the test but a pipe,
and may be killed at any moment.
"""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blauwdrukken.models import Blauwdruk
from blauwdrukken.search.engine import SearchRequest
from blauwdrukken.search.gateway import gateway
from blauwdrukken.search.index import IndexState, IndexStore
from blauwdrukken.search.results import ResultList
from tests.prepared import BASE_DIR

PATIENCE = 120.0  # seconds after which something is not slow but stuck
FORK = get_context("forkserver")
ASKED = {"call_command": call_command, "transaction": transaction, "timedelta": timedelta, "timezone": timezone}


def start_forkserver() -> None:
    """Start the server that loads the site once, unless it runs."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name, value in {"LOCAL": "1", "PYTHONPATH": str(BASE_DIR), "VAR_DIR": folder}.items():
            patch.setenv(name, value)
        patch.setenv("DJANGO_SETTINGS_MODULE", "kennisbank.settings")
        patch.setenv("SECRET_KEY", "een geheim voor de proef")
        patch.delenv("STATIC_ROOT", raising=False)
        FORK.set_forkserver_preload(["tests.search.load_site", __name__])
        forkserver.ensure_running()
        process = FORK.Process(target=int)  # the folder has to stay until the settings are read
        process.start()
        process.join()


def serve(pipe: Connection, var_dir: str, database: str) -> None:
    """Carry out what comes through the pipe with this folder and database, until the process is killed."""
    settings.VAR_DIR, settings.STATIC_ROOT = Path(var_dir), str(Path(var_dir) / "static")
    settings.DATABASES["default"]["NAME"] = database
    names = globals() | ASKED
    while True:
        kind, work = pipe.recv()
        try:
            answer = None
            if kind == "vraag":
                answer = eval(work, names)
            else:
                exec(work, names)
            pipe.send(answer)
        except Exception:
            pipe.send({"fout": traceback.format_exc()})


def found() -> list[Any]:
    """What the index finds: how many, which, and how many of each phase."""
    response = gateway().engine().search(SearchRequest(limit=10_000))
    return [response.total, sorted(response.keys), response.counts.get("fase", {})]


def expected() -> list[Any]:
    """What the index should find, by the database."""
    rows = Blauwdruk.objects.published()
    keys = sorted(rows.values_list("pk", flat=True))
    return [len(keys), keys, dict(Counter(rows.values_list("fase", flat=True)))]


def is_correct() -> bool:
    return found() == expected()


def shown() -> list[int]:
    """Numbers of the blueprints that a list shows."""
    rows = ResultList(gateway().engine(), SearchRequest(limit=1_000))
    return sorted(row.nummer for row in rows[:1_000])


def count_hits(zoek: str) -> int:
    return gateway().engine().search(SearchRequest(zoek)).total


def wait_until(is_so: Callable[[], bool]) -> bool:
    """Whether this comes true before all patience is gone."""
    end = time.monotonic() + PATIENCE / 2
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def create_blauwdruk(nummer: int, titel: str, **fields: Any) -> int:
    fields = {"slug": f"proef-{nummer}", "samenvatting": "Een proef.", "fase": "idee", "live": True} | fields
    return Blauwdruk.objects.create(nummer=nummer, titel=titel, **fields).pk


def write_and_search(who: int, seed: int, rounds: int) -> None:
    """Write and search by turns, so many times; what is found is never twice the same entry."""
    rng = Random(f"{seed} {who}")
    for _ in range(rounds):
        nummer = 2_000 + 100 * who + rng.randrange(20)
        own, titel = Blauwdruk.objects.filter(nummer=nummer), f"Proef {rng.randrange(100)}"
        if not own.exists():
            create_blauwdruk(nummer, titel)
        elif rng.random() < 0.2:
            own.delete()
        else:
            own.update(titel=titel, live=rng.random() < 0.8)
        Blauwdruk.objects.filter(nummer=rng.randint(1, 5)).update(fase=rng.choice(Blauwdruk.Fase.values))
        total, keys, _ = found()
        assert total == len(keys) == len(set(keys))


def in_threads(count: int, task: Callable[[], Any]) -> list[Any]:
    """What this gives in so many threads at once."""

    def one(_: int) -> Any:
        try:
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def read_until(is_so: Callable[[], bool]) -> bool:
    """Ask the index again and again until this comes true."""
    return wait_until(lambda: found()[0] >= 0 and is_so())


def wait_before_switch(file: str) -> None:
    """From now on an index that is made anew waits, just before it is put in its place, until this file exists."""
    write = IndexStore._write_state

    def wait(store: IndexStore, folder: Path, state: IndexState) -> None:
        assert wait_until(Path(file).exists)
        write(store, folder, state)

    mock.patch.object(IndexStore, "_write_state", wait).start()


def set_clock(later: timedelta) -> None:
    """Put the clock of this process so much later."""
    mock.patch.object(timezone, "now", return_value=timezone.now() + later).start()


def status(url: str) -> int:
    return Client().get(url, SERVER_NAME="localhost").status_code


def read_page(url: str) -> list[Any]:
    """Status and text of a page, and whether it was kept: asked of the database was the state alone."""
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(url, SERVER_NAME="localhost")
    return [response.status_code, response.content.decode(), len(queries) == 1]
