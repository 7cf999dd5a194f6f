"""Two people in two browsers on one blueprint."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

STUK = "/beheer/snippets/blauwdrukken/blauwdruk/edit/6/"
BOTSING = "Iemand anders heeft deze tekst ook veranderd"
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def iemand(site: str, wachtwoord: str, chromium: Browser) -> Any:
    """Open a browser of its own, logged in to the back office."""
    contexten = []

    def open_(**opties: Any) -> Page:
        contexten.append(chromium.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900}, **opties))
        pagina = contexten[-1].new_page()
        pagina.goto(f"{site}/beheer/login/")
        pagina.fill("input[name=login]", "redactie")
        pagina.fill("input[name=password]", wachtwoord)
        pagina.press("input[name=password]", "Enter")
        pagina.wait_for_url("**/beheer/")
        return pagina

    yield open_
    for context in contexten:
        context.close()


def bewaar(pagina: Page) -> Any:
    """Press the button that saves a draft; answers what the server said."""
    with pagina.expect_response(lambda antwoord: antwoord.request.is_navigation_request()) as antwoord:
        pagina.get_by_role("button", name="Bewaar concept").first.click()
    return antwoord.value


def test_without_javascript_the_second_save_is_refused_and_the_own_text_can_be_kept(site: str, iemand: Any) -> None:
    een, twee = iemand(java_script_enabled=False), iemand(java_script_enabled=False)
    for pagina in (een, twee):
        pagina.goto(site + STUK)
    een.fill("[name=samenvatting]", "Wat de eerste schreef.")
    bewaar(een)
    twee.fill("[name=samenvatting]", "Wat de tweede schreef.")
    twee.fill("[name=toelichting]", "Een toelichting van de tweede.")
    assert bewaar(twee).status == 409
    expect(twee.get_by_role("heading", name=BOTSING)).to_be_visible()
    expect(twee.locator("[name=samenvatting]")).to_have_value("Wat de tweede schreef.")
    expect(twee.locator("[name=keuze-samenvatting][value=uw]")).to_be_checked()
    twee.check("[name=keuze-samenvatting][value=hun]")
    twee.get_by_role("button", name="Bewaar met deze keuzes").click()
    twee.wait_for_url(f"**{STUK}")
    expect(twee.locator("[name=samenvatting]")).to_have_value("Wat de eerste schreef.")
    expect(twee.locator("[name=toelichting]")).to_have_value("Een toelichting van de tweede.")


def test_with_autosave_nothing_of_two_people_is_lost(site: str, iemand: Any) -> None:
    een, twee = iemand(), iemand()
    for pagina in (een, twee):
        pagina.goto(site + STUK)
        pagina.locator(".public-DraftEditor-content").first.wait_for(state="attached")
    with een.expect_response(lambda antwoord: antwoord.request.method == "POST" and STUK in antwoord.url) as eerste:
        een.fill("[name=samenvatting]", "Vanzelf bewaard van de eerste.")
    assert eerste.value.json()["success"]
    with twee.expect_response(lambda antwoord: antwoord.request.method == "POST" and STUK in antwoord.url) as tweede:
        twee.fill("[name=samenvatting]", "Getypt door de tweede.")
    assert tweede.value.json()["error_code"] == "invalid_revision"
    expect(twee.locator("[data-w-session-target=dialog], #save-confirmation-dialog, [role=dialog]").first).to_be_attached()
    twee.evaluate("document.querySelector('form[data-edit-form]').submit()")
    expect(twee.get_by_role("heading", name=BOTSING)).to_be_visible()
    expect(twee.locator("[name=samenvatting]")).to_have_value("Getypt door de tweede.")
    uitkomst = Axe().run(twee, context="#w-editor-form", options={"runOnly": {"type": "tag", "values": REGELS}})
    assert [fout["id"] for fout in uitkomst.response["violations"]] == []
    twee.get_by_role("button", name="Bewaar met deze keuzes").click()
    expect(twee.get_by_role("heading", name=BOTSING)).to_have_count(0)
    expect(twee.locator("[name=samenvatting]")).to_have_value("Getypt door de tweede.")
