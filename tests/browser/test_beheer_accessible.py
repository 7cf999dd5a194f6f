"""The main screens of the back office in Chromium: accessible and within their width."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_beheer import LIJST
from tests.browser.test_pages import AXE

pytestmark = pytest.mark.browser

TABBLADEN = ["Kern", "Aanpak", "Ervaring", "Geld en afspraken", "Bijlagen"]
SCHERMEN = [
    "/beheer/",
    "/beheer/zoek/?q=werk",
    LIJST,
    "/beheer/snippets/blauwdrukken/programma/",
    "/beheer/reports/site-history/",
    f"{LIJST}history/4/",
    "/beheer/users/",
    "/beheer/snippets/blauwdrukken/project/add/",
    "/beheer/snippets/blauwdrukken/verhaal/add/",
]


def controleer(pagina: Any, plek: str, deel: str | None = None) -> None:
    uitkomst = Axe().run(pagina, context=deel, options=AXE)
    assert uitkomst.violations_count == 0, f"{plek}\n{uitkomst.generate_report()}"


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["breed", "smal-donker"])
def scherm(request: Any, beheer: Any) -> Any:
    breedte, schema = request.param
    beheer.set_viewport_size({"width": breedte, "height": 900})
    beheer.emulate_media(color_scheme=schema)
    return beheer


def test_the_main_screens_are_accessible(site: str, scherm: Any) -> None:
    for adres in SCHERMEN:
        scherm.goto(site + adres)
        scherm.locator("#wagtail.ready").wait_for()
        controleer(scherm, adres)
        assert scherm.evaluate("document.documentElement.scrollWidth <= innerWidth"), adres


def test_the_titles_of_a_list_can_be_read_and_the_rest_is_a_slide_away(site: str, scherm: Any) -> None:
    for adres in (LIJST, "/beheer/snippets/blauwdrukken/project/", "/beheer/reports/site-history/"):
        scherm.goto(site + adres)
        titel = scherm.locator("td.title").first
        assert titel.bounding_box()["width"] > 180, adres
        lijst = scherm.get_by_role("group", name="Lijst")
        lijst.focus()
        expect(lijst).to_be_focused()
        laatste = lijst.locator("th").last
        laatste.scroll_into_view_if_needed()
        expect(laatste).to_be_in_viewport()


def test_the_menu_of_a_row_can_be_read(site: str, scherm: Any) -> None:
    scherm.goto(f"{site}/beheer/snippets/blauwdrukken/programma/")
    scherm.locator("td.title").get_by_role("button").last.click()
    deel = ".tippy-box[data-theme=dropdown]"
    menu = scherm.locator(deel)
    expect(menu.get_by_role("link", name="Verwijder")).to_be_in_viewport(ratio=1)
    vlak = menu.evaluate("vlak => getComputedStyle(vlak).backgroundColor")
    assert vlak != "rgba(0, 0, 0, 0)", "the letters are white"
    expect(menu).to_have_css("opacity", "1")
    controleer(scherm, "the menu of a row", deel)


@pytest.mark.parametrize("adres", [f"{LIJST}add/", f"{LIJST}edit/4/"])
def test_each_tab_of_the_form_is_accessible(site: str, scherm: Any, adres: str) -> None:
    scherm.goto(site + adres)
    scherm.locator(".public-DraftEditor-content").first.wait_for(state="attached")
    for tabblad in TABBLADEN:
        scherm.get_by_role("tab", name=tabblad).click()
        scherm.locator("[role=tabpanel]:not([hidden])").wait_for()
        controleer(scherm, f"{adres} {tabblad}")


@pytest.mark.parametrize("paneel", ["status", "preview", "volledig", "opmerkingen"])
def test_the_form_is_accessible_with_a_panel_beside_it(site: str, scherm: Any, paneel: str) -> None:
    scherm.goto(f"{site}{LIJST}edit/4/")
    scherm.locator(".public-DraftEditor-content").first.wait_for(state="attached")
    scherm.locator(f"[data-side-panel-toggle={paneel}]").click()
    scherm.locator(f"[data-side-panel={paneel}]").wait_for()
    if paneel == "preview":
        scherm.frame_locator("iframe[id*=preview-iframe]").locator("h1").wait_for()
    controleer(scherm, paneel)
    assert scherm.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_two_versions_are_compared_accessibly(site: str, scherm: Any) -> None:
    scherm.goto(f"{site}{LIJST}edit/5/")
    scherm.locator(".public-DraftEditor-content").first.wait_for(state="attached")
    scherm.locator("#id_titel").fill("Andere titel")
    with scherm.expect_navigation():
        scherm.get_by_role("button", name="Bewaar concept").click()
    adres = f"{LIJST}history/5/revisions/compare/live...latest/"
    scherm.goto(site + adres)
    scherm.locator("h1, h2", has_text="Vergelijk").first.wait_for()
    controleer(scherm, adres)
