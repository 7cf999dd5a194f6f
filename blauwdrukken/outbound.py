"""Whether a page elsewhere still answers: asked politely, on the public internet only, and unread."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

PORTS = {80, 443}
STEP_SECONDS = 10.0  # without a byte
TOTAL_SECONDS = 30.0  # for one answer, however it drips
MAX_HOPS = 5
REDIRECTS = {301, 302, 303, 307, 308}
GONE = {404, 410}
NAT64 = IPv6Network("64:ff9b::/96")
Address = IPv4Address | IPv6Address


class Outcome(NamedTuple):
    """Whether a link works, None when that cannot be told, and why it does not."""

    works: bool | None
    reason: str = ""


class NotAskedError(Exception):
    """The site must not or cannot be asked; the message says why."""


def probe(url: str, agent: str) -> Outcome:
    """Follow the link as a visitor would, at most so many times on to another address."""
    first = url
    try:
        for _ in range(MAX_HOPS + 1):
            status, location = ask(url, agent)
            if status not in REDIRECTS or not location:
                return judge(status, first, url)
            url = urljoin(url, location)
    except NotAskedError as error:
        return Outcome(False, str(error))
    except ssl.SSLError:
        return Outcome(False, "de beveiliging van de site klopt niet")
    except (OSError, http.client.HTTPException, ValueError):
        return Outcome(False, "de site antwoordt niet")
    return Outcome(False, "de link verwijst steeds verder door")


def judge(status: int, first: str, last: str) -> Outcome:
    """What an answer says of the link; who is led to the front page did not find what the link names."""
    if 200 <= status < 300:
        if is_front_page(last) and not is_front_page(first):
            return Outcome(False, "de link leidt nu naar de startpagina van de site")
        return Outcome(True)
    if status in GONE:
        return Outcome(False, f"de pagina bestaat niet meer (code {status})")
    if 400 <= status < 500:
        return Outcome(None, f"de site laat een programma niet kijken (code {status})")
    return Outcome(False, f"de site geeft een fout (code {status})")


def is_front_page(url: str) -> bool:
    """Whether this address names only a site."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def ask(url: str, agent: str) -> tuple[int, str]:
    """Status and Location of the answer: by HEAD, and by GET where a site does not want that."""
    status, location = ask_by("HEAD", url, agent)
    return (status, location) if status < 400 else ask_by("GET", url, agent)


def ask_by(method: str, url: str, agent: str) -> tuple[int, str]:
    """Status and Location of one answer; its body is left unread."""
    parts, port = checked(url)
    with connection_to(parts, port, public_address(parts.hostname or "", port)) as connection:
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        connection.request(method, f"{path}?{query}" if query else path, headers={"User-Agent": agent, "Accept": "*/*"})
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")


def checked(url: str) -> tuple[SplitResult, int]:
    """The parts of an address of the web, and its port; NotAskedError to anything else."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or port not in PORTS:
        raise NotAskedError("dit is geen gewoon adres van een website")
    return parts, port


def public_address(host: str, port: int) -> str:
    """Where this host is; NotAskedError when any of its addresses is not of the public internet.

    The connection goes to the very address that was looked at, so another answer of the name server changes nothing.
    """
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (socket.gaierror, UnicodeError) as error:
        raise NotAskedError("deze website bestaat niet (meer)") from error
    if not found or not all(is_public(ip_address(address.partition("%")[0])) for address in found):
        raise NotAskedError("dit adres ligt niet op het openbare internet")
    return found[0]


def is_public(address: Address) -> bool:
    """Whether this is an address of the public internet, also one that is wrapped in another."""
    if isinstance(address, IPv6Address):
        within = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in NAT64:
            within = IPv4Address(int(address) & 0xFFFFFFFF)
        if within is not None:
            return is_public(within)
    return address.is_global and not address.is_multicast


class _Plain(http.client.HTTPConnection):
    """To an address that was looked at before."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=STEP_SECONDS)
        self.address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Secured(http.client.HTTPSConnection):
    """The same, with the certificate of the host."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self.secure = ssl.create_default_context()
        super().__init__(host, port, timeout=STEP_SECONDS, context=self.secure)
        self.address = address

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = self.secure.wrap_socket(plain, server_hostname=self.host)


@contextmanager
def connection_to(parts: SplitResult, port: int, address: str) -> Iterator[http.client.HTTPConnection]:
    """A connection that is closed when its time is over, whatever it is waiting for."""
    kind = _Secured if parts.scheme == "https" else _Plain
    connection: Any = kind(parts.hostname or "", port, address)

    def cut() -> None:
        with suppress(OSError, AttributeError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(TOTAL_SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        yield connection
    finally:
        timer.cancel()
        connection.close()
