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
    antwoord = gateway().engine().search(SearchRequest(limit=10_000))
    return [antwoord.total, sorted(antwoord.keys), antwoord.counts.get("fase", {})]


def expected() -> list[Any]:
    """What the index should find, by the database."""
    rijen = Blauwdruk.objects.published()
    sleutels = sorted(rijen.values_list("pk", flat=True))
    return [len(sleutels), sleutels, dict(Counter(rijen.values_list("fase", flat=True)))]


def is_correct() -> bool:
    return found() == expected()


def shown() -> list[int]:
    """Numbers of the blueprints that a list shows."""
    rijen = ResultList(gateway().engine(), SearchRequest(limit=1_000))
    return sorted(rij.nummer for rij in rijen[:1_000])


def count_hits(zoek: str) -> int:
    return gateway().engine().search(SearchRequest(zoek)).total


def wait_until(is_zover: Callable[[], bool]) -> bool:
    """Whether this comes true before all patience is gone."""
    einde = time.monotonic() + PATIENCE / 2
    while not is_zover():
        if time.monotonic() > einde:
            return False
        time.sleep(0.01)
    return True


def create_blauwdruk(nummer: int, titel: str, **velden: Any) -> int:
    velden = {"slug": f"proef-{nummer}", "samenvatting": "Een proef.", "fase": "idee", "live": True} | velden
    return Blauwdruk.objects.create(nummer=nummer, titel=titel, **velden).pk


def write_and_search(wie: int, zaad: int, rondes: int) -> None:
    """Write and search by turns, so many times; what is found is never twice the same entry."""
    kans = Random(f"{zaad} {wie}")
    for _ in range(rondes):
        nummer = 2_000 + 100 * wie + kans.randrange(20)
        eigen, titel = Blauwdruk.objects.filter(nummer=nummer), f"Proef {kans.randrange(100)}"
        if not eigen.exists():
            create_blauwdruk(nummer, titel)
        elif kans.random() < 0.2:
            eigen.delete()
        else:
            eigen.update(titel=titel, live=kans.random() < 0.8)
        Blauwdruk.objects.filter(nummer=kans.randint(1, 5)).update(fase=kans.choice(Blauwdruk.Fase.values))
        totaal, sleutels, _ = found()
        assert totaal == len(sleutels) == len(set(sleutels))


def in_threads(aantal: int, taak: Callable[[], Any]) -> list[Any]:
    """What this gives in so many threads at once."""

    def een(_: int) -> Any:
        try:
            return taak()
        finally:
            connection.close()

    with ThreadPoolExecutor(aantal) as draden:
        return list(draden.map(een, range(aantal)))


def read_until(is_zover: Callable[[], bool]) -> bool:
    """Ask the index again and again until this comes true."""
    return wait_until(lambda: found()[0] >= 0 and is_zover())


def wait_before_switch(bestand: str) -> None:
    """From now on an index that is made anew waits, just before it is put in its place, until this file exists."""
    schrijf = IndexStore._write_state

    def wacht(opslag: IndexStore, map_: Path, stand: IndexState) -> None:
        assert wait_until(Path(bestand).exists)
        schrijf(opslag, map_, stand)

    mock.patch.object(IndexStore, "_write_state", wacht).start()


def set_clock(later: timedelta) -> None:
    """Put the clock of this process so much later."""
    mock.patch.object(timezone, "now", return_value=timezone.now() + later).start()


def status(adres: str) -> int:
    return Client().get(adres, SERVER_NAME="localhost").status_code
