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
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from blauwdrukken.documents.workshop.process import hold_place
from blauwdrukken.documents.workshop.queue import MAX_IMMEDIATE
from blauwdrukken.models import Blauwdruk
from tests.browser.conftest import PATIENCE, ROOT, free_port, wait_for
from tests.prepared import PRODUCTION, copy_site

pytestmark = pytest.mark.browser  # these need a real server, once


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Environment of somebody who has just cloned the repository."""
    paths = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "VAR_DIR": str(tmp_path / "var")}
    return paths | {"PORT": str(free_port()), "PYTHON": sys.executable, "WEB_CONCURRENCY": "1", "BACKGROUND": ""}


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[bytes]]]:
    listing: list[subprocess.Popen[bytes]] = []
    yield listing
    for process in listing:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=PATIENCE)


def start_process(order: list[str], variables: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(
            order, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )


def page_title(port: str, host: str = "127.0.0.1") -> str:
    query = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": host})
    return re.findall(r"<title>\s*(.*?)\s*</title>", urllib.request.urlopen(query).read().decode(), re.DOTALL)[0]


def test_make_start_serves_the_content_keeps_the_data_and_says_where_it_is(
    environment: dict[str, str], processes: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    (ROOT / ".venv").mkdir(exist_ok=True)
    url = f"http://127.0.0.1:{environment['PORT']}"
    log = tmp_path / "log"
    for attempt in range(2):
        processes.append(start_process(["make", "start"], environment, log))
        wait_for(f"{url}/healthz", processes[-1])
        assert "Leer van wat andere regio" in page_title(environment["PORT"])
        output = log.read_text()
        assert f"De kennisbank draait op {url}/" in output
        assert ("redactie, wachtwoord" in output) == (attempt == 0)
        assert ("Geladen of bijgewerkt" in output) == (attempt == 0)
        os.killpg(processes[-1].pid, signal.SIGTERM)
        processes[-1].wait(timeout=PATIENCE)


def test_a_busy_port_gives_one_clear_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environment["PORT"])))
        taken.listen()
        finished = subprocess.run(["bin/start"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 1
    assert f"Poort {environment['PORT']} is niet vrij." in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize("port", ["tachtig", "99999"])
def test_a_port_that_cannot_be_gives_one_clear_sentence(environment: dict[str, str], port: str) -> None:
    finished = subprocess.run(
        ["bin/start"], cwd=ROOT, env=environment | {"PORT": port}, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 1
    assert f"Poort {port} is niet vrij." in finished.stderr


def test_without_python_the_install_says_what_to_do(environment: dict[str, str], tmp_path: Path) -> None:
    empty = tmp_path / "bin"
    empty.mkdir()
    for needed in ("sh", "dirname"):
        (empty / needed).symlink_to(Path("/usr/bin") / needed)
    finished = subprocess.run(
        ["/bin/sh", "bin/install", "requirements.txt", str(tmp_path / "stempel")],
        cwd=ROOT, env={"PATH": str(empty)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert finished.returncode == 1
    assert "Python ontbreekt" in finished.stderr


def test_the_entrance_of_the_container_serves_production(
    environment: dict[str, str], processes: list[subprocess.Popen[bytes]], run_folder: Path, tmp_path: Path
) -> None:
    copy_site(
        run_folder, Path(environment["VAR_DIR"])
    )  # filled as production; `make start` fills one through bin/serve
    log = tmp_path / "log"
    processes.append(start_process(["bin/serve"], environment | PRODUCTION, log))
    wait_for(f"http://127.0.0.1:{environment['PORT']}/healthz", processes[-1])
    assert "Leer van wat andere regio" in page_title(environment["PORT"], "voorbeeld.nl")
    assert "wachtwoord" not in log.read_text()


def test_the_entrance_refuses_to_start_without_its_settings(environment: dict[str, str]) -> None:
    finished = subprocess.run(["bin/serve"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode != 0
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "CONTACT_EMAIL"):
        assert f"{name} ontbreekt" in finished.stderr
    assert "Traceback" not in finished.stderr


EXPIRE = """
from datetime import timedelta
from django.utils import timezone
from blauwdrukken.models import Blauwdruk
Blauwdruk.objects.filter(nummer=1).update(expire_at=timezone.now() - timedelta(minutes=1))
"""


LONG = 3 * PATIENCE  # seconds: these processes start anew, on a machine that runs other tests


def children(pid: int) -> dict[str, int]:
    """What runs beside the web server, by name, with its process."""
    outcome: dict[str, int] = {}
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            with suppress(OSError):
                words = Path(f"/proc/{child}/cmdline").read_text().split("\0")
                outcome |= {name: int(child) for name in ("publish_scheduled", "werk") if name in words}
    return outcome


def test_what_is_planned_happens_beside_the_web_server_is_watched_and_ends_with_it(
    environment: dict[str, str], processes: list[subprocess.Popen[bytes]], run_folder: Path, tmp_path: Path
) -> None:
    environment |= {"LOCAL": "1", "BACKGROUND": "1"}
    copy_site(run_folder, Path(environment["VAR_DIR"]))
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", EXPIRE], cwd=ROOT, env=environment, check=True)
    server = start_process(["bin/serve"], environment, tmp_path / "log")
    processes.append(server)
    url = f"http://127.0.0.1:{environment['PORT']}"
    wait_for(f"{url}/healthz", server)
    assert true_within(LONG, lambda: status(f"{url}/blauwdrukken/scholing-voor-werkgevers/") == 410)
    assert true_within(LONG, lambda: status(f"{url}/readyz") == 200)
    first = children(server.pid)
    assert first.keys() == {"publish_scheduled", "werk"}
    book = f"{url}/bundel/maken/?als=epub&{large_book()}"
    with no_place_for_makers(Path(environment["VAR_DIR"])):
        assert true_within(LONG, lambda: "Wij zijn bezig" in text(book))
        for pid in first.values():
            os.kill(pid, signal.SIGKILL)
    assert true_within(LONG, lambda: children(server.pid).keys() == first.keys() and not is_same(first, server.pid))
    assert true_within(LONG, lambda: "Uw boek is klaar" in text(book)), "what was under way is done again"
    second = children(server.pid)
    server.terminate()
    server.wait(timeout=PATIENCE)
    assert true_within(LONG, lambda: not any(map(runs, second.values()))), "a process goes on without the web server"


def large_book() -> str:
    """Query of a book that is made in the background."""
    slugs = Blauwdruk.objects.published().values_list("slug", flat=True)[: MAX_IMMEDIATE + 1]
    return urlencode([("b", slug) for slug in slugs])


@contextmanager
def no_place_for_makers(var: Path) -> Iterator[None]:
    """Whoever makes a document waits meanwhile."""
    locks = var / "uitvoer" / "sloten"
    locks.mkdir(parents=True, exist_ok=True)
    with hold_place([locks / "werkplaats-0"], 0), hold_place([locks / "werkplaats-1"], 0):
        yield


def text(url: str) -> str:
    return answer(url)[1]


def is_same(first: dict[str, int], pid: int) -> bool:
    return bool(set(first.values()) & set(children(pid).values()))


def runs(pid: int) -> bool:
    """Whether this process still runs; a dead one that nobody asked after does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def true_within(seconds: float, is_so: Callable[[], bool]) -> bool:
    """Whether this comes true within so many seconds."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def status(url: str) -> int:
    return answer(url)[0]


def answer(url: str) -> tuple[int, str]:
    """Status and text, whatever the status."""
    try:
        response: Any = urllib.request.urlopen(url, timeout=PATIENCE)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, response.read().decode()
