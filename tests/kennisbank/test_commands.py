"""The commands of the README and the container's entrance, run as they are."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import BASIS, PATIENCE, vrije_poort, wacht_op
from tests.prepared import copy_site

pytestmark = pytest.mark.browser  # these need a real server, once


@pytest.fixture
def omgeving(tmp_path: Path) -> dict[str, str]:
    """Environment of somebody who has just cloned the repository."""
    paden = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "VAR_DIR": str(tmp_path / "var")}
    return paden | {"PORT": str(vrije_poort()), "PYTHON": sys.executable, "WEB_CONCURRENCY": "1"}


@pytest.fixture
def processen() -> Iterator[list[subprocess.Popen[bytes]]]:
    lijst: list[subprocess.Popen[bytes]] = []
    yield lijst
    for proces in lijst:
        if proces.poll() is None:
            os.killpg(proces.pid, signal.SIGTERM)
            proces.wait(timeout=PATIENCE)


def start(opdracht: list[str], omgeving: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as uitvoer:
        return subprocess.Popen(
            opdracht, cwd=BASIS, env=omgeving, stdout=uitvoer, stderr=subprocess.STDOUT, start_new_session=True
        )


def titel(poort: str, host: str = "127.0.0.1") -> str:
    vraag = urllib.request.Request(f"http://127.0.0.1:{poort}/", headers={"Host": host})
    return re.findall(r"<title>\s*(.*?)\s*</title>", urllib.request.urlopen(vraag).read().decode(), re.DOTALL)[0]


def test_make_start_serves_the_content_keeps_the_data_and_says_where_it_is(
    omgeving: dict[str, str], processen: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    (BASIS / ".venv").mkdir(exist_ok=True)
    adres = f"http://127.0.0.1:{omgeving['PORT']}"
    log = tmp_path / "log"
    for keer in range(2):
        processen.append(start(["make", "start"], omgeving, log))
        wacht_op(f"{adres}/healthz", processen[-1])
        assert "Vind een aanpak die werkt" in titel(omgeving["PORT"])
        uitvoer = log.read_text()
        assert f"De kennisbank draait op {adres}/" in uitvoer
        assert ("redactie, wachtwoord" in uitvoer) == (keer == 0)
        assert ("Geladen of bijgewerkt" in uitvoer) == (keer == 0)
        os.killpg(processen[-1].pid, signal.SIGTERM)
        processen[-1].wait(timeout=PATIENCE)


def test_a_busy_port_gives_one_clear_sentence(omgeving: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", int(omgeving["PORT"])))
        bezet.listen()
        klaar = subprocess.run(["bin/start"], cwd=BASIS, env=omgeving, capture_output=True, text=True, check=False)
    assert klaar.returncode == 1
    assert f"Poort {omgeving['PORT']} is niet vrij." in klaar.stderr
    assert "Traceback" not in klaar.stderr


@pytest.mark.parametrize("poort", ["tachtig", "99999"])
def test_a_port_that_cannot_be_gives_one_clear_sentence(omgeving: dict[str, str], poort: str) -> None:
    klaar = subprocess.run(
        ["bin/start"], cwd=BASIS, env=omgeving | {"PORT": poort}, capture_output=True, text=True, check=False
    )
    assert klaar.returncode == 1
    assert f"Poort {poort} is niet vrij." in klaar.stderr


def test_without_python_the_install_says_what_to_do(omgeving: dict[str, str], tmp_path: Path) -> None:
    leeg = tmp_path / "bin"
    leeg.mkdir()
    for nodig in ("sh", "dirname"):
        (leeg / nodig).symlink_to(Path("/usr/bin") / nodig)
    klaar = subprocess.run(
        ["/bin/sh", "bin/install", "requirements.txt", str(tmp_path / "stempel")],
        cwd=BASIS, env={"PATH": str(leeg)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert klaar.returncode == 1
    assert "Python ontbreekt" in klaar.stderr


def test_the_entrance_of_the_container_serves_production(
    omgeving: dict[str, str], processen: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    productie = {
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "voorbeeld.nl, 127.0.0.1",
        "BASE_URL": "https://voorbeeld.nl",
        "SECURE_SSL_REDIRECT": "false",
    }
    verzamel = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    subprocess.run(verzamel, cwd=BASIS, env=omgeving | productie, check=True)
    log = tmp_path / "log"
    processen.append(start(["bin/serve"], omgeving | productie, log))
    wacht_op(f"http://127.0.0.1:{omgeving['PORT']}/healthz", processen[-1])
    assert "Vind een aanpak die werkt" in titel(omgeving["PORT"], "voorbeeld.nl")
    assert "wachtwoord" not in log.read_text()


def test_the_entrance_refuses_to_start_without_its_settings(omgeving: dict[str, str]) -> None:
    klaar = subprocess.run(["bin/serve"], cwd=BASIS, env=omgeving, capture_output=True, text=True, check=False)
    assert klaar.returncode != 0
    assert "Set the environment variable SECRET_KEY" in klaar.stderr


VERLOPEN = """
from datetime import timedelta
from django.utils import timezone
from blauwdrukken.models import Blauwdruk
Blauwdruk.objects.filter(nummer=1).update(expire_at=timezone.now() - timedelta(minutes=1))
"""


def test_what_is_planned_happens_beside_the_web_server_and_ends_with_it(
    omgeving: dict[str, str], processen: list[subprocess.Popen[bytes]], run_folder: Path, tmp_path: Path
) -> None:
    omgeving |= {"LOCAL": "1"}
    copy_site(run_folder, Path(omgeving["VAR_DIR"]))
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", VERLOPEN], cwd=BASIS, env=omgeving, check=True)
    server = start(["bin/serve"], omgeving, tmp_path / "log")
    processen.append(server)
    adres = f"http://127.0.0.1:{omgeving['PORT']}"
    wacht_op(f"{adres}/healthz", server)
    assert binnen(PATIENCE, lambda: status(f"{adres}/blauwdrukken/scholing-voor-werkgevers/") == 410)
    server.terminate()
    server.wait(timeout=PATIENCE)
    assert binnen(PATIENCE, lambda: not leeft(server.pid)), "the process beside the web server goes on"


def binnen(seconden: float, klaar: Callable[[], bool]) -> bool:
    """Whether this comes true within so many seconds."""
    einde = time.monotonic() + seconden
    while not klaar():
        if time.monotonic() > einde:
            return False
        time.sleep(0.2)
    return True


def status(adres: str) -> int:
    try:
        return int(urllib.request.urlopen(adres).status)
    except urllib.error.HTTPError as fout:
        return fout.code


def leeft(groep: int) -> bool:
    """Whether a process of this group still runs."""
    try:
        os.killpg(groep, 0)
    except ProcessLookupError:
        return False
    return True
