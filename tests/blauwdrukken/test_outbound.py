"""Asking the site of another: politely, only on the public internet, and never for long."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from blauwdrukken import outbound
from blauwdrukken.outbound import Outcome, is_public, probe

pytestmark = pytest.mark.once
PUBLIC = ("93.184.216.34", "2606:2800:220:1::1")
PRIVATE = (
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "ff0e::1",
)  # fmt: skip


class Site(BaseHTTPRequestHandler):
    """Answers with the code that its path names."""

    seen: list[tuple[str, str, str]]

    def do_GET(self) -> None:
        self.seen.append((self.command, self.path, self.headers["User-Agent"]))
        name = self.path.strip("/").partition("?")[0]
        if name == "geen-hoofd":
            name = "405" if self.command == "HEAD" else "200"
        if name.startswith("naar-"):
            self.send_response(302)
            self.send_header("Location", {"naar-begin": "/", "naar-zelf": "/naar-zelf"}.get(name, name[5:]))
        else:
            self.send_response(int(name or 200))
        self.end_headers()

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    Site.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    monkeypatch.setattr(outbound, "PORTS", {server.server_port})
    monkeypatch.setattr(outbound, "is_public", lambda address: str(address) == "127.0.0.1")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_is_public_is_told_from_what_is_not() -> None:
    assert [address for address in PUBLIC if not is_public(ip_address(address))] == []
    assert [address for address in PRIVATE if is_public(ip_address(address))] == []


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://[::1]/", "https://localhost/", "http://169.254.169.254/x", "http://2130706433/"],
)
def test_an_address_within_is_not_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("asked"))
    assert probe(url, "x").works is False


@pytest.mark.parametrize(
    "url",
    ["ftp://voorbeeld.nl/", "file:///etc/passwd", "http://voorbeeld.nl:22/", "http://a:b@voorbeeld.nl/", "https:///x"],
)
def test_what_is_no_plain_page_of_the_web_is_not_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked up"))
    assert probe(url, "x") == Outcome(False, "dit is geen gewoon adres van een website")


def test_one_private_address_among_public_ones_is_enough_to_ask_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in (PUBLIC[0], "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("asked"))
    assert probe("http://voorbeeld.nl/", "x").works is False


@pytest.mark.parametrize(
    ("path", "works", "reason"),
    [
        ("/200", True, ""),
        ("/geen-hoofd", True, ""),
        ("/naar-/200", True, ""),
        ("/404", False, "bestaat niet meer"),
        ("/410", False, "bestaat niet meer"),
        ("/403", None, "programma"),
        ("/429", None, "programma"),
        ("/500", False, "fout"),
        ("/naar-begin", False, "startpagina"),
        ("/naar-zelf", False, "steeds verder"),
        ("/naar-http://10.0.0.1/", False, "gewoon adres"),
        ("/naar-file:///etc/passwd", False, "gewoon adres"),
    ],
)
def test_an_answer_is_judged(site: str, path: str, works: bool | None, reason: str) -> None:
    outcome = probe(site + path, "proef")
    assert outcome.works is works
    assert reason in outcome.reason


def test_one_question_is_enough_where_a_site_takes_it(site: str) -> None:
    probe(f"{site}/200?a=b c&d=é", "proef")
    assert Site.seen == [("HEAD", "/200?a=b%20c&d=%C3%A9", "proef")]
    probe(f"{site}/geen-hoofd", "proef")
    assert [method for method, _, _ in Site.seen[1:]] == ["HEAD", "GET"]


def test_a_site_that_drips_or_says_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(outbound, "PORTS", {silent.getsockname()[1]})
        monkeypatch.setattr(outbound, "TOTAL_SECONDS", 0.2)
        assert probe(f"http://127.0.0.1:{silent.getsockname()[1]}/x", "x") == Outcome(False, "de site antwoordt niet")
