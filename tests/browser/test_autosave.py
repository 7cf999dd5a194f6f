"""A text that is being written survives a closed tab."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SAVED, close_tab

pytestmark = pytest.mark.browser

LIST_URL = "/beheer/snippets/blauwdrukken/blauwdruk/"


def open_form(page: Any, url: str) -> None:
    page.goto(url)
    page.locator(".public-DraftEditor-content").first.wait_for(state="attached")


def tab(page: Any, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def type_in(page: Any, field: str, text: str) -> dict[str, Any]:
    """Type as people do, and answer what the site says when it keeps the text by itself."""
    with page.expect_response(lambda a: a.request.method == "POST" and "/edit/" in a.url) as response:
        page.locator(field).fill("")
        page.locator(field).press_sequentially(text, delay=80)
    assert response.value.status < 500
    outcome: dict[str, Any] = response.value.json()
    return outcome


def test_what_is_typed_is_there_after_the_tab_is_closed(site: str, beheer: Any) -> None:
    open_form(beheer, f"{site}{LIST_URL}edit/3/")
    tab(beheer, "Bijlagen")
    assert type_in(beheer, "#id_toelichting", "Dit typte ik net voor het sluiten.")["success"]
    tab(beheer, "Geld en afspraken")
    rows = beheer.locator("#id_kosten-FORMS > *").count()
    beheer.locator("#id_kosten-ADD").click()
    assert type_in(beheer, f"#id_kosten-{rows}-omschrijving", "Huur van een zaal")["success"]
    beheer.locator(SAVED).wait_for()
    other = beheer.context.new_page()
    beheer.close()
    open_form(other, f"{site}{LIST_URL}edit/3/")
    assert other.locator("#id_toelichting").input_value() == "Dit typte ik net voor het sluiten."
    assert other.locator(f"#id_kosten-{rows}-omschrijving").input_value() == "Huur van een zaal"
    other.goto(f"{site}/b/3")
    assert "Dit typte ik net" not in other.content()


def test_who_leaves_before_a_new_text_is_kept_is_warned(site: str, beheer: Any) -> None:
    open_form(beheer, f"{site}{LIST_URL}add/")
    beheer.locator("#id_titel").press_sequentially("Nieuw idee voor de regio", delay=80)
    beheer.locator("form[data-w-unsaved-has-edits-value=true]").wait_for(state="attached")
    assert close_tab(beheer) == ["beforeunload"]


def test_who_saves_after_a_save_by_itself_is_not_taken_for_somebody_else(site: str, beheer: Any) -> None:
    open_form(beheer, f"{site}{LIST_URL}edit/3/")
    tab(beheer, "Bijlagen")
    assert type_in(beheer, "#id_toelichting", "Dit bewaarde de site vanzelf.")["success"]
    beheer.locator(SAVED).wait_for()
    beheer.locator("#id_toelichting").fill("Dit bewaarde ik zelf.")
    beheer.get_by_role("button", name="Bewaar concept").click()
    expect(beheer.locator(".messages .success")).to_be_visible()
    expect(beheer.locator("#id_toelichting")).to_have_value("Dit bewaarde ik zelf.")
