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


def upload(pagina: Page, naam: str, inhoud: bytes) -> None:
    venster = pagina.get_by_role("dialog")
    bestand: Any = {"name": naam, "mimeType": "application/pdf", "buffer": inhoud}
    venster.locator("input[type=file]").set_input_files([bestand])
    expect(venster.locator("input[name$='-title']")).to_have_value("rekening")
    venster.locator("#tab-upload button[type=submit]").click()


def test_a_document_is_uploaded_in_the_editor_and_stays_private(site: str, chromium: Any, editor_password: str) -> None:
    pagina = chromium.new_page(locale="nl-NL")
    give_session(pagina.context, site, "redactie", editor_password)
    pagina.goto(f"{site}/beheer/snippets/blauwdrukken/blauwdruk/edit/4/")
    pagina.get_by_role("tab", name="Bijlagen").click()
    pagina.get_by_role("button", name="Kies een document").first.click()
    pagina.get_by_role("dialog").get_by_role("tab", name="Uploaden").click()
    upload(pagina, "rekening.pdf", b"MZ" + b"\x00" * 100)
    expect(pagina.get_by_role("dialog")).to_contain_text("Dit bestand is of bevat een programma.")
    upload(pagina, "rekening.pdf", files.pdf())
    expect(pagina.get_by_role("dialog")).to_have_count(0)
    expect(pagina.locator("[data-chooser-title]").filter(has_text="rekening").first).to_be_visible()
    pagina.goto(f"{site}/beheer/documents/")
    adres = pagina.locator("a[href^='/documenten/']").first.get_attribute("href")
    antwoord = pagina.request.get(f"{site}{adres}")
    assert antwoord.status == 200
    assert antwoord.headers["content-disposition"].startswith("attachment")
    pagina.close()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{site}{adres}")
