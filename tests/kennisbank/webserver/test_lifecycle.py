"""Reloading, stopping, and a process that does not answer any more: gunicorn's part, with waitress in it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from .clients import PATIENCE, ask, get, open_socket, read_all, request

pytestmark = pytest.mark.once


def processes(port: int) -> list[int]:
    """Numbers of the process that serves, and of the one that manages."""
    return [int(number) for number in ask(port, get("/", "Connection: close")).partition(b"\r\n\r\n")[2].split()]


def until(is_so: Callable[[], bool]) -> None:
    """Wait until this holds, and no longer."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it did not happen"


def hammer(port: int, stop: Event) -> int:
    """Ask as fast as can be until told to stop or until nobody is there; any answer that is cut off raises.

    Who comes to a connection that was let go before a word of answer asks again, as every browser does: on a busy
    machine this client may have said nothing on it for longer than a process that ends waits, or still stood in line
    when the door closed.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    count = 0
    while not stop.is_set():
        try:
            connection.connect() if connection.sock is None else None
        except ConnectionRefusedError:
            break
        try:
            connection.request("GET", "/stream" if count % 5 else "/")
            response = connection.getresponse()
        except (ConnectionResetError, BrokenPipeError):  # RemoteDisconnected is a reset too
            connection.close()
            continue
        assert response.status == 200
        assert len(response.read()) in (2**20, *range(30))
        count += 1
    connection.close()
    return count


@contextmanager
def twelve_clients(port: int) -> Iterator[list[Any]]:
    """Twelve clients at work; how many answers each got is known afterwards."""
    stop = Event()
    with ThreadPoolExecutor(12) as pool:
        at_work = [pool.submit(hammer, port, stop) for _ in range(12)]
        try:
            yield at_work
        finally:
            stop.set()
    assert all(client.result() for client in at_work)


def test_no_request_is_cut_off_by_a_reload_or_by_requests_that_were_enough(start: Any) -> None:
    with start() as server, twelve_clients(server.port):
        serving, managing = processes(server.port)
        os.kill(managing, signal.SIGHUP)
        until(lambda: processes(server.port)[0] != serving)
    with start("--max-requests", "10", "--max-requests-jitter", "0") as server:
        numbers = [processes(server.port)[0] for _ in range(25)]
        assert len(set(numbers)) >= 2
        assert numbers == sorted(numbers, key=numbers.index), "one process takes over from another"


def is_refused(port: int) -> bool:
    """Whether nobody stands at the door any more."""
    try:
        processes(port)
    except ConnectionRefusedError:
        return True
    return False


def begin(port: int, first: bytes, answer: bytes = b"") -> socket.socket:
    """A client that has sent the first of something, and has read the first of the answer."""
    client = open_socket(port)
    client.sendall(first)
    got = b""
    while answer not in got:
        got += client.recv(2**16)
    return client


def test_what_was_begun_before_a_stop_is_answered(start: Any, tmp_path: Path) -> None:
    with start() as server, twelve_clients(server.port) as at_work:
        _, managing = processes(server.port)
        reader = begin(server.port, get("/wait"), b"eerste helft")
        sender = begin(server.port, request("POST", "/sent", "Content-Length: 10", body=b"hallo"))
        keeper = begin(server.port, get("/"), b"\r\n\r\n")
        os.kill(managing, signal.SIGTERM)
        until(lambda: is_refused(server.port))
        keeper.sendall(get("/"))
        assert b"Connection: close" in read_all(keeper)
        sender.sendall(b"hallo")
        assert read_all(sender).endswith(b"\r\n\r\n10")
        (tmp_path / "gate").write_bytes(b"tweede helft")
        assert b"tweede helft" in read_all(reader)
        assert all(client.result(PATIENCE) for client in at_work)
        until(lambda: not Path(f"/proc/{managing}/cmdline").read_bytes())
        for client in (reader, sender, keeper):
            client.close()


@pytest.mark.parametrize("page", ["/hang", "/freeze"])
def test_a_process_that_answers_nobody_is_replaced(start: Any, page: str) -> None:
    """Also when it is alive enough to say so: all its threads are in use, and requests wait."""
    with start("--timeout", "1", WEB_THREADS="1") as server:
        serving, _ = processes(server.port)
        stuck = begin(server.port, get(page))

        def is_replaced() -> bool:
            try:
                return processes(server.port)[:1] not in ([], [serving])  # none: it waited in the one that was ended
            except ConnectionError:
                return False

        until(is_replaced)
        stuck.close()
