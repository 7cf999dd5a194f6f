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

from tests.browser.conftest import PATIENCE, ROOT, free_port, wait_for
from tests.prepared import copy_site

pytestmark = pytest.mark.browser  # these need a real server, once


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Environment of somebody who has just cloned the repository."""
    paden = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "VAR_DIR": str(tmp_path / "var")}
    return paden | {"PORT": str(free_port()), "PYTHON": sys.executable, "WEB_CONCURRENCY": "1"}


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[bytes]]]:
    lijst: list[subprocess.Popen[bytes]] = []
    yield lijst
    for proces in lijst:
        if proces.poll() is None:
            os.killpg(proces.pid, signal.SIGTERM)
            proces.wait(timeout=PATIENCE)


def start_process(opdracht: list[str], omgeving: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as uitvoer:
        return subprocess.Popen(
            opdracht, cwd=ROOT, env=omgeving, stdout=uitvoer, stderr=subprocess.STDOUT, start_new_session=True
        )


def page_title(poort: str, host: str = "127.0.0.1") -> str:
    vraag = urllib.request.Request(f"http://127.0.0.1:{poort}/", headers={"Host": host})
    return re.findall(r"<title>\s*(.*?)\s*</title>", urllib.request.urlopen(vraag).read().decode(), re.DOTALL)[0]


def test_make_start_serves_the_content_keeps_the_data_and_says_where_it_is(
    environment: dict[str, str], processes: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    (ROOT / ".venv").mkdir(exist_ok=True)
    adres = f"http://127.0.0.1:{environment['PORT']}"
    log = tmp_path / "log"
    for keer in range(2):
        processes.append(start_process(["make", "start"], environment, log))
        wait_for(f"{adres}/healthz", processes[-1])
        assert "Vind een aanpak die werkt" in page_title(environment["PORT"])
        uitvoer = log.read_text()
        assert f"De kennisbank draait op {adres}/" in uitvoer
        assert ("redactie, wachtwoord" in uitvoer) == (keer == 0)
        assert ("Geladen of bijgewerkt" in uitvoer) == (keer == 0)
        os.killpg(processes[-1].pid, signal.SIGTERM)
        processes[-1].wait(timeout=PATIENCE)


def test_a_busy_port_gives_one_clear_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", int(environment["PORT"])))
        bezet.listen()
        klaar = subprocess.run(["bin/start"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert klaar.returncode == 1
    assert f"Poort {environment['PORT']} is niet vrij." in klaar.stderr
    assert "Traceback" not in klaar.stderr


@pytest.mark.parametrize("poort", ["tachtig", "99999"])
def test_a_port_that_cannot_be_gives_one_clear_sentence(environment: dict[str, str], poort: str) -> None:
    klaar = subprocess.run(
        ["bin/start"], cwd=ROOT, env=environment | {"PORT": poort}, capture_output=True, text=True, check=False
    )
    assert klaar.returncode == 1
    assert f"Poort {poort} is niet vrij." in klaar.stderr


def test_without_python_the_install_says_what_to_do(environment: dict[str, str], tmp_path: Path) -> None:
    leeg = tmp_path / "bin"
    leeg.mkdir()
    for nodig in ("sh", "dirname"):
        (leeg / nodig).symlink_to(Path("/usr/bin") / nodig)
    klaar = subprocess.run(
        ["/bin/sh", "bin/install", "requirements.txt", str(tmp_path / "stempel")],
        cwd=ROOT, env={"PATH": str(leeg)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert klaar.returncode == 1
    assert "Python ontbreekt" in klaar.stderr


def test_the_entrance_of_the_container_serves_production(
    environment: dict[str, str], processes: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    productie = {
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "voorbeeld.nl, 127.0.0.1",
        "BASE_URL": "https://voorbeeld.nl",
        "SECURE_SSL_REDIRECT": "false",
    }
    verzamel = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    subprocess.run(verzamel, cwd=ROOT, env=environment | productie, check=True)
    log = tmp_path / "log"
    processes.append(start_process(["bin/serve"], environment | productie, log))
    wait_for(f"http://127.0.0.1:{environment['PORT']}/healthz", processes[-1])
    assert "Vind een aanpak die werkt" in page_title(environment["PORT"], "voorbeeld.nl")
    assert "wachtwoord" not in log.read_text()


def test_the_entrance_refuses_to_start_without_its_settings(environment: dict[str, str]) -> None:
    klaar = subprocess.run(["bin/serve"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert klaar.returncode != 0
    assert "Set the environment variable SECRET_KEY" in klaar.stderr


EXPIRE = """
from datetime import timedelta
from django.utils import timezone
from blauwdrukken.models import Blauwdruk
Blauwdruk.objects.filter(nummer=1).update(expire_at=timezone.now() - timedelta(minutes=1))
"""


def test_what_is_planned_happens_beside_the_web_server_and_ends_with_it(
    environment: dict[str, str], processes: list[subprocess.Popen[bytes]], run_folder: Path, tmp_path: Path
) -> None:
    environment |= {"LOCAL": "1"}
    copy_site(run_folder, Path(environment["VAR_DIR"]))
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", EXPIRE], cwd=ROOT, env=environment, check=True)
    server = start_process(["bin/serve"], environment, tmp_path / "log")
    processes.append(server)
    adres = f"http://127.0.0.1:{environment['PORT']}"
    wait_for(f"{adres}/healthz", server)
    assert true_within(PATIENCE, lambda: status(f"{adres}/blauwdrukken/scholing-voor-werkgevers/") == 410)
    server.terminate()
    server.wait(timeout=PATIENCE)
    assert true_within(PATIENCE, lambda: not is_alive(server.pid)), "the process beside the web server goes on"


def true_within(seconden: float, klaar: Callable[[], bool]) -> bool:
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


def is_alive(groep: int) -> bool:
    """Whether a process of this group still runs."""
    try:
        os.killpg(groep, 0)
    except ProcessLookupError:
        return False
    return True
