"""Requests per second and median time under gunicorn: python -m tests.bench (or `make bench`)."""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CLIENTS, SECONDS = 4, 4.0
ADDRESSES = {
    "empty view": "/leeg",
    "start page": "/",
    "list": "/blauwdrukken/",
    "filtered list": "/blauwdrukken/?thema=scholing&thema=matching&fase=lopend",
    "search": "/blauwdrukken/?zoek=scholing",
    "detail": "/blauwdrukken/branchestraten/",
    "compare": "/vergelijk/?b=branchestraten&b=talentvol&b=less-risk-polis&b=800-van-summa",
    "region": "/regios/west-brabant/",
}
CONTENT_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


def receive(verbinding: socket.socket) -> bytes:
    """The next bytes; RuntimeError when the server closed the connection, as a worker does that makes way."""
    if stuk := verbinding.recv(65536):
        return stuk
    raise RuntimeError("the server closed the connection")


def hammer(poort: int, pad: str) -> list[float]:
    """Ask the same page for some seconds over one connection; returns the time of each answer in seconds."""
    vraag = f"GET {pad} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    tijden: list[float] = []
    einde = time.perf_counter() + SECONDS
    with socket.create_connection(("127.0.0.1", poort)) as verbinding:
        while (begin := time.perf_counter()) < einde:
            verbinding.sendall(vraag)
            kop, _, inhoud = b"", b"", b""
            while b"\r\n\r\n" not in kop:
                kop += receive(verbinding)
            kop, _, inhoud = kop.partition(b"\r\n\r\n")
            treffer = CONTENT_LENGTH.search(kop)
            if treffer is None or not kop.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"{pad}: {kop[:80]!r}")
            while len(inhoud) < int(treffer[1]):
                inhoud += receive(verbinding)
            tijden.append(time.perf_counter() - begin)
    return tijden


@contextmanager
def server(var: Path) -> Iterator[int]:
    """Port of the site, served as in production but with an empty view beside it."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort: int = vrij.getsockname()[1]
    omgeving = {"PORT": str(poort), "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "tests.bench_settings"}
    proces = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "kennisbank.wsgi"],
        cwd=ROOT,
        env=os.environ | omgeving,
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{poort}/healthz").close()
                break
            except OSError:
                time.sleep(0.1)
        yield poort
    finally:
        proces.terminate()
        proces.wait()


def manage(var: Path, *opdracht: str) -> None:
    """Run a management command of the site that is measured."""
    subprocess.run(
        [sys.executable, "manage.py", *opdracht], cwd=ROOT, env=os.environ | {"VAR_DIR": str(var)}, check=True
    )


def measure(var: Path, kop: str) -> None:
    """Print one table."""
    print(f"\n{kop}\n{'':16}{'requests/s':>12}{'median ms':>12}{'of empty':>10}")
    leeg = 0.0
    with server(var) as poort, ProcessPoolExecutor(CLIENTS) as clients:
        for naam, pad in ADDRESSES.items():
            urllib.request.urlopen(f"http://127.0.0.1:{poort}{pad}").close()
            tijden = [t for deel in clients.map(hammer, [poort] * CLIENTS, [pad] * CLIENTS) for t in deel]
            per_seconde = len(tijden) / SECONDS
            leeg = leeg or per_seconde
            print(
                f"{naam:16}{per_seconde:12.0f}{statistics.median(tijden) * 1000:12.1f}{leeg / per_seconde:9.1f}x",
                flush=True,
            )


def fill_site(var: Path) -> None:
    """Make a site with the real content in this empty folder."""
    manage(var, "migrate", "-v0")
    manage(var, "laad_kennisbank", "-v0")
    manage(var, "collectstatic", "--no-input", "-v0")


def main() -> None:
    """Measure with the real content, and with a thousand blueprints."""
    with tempfile.TemporaryDirectory() as map_:
        var = Path(map_)
        fill_site(var)
        measure(var, f"25 blueprints, {CLIENTS} clients, {SECONDS:.0f} s a page")
        manage(var, "maak_oefendata", "--aantal", "975", "-v0")
        measure(var, "1,000 blueprints")


if __name__ == "__main__":
    main()
