"""The main screens of the back office in Chromium: accessible and within their width."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import fits, judge
from tests.browser.conftest import SAVED
from tests.browser.test_beheer import LIST_URL

pytestmark = pytest.mark.browser

TABS = ["Kern", "Aanpak", "Ervaring", "Geld en afspraken", "Bijlagen"]
SCREENS = [
    "/beheer/",
    "/beheer/zoek/?q=werk",
    LIST_URL,
    "/beheer/snippets/blauwdrukken/programma/",
    "/beheer/reports/site-history/",
    f"{LIST_URL}history/4/",
    "/beheer/users/",
    "/beheer/snippets/blauwdrukken/project/add/",
    "/beheer/snippets/blauwdrukken/verhaal/add/",
]


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["breed", "smal-donker"])
def screen(request: Any, beheer: Any) -> Any:
    width, schema = request.param
    beheer.set_viewport_size({"width": width, "height": 900})
    beheer.emulate_media(color_scheme=schema)
    return beheer


def test_the_main_screens_are_accessible(site: str, screen: Any) -> None:
    for url in SCREENS:
        screen.goto(site + url)
        screen.locator("#wagtail.ready").wait_for()
        judge(screen, url)
        assert fits(screen), url


def test_the_titles_of_a_list_can_be_read_and_the_rest_is_a_slide_away(site: str, screen: Any) -> None:
    for url in (LIST_URL, "/beheer/snippets/blauwdrukken/project/", "/beheer/reports/site-history/"):
        screen.goto(site + url)
        titel = screen.locator("td.title").first
        assert titel.bounding_box()["width"] > 180, url
        listing = screen.get_by_role("group", name="Lijst")
        listing.focus()
        expect(listing).to_be_focused()
        last = listing.locator("th").last
        last.scroll_into_view_if_needed()
        expect(last).to_be_in_viewport()


def test_the_menu_of_a_row_can_be_read(site: str, screen: Any) -> None:
    screen.goto(f"{site}/beheer/snippets/blauwdrukken/programma/")
    screen.locator("td.title").get_by_role("button").last.click()
    part = ".tippy-box[data-theme=dropdown]"
    menu = screen.locator(part)
    expect(menu.get_by_role("link", name="Verwijder")).to_be_in_viewport(ratio=1)
    background = menu.evaluate("vlak => getComputedStyle(vlak).backgroundColor")
    assert background != "rgba(0, 0, 0, 0)", "the letters are white"
    expect(menu).to_have_css("opacity", "1")
    judge(screen, "the menu of a row", part)


@pytest.mark.parametrize("address", [f"{LIST_URL}add/", f"{LIST_URL}edit/4/"])
def test_each_tab_of_the_form_is_accessible(site: str, screen: Any, address: str) -> None:
    screen.goto(site + address)
    screen.locator(".public-DraftEditor-content").first.wait_for(state="attached")
    for tab in TABS:
        screen.get_by_role("tab", name=tab).click()
        screen.locator("[role=tabpanel]:not([hidden])").wait_for()
        judge(screen, f"{address} {tab}")


def test_the_form_is_accessible_with_a_panel_beside_it(site: str, screen: Any) -> None:
    screen.goto(f"{site}{LIST_URL}edit/4/")
    screen.locator(".public-DraftEditor-content").first.wait_for(state="attached")
    for panel in ("status", "preview", "volledig", "opmerkingen"):
        screen.locator(f"[data-side-panel-toggle={panel}]").click()
        screen.locator(f"[data-side-panel={panel}]").wait_for()
        if panel == "preview":
            screen.frame_locator("iframe[id*=preview-iframe]").locator("h1").wait_for()
        judge(screen, panel)
        assert fits(screen), panel


def test_two_versions_are_compared_accessibly(site: str, screen: Any) -> None:
    screen.goto(f"{site}{LIST_URL}edit/5/")
    screen.locator(".public-DraftEditor-content").first.wait_for(state="attached")
    title = screen.locator("#id_titel")
    title.fill(f"{title.input_value()} anders")  # also after another look has changed it
    screen.locator(SAVED).wait_for()  # else it may come second, with what the button saved meanwhile
    with screen.expect_navigation():
        screen.get_by_role("button", name="Bewaar concept").click()
    url = f"{LIST_URL}history/5/revisions/compare/live...latest/"
    screen.goto(site + url)
    screen.locator("h1, h2", has_text="Vergelijk").first.wait_for()
    judge(screen, url)
