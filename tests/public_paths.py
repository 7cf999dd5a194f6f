"""Every public address of the site, found by following its own links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client

HREF = re.compile(r'<a\b[^>]*\shref="([^"]*)"')


def links(url: str, html: str) -> Iterator[str]:
    """Internal addresses that a page links to, without fragments."""
    for href in HREF.findall(html):
        target = urlsplit(urljoin(f"http://testserver{url}", unescape(href)))
        if target.netloc == "testserver" and target.scheme == "http":
            yield target.path + (f"?{target.query}" if target.query else "")


def crawl(client: Client, start: str = "/", *, with_query: bool = False) -> dict[str, tuple[int, str]]:
    """Status and HTML of every page that can be reached from `start`; files to download only have to be there."""
    seen: dict[str, tuple[int, str]] = {}
    files: set[str] = set()
    queue = [start]
    while queue:
        url = queue.pop()
        if url in seen or url in files:
            continue
        response = client.get(url)
        if response.status_code == 200 and not response["Content-Type"].startswith("text/html"):
            response.getvalue()
            files.add(url)
            continue
        html = response.content.decode()
        seen[url] = (response.status_code, html)
        queue += [target for target in links(url, html) if with_query or "?" not in target]
    return seen
