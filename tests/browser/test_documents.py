"""Files to take along, served as in production."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATIENCE

pytestmark = pytest.mark.browser
PAGE = "/blauwdrukken/branchestraten/"


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    """A window that may be left for a download, which a browser counts as a request that failed."""
    context = chromium.new_context(locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("name", "begin"), [("PDF", b"%PDF"), ("Word", b"PK\x03\x04"), ("EPUB", b"PK\x03\x04")])
def test_a_visitor_takes_a_blueprint_along(site: str, visitor: Page, tmp_path: Path, name: str, begin: bytes) -> None:
    visitor.goto(f"{site}{PAGE}")
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name=name, exact=True).click()
    assert download.value.suggested_filename.startswith("Blauwdruk 4 Branchestraten.")
    download.value.save_as(tmp_path / "x")
    assert (tmp_path / "x").read_bytes().startswith(begin)


def test_a_visitor_reads_the_data(site: str, visitor: Page) -> None:
    visitor.goto(f"{site}{PAGE}")
    visitor.get_by_role("link", name="JSON", exact=True).click()
    visitor.wait_for_url("**/branchestraten.json")
    assert json.loads(visitor.inner_text("body"))["nummer"] == 4


def test_the_web_server_sends_parts_heads_and_whole_files_over_one_connection(
    site: str, request: pytest.FixtureRequest
) -> None:
    database = http.client.HTTPConnection(urlsplit(site).netloc, timeout=PATIENCE)
    request.addfinalizer(database.close)

    def query(method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        database.request(method, "/blauwdrukken/branchestraten.pdf", headers={"Accept-Encoding": "gzip"} | headers)
        response = database.getresponse()
        return response, response.read()

    whole, content = query()
    assert whole.headers["Content-Length"] == str(len(content))
    assert "Content-Encoding" not in whole.headers
    head, nothing = query("HEAD")
    assert (head.status, head.headers["Content-Length"], nothing) == (200, str(len(content)), b"")
    part, content_ = query(Range="bytes=1000-1999")
    assert (part.status, content_) == (206, content[1000:2000])
    old, empty = query(**{"If-None-Match": whole.headers["ETag"]})
    assert (old.status, empty) == (304, b"")
    assert query()[1] == content
