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
from blauwdrukken.search.engine import Opdracht
from blauwdrukken.search.gateway import loket
from blauwdrukken.search.index import Opslag, Stand
from blauwdrukken.search.results import Resultaat
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


def gezien() -> list[Any]:
    """What the index finds: how many, which, and how many of each phase."""
    antwoord = loket().machine().zoek(Opdracht(aantal=10_000))
    return [antwoord.totaal, sorted(antwoord.sleutels), antwoord.tellingen.get("fase", {})]


def echt() -> list[Any]:
    """What the index should find, by the database."""
    rijen = Blauwdruk.objects.gepubliceerd()
    sleutels = sorted(rijen.values_list("pk", flat=True))
    return [len(sleutels), sleutels, dict(Counter(rijen.values_list("fase", flat=True)))]


def klopt() -> bool:
    return gezien() == echt()


def getoond() -> list[int]:
    """Numbers of the blueprints that a list shows."""
    rijen = Resultaat(loket().machine(), Opdracht(aantal=1_000))
    return sorted(rij.nummer for rij in rijen[:1_000])


def treffers(zoek: str) -> int:
    return loket().machine().zoek(Opdracht(zoek)).totaal


def wacht_tot(is_zover: Callable[[], bool]) -> bool:
    """Whether this comes true before all patience is gone."""
    einde = time.monotonic() + PATIENCE / 2
    while not is_zover():
        if time.monotonic() > einde:
            return False
        time.sleep(0.01)
    return True


def maak(nummer: int, titel: str, **velden: Any) -> int:
    velden = {"slug": f"proef-{nummer}", "samenvatting": "Een proef.", "fase": "idee", "live": True} | velden
    return Blauwdruk.objects.create(nummer=nummer, titel=titel, **velden).pk


def stroom(wie: int, zaad: int, rondes: int) -> None:
    """Write and search by turns, so many times; what is found is never twice the same entry."""
    kans = Random(f"{zaad} {wie}")
    for _ in range(rondes):
        nummer = 2_000 + 100 * wie + kans.randrange(20)
        eigen, titel = Blauwdruk.objects.filter(nummer=nummer), f"Proef {kans.randrange(100)}"
        if not eigen.exists():
            maak(nummer, titel)
        elif kans.random() < 0.2:
            eigen.delete()
        else:
            eigen.update(titel=titel, live=kans.random() < 0.8)
        Blauwdruk.objects.filter(nummer=kans.randint(1, 5)).update(fase=kans.choice(Blauwdruk.Fase.values))
        totaal, sleutels, _ = gezien()
        assert totaal == len(sleutels) == len(set(sleutels))


def in_draden(aantal: int, taak: Callable[[], Any]) -> list[Any]:
    """What this gives in so many threads at once."""

    def een(_: int) -> Any:
        try:
            return taak()
        finally:
            connection.close()

    with ThreadPoolExecutor(aantal) as draden:
        return list(draden.map(een, range(aantal)))


def lees_tot(is_zover: Callable[[], bool]) -> bool:
    """Ask the index again and again until this comes true."""
    return wacht_tot(lambda: gezien()[0] >= 0 and is_zover())


def wacht_voor_wissel(bestand: str) -> None:
    """From now on an index that is made anew waits, just before it is put in its place, until this file exists."""
    schrijf = Opslag._schrijf_stand

    def wacht(opslag: Opslag, map_: Path, stand: Stand) -> None:
        assert wacht_tot(Path(bestand).exists)
        schrijf(opslag, map_, stand)

    mock.patch.object(Opslag, "_schrijf_stand", wacht).start()


def zet_klok(later: timedelta) -> None:
    """Put the clock of this process so much later."""
    mock.patch.object(timezone, "now", return_value=timezone.now() + later).start()


def status(adres: str) -> int:
    return Client().get(adres, SERVER_NAME="localhost").status_code
