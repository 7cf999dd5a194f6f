"""A text that is being written survives a closed tab."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import close_tab

pytestmark = pytest.mark.browser

LIST_URL = "/beheer/snippets/blauwdrukken/blauwdruk/"
SAVED = ".w-autosave-indicator__state--saved"


def open_form(pagina: Any, adres: str) -> None:
    pagina.goto(adres)
    pagina.locator(".public-DraftEditor-content").first.wait_for(state="attached")


def tab(pagina: Any, naam: str) -> None:
    pagina.get_by_role("tab", name=naam, exact=True).click()


def type_in(pagina: Any, veld: str, tekst: str) -> dict[str, Any]:
    """Type as people do, and answer what the site says when it keeps the text by itself."""
    with pagina.expect_response(lambda a: a.request.method == "POST" and "/edit/" in a.url) as antwoord:
        pagina.locator(veld).fill("")
        pagina.locator(veld).press_sequentially(tekst, delay=80)
    assert antwoord.value.status < 500
    uitkomst: dict[str, Any] = antwoord.value.json()
    return uitkomst


def test_what_is_typed_is_there_after_the_tab_is_closed(site: str, beheer: Any) -> None:
    open_form(beheer, f"{site}{LIST_URL}edit/3/")
    tab(beheer, "Bijlagen")
    assert type_in(beheer, "#id_toelichting", "Dit typte ik net voor het sluiten.")["success"]
    tab(beheer, "Geld en afspraken")
    rijen = beheer.locator("#id_kosten-FORMS > *").count()
    beheer.locator("#id_kosten-ADD").click()
    assert type_in(beheer, f"#id_kosten-{rijen}-omschrijving", "Huur van een zaal")["success"]
    beheer.locator(SAVED).wait_for()
    ander = beheer.context.new_page()
    beheer.close()
    open_form(ander, f"{site}{LIST_URL}edit/3/")
    assert ander.locator("#id_toelichting").input_value() == "Dit typte ik net voor het sluiten."
    assert ander.locator(f"#id_kosten-{rijen}-omschrijving").input_value() == "Huur van een zaal"
    ander.goto(f"{site}/b/3")
    assert "Dit typte ik net" not in ander.content()


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
