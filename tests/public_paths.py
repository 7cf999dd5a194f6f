"""Every public address of the site, found by following its own links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client

HREF = re.compile(r'<a\b[^>]*\shref="([^"]*)"')


def links(adres: str, html: str) -> Iterator[str]:
    """Internal addresses that a page links to, without fragments."""
    for href in HREF.findall(html):
        doel = urlsplit(urljoin(f"http://testserver{adres}", unescape(href)))
        if doel.netloc == "testserver" and doel.scheme == "http":
            yield doel.path + (f"?{doel.query}" if doel.query else "")


def crawl(client: Client, begin: str = "/", *, met_query: bool = False) -> dict[str, tuple[int, str]]:
    """Status and HTML of every page that can be reached from `begin`; files to download only have to be there."""
    gezien: dict[str, tuple[int, str]] = {}
    bestanden: set[str] = set()
    wachtrij = [begin]
    while wachtrij:
        adres = wachtrij.pop()
        if adres in gezien or adres in bestanden:
            continue
        antwoord = client.get(adres)
        if antwoord.status_code == 200 and not antwoord["Content-Type"].startswith("text/html"):
            antwoord.getvalue()
            bestanden.add(adres)
            continue
        html = antwoord.content.decode()
        gezien[adres] = (antwoord.status_code, html)
        wachtrij += [doel for doel in links(adres, html) if met_query or "?" not in doel]
    return gezien
