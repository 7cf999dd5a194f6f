"""Answers of the site as they come over the line, and what the site hears of who asks."""

from __future__ import annotations

import http.client
import json
import re
import time
from typing import Any

import pytest

from .clients import PATIENCE, VISITOR, ask, get, open_socket, read_all
from .conftest import Server

pytestmark = pytest.mark.once

ADDRESSES = [
    "/",
    "/blauwdrukken/",
    "/blauwdrukken/?zoek=scholing",
    "/blauwdrukken/branchestraten/",
    "/blauwdrukken/branchestraten.json",
    "/blauwdrukken.csv",
    "/blauwdrukken.json",
    "/blauwdrukken.atom",
    "/api/v1/blauwdrukken",
    "/b/1",
    "/keuze/",
    "/bestaatniet/",
    "/beheer/",
    "/robots.txt",
    "/healthz",
    "/sitemap.xml",
    "/static/css/basis.css",
]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_head_is_get_without_a_body_and_the_connection_stays_good(whole_site: int, encoding: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", whole_site, timeout=PATIENCE)

    def answer(method: str, path: str) -> tuple[int, dict[str, str], bytes]:
        connection.request(method, path, headers={"Accept-Encoding": encoding})
        response = connection.getresponse()
        headers = dict(response.getheaders()) | {"Date": ""}
        if "Content-Encoding" in headers:
            headers["Content-Length"] = ""  # Django adds some bytes at random, so that it tells nothing
        return response.status, headers, response.read()

    connection.connect()
    line = connection.sock
    for path in ADDRESSES:
        head, whole = answer("HEAD", path), answer("GET", path)
        assert head == (*whole[:2], b""), path
        assert connection.sock is line, f"{path} ended the connection"
    connection.close()


@pytest.mark.parametrize("header", ["SCRIPT_NAME", "Script_Name", "HTTP_HOST", "X_Forwarded_Proto", "Content_Length"])
def test_a_header_with_an_underscore_is_not_heard(server: Server, header: str) -> None:
    heard = seen(server.port, f"{header}: /kwaad")
    assert "/kwaad" not in heard.values()
    assert heard["SCRIPT_NAME"] == ""
    assert heard["HTTP_HOST"] == "127.0.0.1"


def test_the_site_composes_no_address_from_what_a_stranger_sends(whole_site: int) -> None:
    lines = ["SCRIPT_NAME: /kwaad", "X-Script-Name: /kwaad", "X-Forwarded-Host: kwaad", "X-Forwarded-Prefix: /kwaad"]
    for path in ("/", "/b/1", "/beheer/"):
        assert b"kwaad" not in ask(whole_site, get(path, *lines, "Connection: close"))


FORWARDED = ["X-Forwarded-For: 192.0.2.1, 192.0.2.2", "X-Forwarded-Proto: https", "Forwarded: for=192.0.2.1"]


def test_a_proxy_is_heard_only_where_there_is_one(server: Server, start: Any) -> None:
    heard = seen(server.port, *FORWARDED)
    assert not [name for name in heard if "FORWARDED" in name]
    assert (heard["REMOTE_ADDR"], heard["wsgi.url_scheme"]) == (VISITOR[0], "http")
    with start(PROXIES="1") as behind_proxy:
        heard = seen(behind_proxy.port, *FORWARDED)
    assert heard["HTTP_X_FORWARDED_FOR"] == "192.0.2.1, 192.0.2.2"
    assert heard["HTTP_X_FORWARDED_PROTO"] == "https"


def seen(port: int, *lines: str) -> dict[str, str]:
    """What the site hears of a request with these headers."""
    heard: dict[str, str] = json.loads(ask(port, get("/seen", *lines, "Connection: close")).partition(b"\r\n\r\n")[2])
    return heard


def test_an_old_browser_that_keeps_no_connection_gets_its_page(server: Server) -> None:
    for data in (b"GET / HTTP/1.0\r\n\r\n", b"GET /stream HTTP/1.0\r\n\r\n"):
        assert ask(server.port, data).startswith(b"HTTP/1.0 200 ")


def test_a_client_may_ask_before_it_sends(server: Server) -> None:
    with open_socket(server.port) as client:
        client.sendall(b"POST /sent HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n")
        client.sendall(b"Connection: close\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 100 ")
        client.sendall(b"hallo")
        assert read_all(client).endswith(b"\r\n\r\n5")


def test_each_visit_is_a_line_in_the_log(server: Server) -> None:
    ask(server.port, get("/?a=1", "User-Agent: proef", "Referer: elders", "Connection: close"))
    ask(server.port, get("/panic", "Connection: close"))
    ask(server.port, b"onzin\r\n\r\n")
    wanted = (
        r'127\.0\.0\.2 - - \[.+\] "GET /\?a=1 HTTP/1\.1" 200 \d+ "elders" "proef"',
        r'127\.0\.0\.2 - - \[.+\] "GET /panic HTTP/1\.1" 500 \d+ "-" "-"',
        r'127\.0\.0\.2 - - \[.+\] "- - HTTP/1\.0" 400 \d+ "-" "-"',
    )
    for line in wanted:
        assert logged(server, line), line


def logged(server: Server, line: str) -> bool:
    """Whether this comes to stand in the log, which may be a moment after the answer."""
    end = time.monotonic() + PATIENCE
    while not (found := re.search(line, server.log.read_text())) and time.monotonic() < end:
        pass
    return found is not None
