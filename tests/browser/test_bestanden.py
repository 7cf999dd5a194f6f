"""Uploading in the editor, as the secretariat sees it, and what a visitor gets."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import give_session
from tests.uploads import files

pytestmark = pytest.mark.browser


def upload(page: Page, name: str, content: bytes) -> None:
    window = page.get_by_role("dialog")
    file: Any = {"name": name, "mimeType": "application/pdf", "buffer": content}
    window.locator("input[type=file]").set_input_files([file])
    expect(window.locator("input[name$='-title']")).to_have_value("rekening")
    window.locator("#tab-upload button[type=submit]").click()


def test_a_document_is_uploaded_in_the_editor_and_stays_private(site: str, chromium: Any, editor_password: str) -> None:
    page = chromium.new_page(locale="nl-NL")
    give_session(page.context, site, "redactie", editor_password)
    page.goto(f"{site}/beheer/snippets/blauwdrukken/blauwdruk/edit/4/")
    page.get_by_role("tab", name="Bijlagen").click()
    page.get_by_role("button", name="Kies een document").first.click()
    page.get_by_role("dialog").get_by_role("tab", name="Uploaden").click()
    upload(page, "rekening.pdf", b"MZ" + b"\x00" * 100)
    expect(page.get_by_role("dialog")).to_contain_text("Dit bestand is of bevat een programma.")
    upload(page, "rekening.pdf", files.pdf())
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("[data-chooser-title]").filter(has_text="rekening").first).to_be_visible()
    page.goto(f"{site}/beheer/documents/")
    url = page.locator("a[href^='/documenten/']").first.get_attribute("href")
    response = page.request.get(f"{site}{url}")
    assert response.status == 200
    assert response.headers["content-disposition"].startswith("attachment")
    page.close()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{site}{url}")
