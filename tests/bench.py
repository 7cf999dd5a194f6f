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


KEPT = {"kept": "locmemcache://", "made anew": "dummycache://"}  # CACHE_URL
REPEATABLE = ("start page", "list", "filtered list", "detail")


def receive(database: socket.socket) -> bytes:
    """The next bytes; RuntimeError when the server closed the connection, as a worker does that makes way."""
    if piece := database.recv(65536):
        return piece
    raise RuntimeError("the server closed the connection")


def hammer(port: int, path: str, etag: str = "") -> list[float]:
    """Ask the same page for some seconds over one connection; returns the time of each answer in seconds."""
    condition = f"If-None-Match: {etag}\r\n" if etag else ""
    query = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{condition}\r\n".encode()
    expected = b"HTTP/1.1 304" if etag else b"HTTP/1.1 200"
    times: list[float] = []
    end = time.perf_counter() + SECONDS
    with socket.create_connection(("127.0.0.1", port)) as database:
        while (start := time.perf_counter()) < end:
            database.sendall(query)
            heading, _, content = b"", b"", b""
            while b"\r\n\r\n" not in heading:
                heading += receive(database)
            heading, _, content = heading.partition(b"\r\n\r\n")
            hit = CONTENT_LENGTH.search(heading)
            if not heading.startswith(expected) or (hit is None and not etag):
                raise RuntimeError(f"{path}: {heading[:80]!r}")
            while len(content) < (int(hit[1]) if hit and not etag else 0):
                content += receive(database)
            times.append(time.perf_counter() - start)
    return times


@contextmanager
def server(var: Path, cache_url: str = KEPT["made anew"]) -> Iterator[int]:
    """Port of the site, served as in production but with an empty view beside it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {"PORT": str(port), "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "tests.bench_settings"}
    environment["CACHE_URL"] = cache_url
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "kennisbank.wsgi"],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def manage(var: Path, *order: str) -> None:
    """Run a management command of the site that is measured."""
    subprocess.run([sys.executable, "manage.py", *order], cwd=ROOT, env=os.environ | {"VAR_DIR": str(var)}, check=True)


def measure(var: Path, heading: str) -> None:
    """Print one table."""
    print(f"\n{heading}\n{'':16}{'requests/s':>12}{'median ms':>12}{'of empty':>10}")
    empty = 0.0
    with server(var) as port, ProcessPoolExecutor(CLIENTS) as clients:
        for name, path in ADDRESSES.items():
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").close()
            times = [t for part in clients.map(hammer, [port] * CLIENTS, [path] * CLIENTS) for t in part]
            per_second = len(times) / SECONDS
            empty = empty or per_second
            print(
                f"{name:16}{per_second:12.0f}{statistics.median(times) * 1000:12.1f}{empty / per_second:9.1f}x",
                flush=True,
            )


def measure_kept(var: Path) -> None:
    """Print how pages from the cache, and the word that a page is still right, compare with an empty view."""
    print(f"\nPages from the cache\n{'':16}{'requests/s':>12}{'of empty':>10}{'304/s':>12}{'of empty':>10}")
    with server(var, KEPT["kept"]) as port, ProcessPoolExecutor(CLIENTS) as clients:

        def per_second(path: str, etag: str = "") -> float:
            times = clients.map(hammer, [port] * CLIENTS, [path] * CLIENTS, [etag] * CLIENTS)
            return sum(map(len, times)) / SECONDS

        for name in REPEATABLE:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{ADDRESSES[name]}") as page:
                etag = page.headers["ETag"]
            empty, whole, unchanged = (
                per_second("/leeg"),
                per_second(ADDRESSES[name]),
                per_second(ADDRESSES[name], etag),
            )
            print(f"{name:16}{whole:12.0f}{whole / empty:10.2f}{unchanged:12.0f}{unchanged / empty:10.2f}", flush=True)


def fill_site(var: Path) -> None:
    """Make a site with the real content in this empty folder."""
    manage(var, "migrate", "-v0")
    manage(var, "laad_kennisbank", "-v0")
    manage(var, "collectstatic", "--no-input", "-v0")


def main() -> None:
    """Measure with the real content, and with a thousand blueprints."""
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        fill_site(var)
        measure(var, f"25 blueprints, {CLIENTS} clients, {SECONDS:.0f} s a page, nothing kept")
        measure_kept(var)
        manage(var, "maak_oefendata", "--aantal", "975", "-v0")
        measure(var, "1,000 blueprints, nothing kept")


if __name__ == "__main__":
    main()
