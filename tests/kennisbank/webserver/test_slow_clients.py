"""Nobody waits for clients that are slow, silent or many; each line is an attack that once stopped the whole site."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kennisbank.webserver.limits import HEAD_SECONDS

from .clients import VISITOR, Kind, ask, get, many, open_socket, read_all, request, visit
from .conftest import Server

pytestmark = pytest.mark.once

BEFORE_ANY_IS_LET_GO = HEAD_SECONDS / 2
HALF_HEAD = get("/", "X-A: b").removesuffix(b"\r\n\r\n")
HALF_BODY = request("POST", "/sent", "Content-Length: 20000", body=b"naam=")
HALF_CHUNK = request("POST", "/sent", "Transfer-Encoding: chunked", body=b"fff\r\nnaam=")
KINDS = {
    "half a head, silent": Kind(HALF_HEAD),
    "half a head, a byte at a time": Kind(HALF_HEAD, drips=True),
    "half a body, silent": Kind(HALF_BODY),
    "half a body, a byte at a time": Kind(HALF_BODY, drips=True),
    "half a body in pieces": Kind(HALF_CHUNK),
    "reads nothing of a megabyte": Kind(get("/stream")),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_visitor_does_not_wait_for_a_thousand_slow_clients(server: Server, kind: Kind) -> None:
    with many(server.port, 1000, kind) as drip:
        times = []
        for _ in range(10):
            drip()
            times.append(visit(server.port))
    assert max(times) < BEFORE_ANY_IS_LET_GO, times


def test_more_clients_than_there_is_room_for_keep_nobody_out(start: Any) -> None:
    with start("--worker-connections", "100") as server, many(server.port, 400, Kind(HALF_HEAD)):
        assert max(visit(server.port) for _ in range(5)) < BEFORE_ANY_IS_LET_GO
        with open_socket(server.port) as client:  # from the address of the many, too
            client.sendall(get("/", "Connection: close"))
            assert read_all(client).startswith(b"HTTP/1.1 200 ")


def test_each_client_has_its_turn_whatever_another_asks(start: Any, tmp_path: Path) -> None:
    """A pile over 200 connections of one address, of requests that keep the only thread until their gate opens."""
    pile = Kind(get("/wait") * 5)
    with (
        start("--threads", "1", "--graceful-timeout", "1") as server,
        many(server.port, 200, pile),
        open_socket(server.port, own=VISITOR) as client,
    ):
        client.sendall(get("/", "Connection: close"))
        turns = 0
        while not select.select([client], [], [], 0.1)[0]:
            with suppress(OSError):  # nobody stands before the gate
                os.close(os.open(tmp_path / "gate", os.O_WRONLY | os.O_NONBLOCK))
                turns += 1
            assert turns < 50
        assert read_all(client).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_says_nothing_any_more_is_let_go(start: Any) -> None:
    with start("--keep-alive", "1") as server:
        for first in (b"", HALF_HEAD, HALF_BODY, get("/")):
            with open_socket(server.port) as client:
                client.sendall(first)
                assert read_all(client)[:15] == (b"HTTP/1.1 200 OK" if first == get("/") else b"")


def test_an_answer_that_is_read_slowly_comes_whole(server: Server) -> None:
    with open_socket(server.port, narrow=True) as client:
        client.sendall(get("/stream", "Connection: close"))
        assert read_all(client).count(b"x" * 2**16) == 16


def test_a_large_body_comes_whole(server: Server) -> None:
    body = b"y" * (2**20 - 1)
    answer = ask(server.port, request("POST", "/sent", f"Content-Length: {len(body)}", "Connection: close", body=body))
    assert answer.endswith(f"\r\n\r\n{len(body)}".encode())
