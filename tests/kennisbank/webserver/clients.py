"""Clients that behave in one way or another, and an ordinary visitor beside them."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

PATIENCE = 30.0  # seconds after which an answer is not slow but lost
HOST = b"Host: 127.0.0.1\r\n"
VISITOR = ("127.0.0.2", 0)  # another address than that of the many


class Kind(NamedTuple):
    """What each of many clients sends, and whether it goes on with a byte now and then."""

    first: bytes
    drips: bool = False


def get(path: str, *headers: str) -> bytes:
    return request("GET", path, *headers)


def request(method: str, path: str, *headers: str, body: bytes = b"") -> bytes:
    """A request as it stands on the line; `headers` are whole lines."""
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"{method} {path} HTTP/1.1\r\n".encode() + HOST + lines.encode() + b"\r\n" + body


def open_socket(port: int, *, narrow: bool = False, own: tuple[str, int] = ("127.0.0.1", 0)) -> socket.socket:
    """A connection; a narrow one takes little at a time, as over a network: loopback takes megabytes by itself."""
    client = socket.socket()
    client.settimeout(PATIENCE)
    if narrow:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1460)
    try:
        client.bind(own)
        client.connect(("127.0.0.1", port))
    except OSError:
        client.close()
        raise
    return client


def read_all(client: socket.socket) -> bytes:
    """All that comes until the other side closes; ConnectionError when it breaks off."""
    pieces = []
    while piece := client.recv(2**16):
        pieces.append(piece)
    return b"".join(pieces)


def ask(port: int, data: bytes, *, own: tuple[str, int] = VISITOR) -> bytes:
    """The answer to this, until the server closes the connection."""
    with open_socket(port, own=own) as client:
        client.sendall(data)
        return read_all(client)


def visit(port: int, path: str = "/healthz") -> float:
    """Seconds that an ordinary visitor waits for this page."""
    start = time.monotonic()
    assert ask(port, get(path, "Connection: close")).startswith(b"HTTP/1.1 200 ")
    return time.monotonic() - start


@contextmanager
def many(port: int, count: int, kind: Kind) -> Iterator[Callable[[], None]]:
    """So many clients of a kind from one address; what is given makes each of those that drip send a byte."""
    raise_descriptor_limit(count + 200)
    clients: list[socket.socket] = []

    def drip() -> None:
        for client in clients if kind.drips else ():
            with suppress(OSError):  # the server may have enough of it
                client.send(b"b")

    try:
        for _ in range(count):
            clients.append(open_socket(port, narrow=True))
            clients[-1].sendall(kind.first)
        yield drip
    finally:
        for client in clients:
            client.close()


def raise_descriptor_limit(wanted: int) -> None:
    """Let this process have so many files open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
