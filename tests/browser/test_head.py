"""The head of every page: search and menu, wide, on a phone, by keyboard and without script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ["/", "/projecten/", "/over/"])
def test_a_search_begins_on_every_page(site: str, open_page: Any, address: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(site + address)
    page.locator(".kopzoek input").fill("branchestraten")
    page.locator(".kopzoek button").click()
    page.wait_for_url("**/zoeken/?zoek=branchestraten")
    expect(page.get_by_role("link", name="Branchestraten").first).to_be_visible()


def test_on_a_phone_a_search_begins_on_every_page_too(site: str, open_page: Any) -> None:
    page = open_page(width=390, java_script_enabled=False)
    page.goto(f"{site}/over/")
    page.get_by_role("link", name="Zoek in alles").press("Enter")
    page.wait_for_url("**/zoeken/")
    page.locator("#zoek").press_sequentially("campussen")
    page.locator("#zoek").press("Enter")
    page.wait_for_url("**/zoeken/?zoek=campussen")
    page.get_by_role("navigation", name="Soorten resultaten").get_by_role("link", name="Projecten").press("Enter")
    expect(page.get_by_role("heading", name="Projecten")).to_be_in_viewport()
    page.get_by_role("link", name="Alle", exact=False).filter(has_text="projecten").press("Enter")
    page.wait_for_url("**/projecten/?zoek=campussen")
    expect(page.get_by_role("link", name="Investeringsinstrument")).to_be_visible()


def test_on_a_phone_the_menu_opens_and_leads_on(site: str, open_page: Any) -> None:
    page = open_page(width=390, java_script_enabled=False)
    page.goto(site)
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu).to_be_hidden()
    page.locator("header summary").press("Enter")
    menu.get_by_role("link", name="Projecten").click()
    page.wait_for_url("**/projecten/")


def test_wide_the_menu_stands_open_for_the_keyboard_too(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site)
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_visible()
    names = []
    for _ in range(10):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.innerText.trim()"))
    assert names[-6:] == ["Blauwdrukken", "Projecten", "Regio's", "Thema's", "Verhalen", "Over"]


def test_on_a_phone_the_head_takes_one_line(site: str, open_page: Any) -> None:
    page = open_page(width=390)
    page.goto(site)
    assert page.locator("header.paginakop").bounding_box()["height"] < 80


@pytest.mark.parametrize("width", [320, 390, 640, 1100, 1280])
def test_nothing_in_the_head_moves_when_a_slow_page_brings_the_menu(site: str, open_page: Any, width: int) -> None:
    places = """() => ['.merk', '.kopzoek', '.zoeklink'].map(part => {
        const {x, y, width} = document.querySelector(part).getBoundingClientRect();
        return [x, y, width].map(Math.round);
    })"""
    page = open_page(width, bypass_csp=True)
    page.goto(site)
    whole = page.content()
    begun, menu, _ = whole.partition('<details class="menu"')
    assert menu
    found = []
    for html in (begun, whole):
        page.set_content(html)
        found.append(page.evaluate(places))
    assert found[0] == found[1]
