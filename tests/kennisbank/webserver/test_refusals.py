"""What the server answers before the site hears of it: in Dutch, guarded as every answer, and only once."""

from __future__ import annotations

import re

import pytest

from kennisbank.webserver.limits import MAX_CHUNK_LINE, MAX_HEAD, MAX_LINE
from kennisbank.webserver.pages import page

from .clients import HOST, ask, get, request
from .conftest import Server

pytestmark = pytest.mark.once

HEADERS = {
    b"X-Content-Type-Options": b"nosniff",
    b"X-Frame-Options": b"DENY",
    b"Referrer-Policy": b"strict-origin-when-cross-origin",
    b"Cross-Origin-Opener-Policy": b"same-origin",
    b"Cross-Origin-Resource-Policy": b"same-origin",
    b"Permissions-Policy": b"camera=(), ",
    b"Content-Security-Policy": b"default-src 'none'",
    b"Connection": b"close",
    b"Content-Type": b"text/html; charset=utf-8",
}
# Behind each a second request waits: whoever reads the first in another way than the server in front answers it too.
SECOND = get("/healthz", "Connection: close")
CHUNKED, BODY = "Transfer-Encoding: chunked", b"5\r\nhallo\r\n0\r\n\r\n"
PIECE = b"ffff\r\n" + b"z" * 0xFFFF + b"\r\n"
REFUSED = {
    "no request at all": (400, b"\x16\x03\x01\x02\x00\x01\r\n\r\n"),
    "a name with a space": (400, get("/", "Content Length: 5")),
    "a folded line": (400, get("/", "X-A: b", " c")),
    "a newline by itself": (400, b"GET / HTTP/1.1\n" + HOST + b"X-A: b\nX-B: c\r\n\r\n"),
    "a version that is none": (400, b"GET / HTTP/9.9\r\n" + HOST + b"\r\n"),
    "no version": (400, b"GET /\r\n" + HOST + b"\r\n"),
    "two lengths": (400, request("POST", "/sent", "Content-Length: 5", "Content-Length: 6", body=b"hallo")),
    "twice the same length": (400, request("POST", "/sent", "Content-Length: 5", "Content-Length: 5", body=b"hallo")),
    "a length below zero": (400, request("POST", "/sent", "Content-Length: -5", body=b"hallo")),
    "a length with a sign": (400, request("POST", "/sent", "Content-Length: +5", body=b"hallo")),
    "a length and pieces": (400, request("POST", "/sent", CHUNKED, "Content-Length: 5", body=BODY)),
    "pieces and a length": (400, request("POST", "/sent", "Content-Length: 5", CHUNKED, body=BODY)),
    "in pieces twice": (400, request("POST", "/sent", CHUNKED, CHUNKED, body=BODY)),
    "in pieces of pieces": (400, request("POST", "/sent", f"{CHUNKED}, chunked", body=BODY)),
    "in pieces, folded": (400, request("POST", "/sent", "Transfer-Encoding:", " chunked", body=BODY)),
    "in pieces before that existed": (400, b"POST /sent HTTP/1.0\r\n" + HOST + CHUNKED.encode() + b"\r\n\r\n" + BODY),
    "packed": (501, request("POST", "/sent", "Transfer-Encoding: gzip", body=b"hallo")),
    "packed under another sign": (400, request("POST", "/sent", "Transfer-Encoding: \x0bchunked", body=BODY)),
    "a piece without a length": (400, request("POST", "/sent", CHUNKED, body=b"g\r\nhallo\r\n0\r\n\r\n")),
    "a piece that is longer": (400, request("POST", "/sent", CHUNKED, body=b"3\r\nhallo\r\n0\r\n\r\n")),
    "a length of a piece without end": (400, request("POST", "/sent", CHUNKED, body=b"0" * (MAX_CHUNK_LINE + 1))),
    "a tail without end": (400, request("POST", "/sent", CHUNKED, body=b"0\r\nX-A: " + b"a" * (MAX_CHUNK_LINE + 1))),
    "an address without end": (414, b"GET /" + b"a" * MAX_HEAD),
    "a long address": (414, get("/" + "a" * MAX_LINE)),
    "a long head": (431, get("/", "Cookie: " + "a" * MAX_HEAD)),
    "a large body": (413, request("POST", "/sent", f"Content-Length: {2**22}", body=b"z" * 2**22)),
    "a large body in pieces": (413, request("POST", "/sent", CHUNKED, body=PIECE * 40)),
    "a fault that is no Exception": (500, get("/panic")),
}  # fmt: skip


@pytest.mark.parametrize(("code", "data"), REFUSED.values(), ids=REFUSED)
def test_what_the_server_answers_itself_is_dutch_and_guarded(server: Server, code: int, data: bytes) -> None:
    answer = ask(server.port, data + SECOND)
    head, _, content = answer.partition(b"\r\n\r\n")
    assert answer.startswith(f"HTTP/1.1 {code} ".encode()), head
    assert content == page(code)
    assert answer.count(b"HTTP/1.1 ") == 1
    headers = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    assert {name: value for name, value in HEADERS.items() if not headers.get(name, b"").startswith(value)} == {}
    assert b"Server" not in headers


@pytest.mark.parametrize("code", [400, 413, 414, 431, 500, 501, 505])
def test_its_pages_are_whole_and_say_what_to_do(code: int) -> None:
    html = page(code).decode()
    assert '<html lang="nl">' in html
    assert re.findall(r"<title>(.+)</title>", html) == re.findall(r"<h1>(.+)</h1>", html)
    assert '<a href="/">' in html


def test_an_address_as_long_as_may_be_is_read(server: Server) -> None:
    fits = "/?" + "a" * (MAX_LINE - len("GET /? HTTP/1.1"))
    assert ask(server.port, get(fits, "Connection: close")).startswith(b"HTTP/1.1 200 ")
    assert ask(server.port, get(f"{fits}a", "Connection: close")).startswith(b"HTTP/1.1 414 ")
