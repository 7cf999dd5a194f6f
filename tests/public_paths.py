"""Every public address of the site, found by following its own links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from blauwdrukken.documents.workshop import store

HREF = re.compile(r'<a\b[^>]*\shref="([^"]*)"')


def links(url: str, html: str) -> Iterator[str]:
    """Internal addresses that a page links to, without fragments."""
    for href in HREF.findall(html):
        target = urlsplit(urljoin(f"http://testserver{url}", unescape(href)))
        if target.netloc == "testserver" and target.scheme == "http":
            yield target.path + (f"?{target.query}" if target.query else "")


@contextmanager
def files_hold_what_they_are_made_from() -> Iterator[None]:
    """A document is what its maker is told, as JSON: all that it can tell, without the time that making it takes."""

    def write_down(extension: str, order: dict[str, Any], target: Path, *rest: Any) -> None:
        target.write_text(json.dumps(order, ensure_ascii=False))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "make_file", write_down)
        patch.setattr(store, "makers_version", lambda: "as it is told")  # nobody else takes these for documents
        patch.setattr(store, "_known", {})
        yield


@files_hold_what_they_are_made_from()
def crawl(client: Client, start: str = "/", *, with_query: bool = False) -> dict[str, tuple[int, str]]:
    """Status and HTML of every page that can be reached from `start`; files to download only have to be there.

    That each of them can be made, tests/documents asks.
    """
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
