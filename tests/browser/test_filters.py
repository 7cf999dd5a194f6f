"""The filters of a list: at once with script, in sight without it, and out of the way of the keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LISTS = {"/blauwdrukken/": "thema", "/projecten/": "status", "/verhalen/": "soort"}
MOST_STOPS = 12


def stops_to_first_result(page: Page) -> int:
    """How often Tab is pressed from the top to the first result; Enter on each link that skips something."""
    for stops in range(1, 100):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "() => { const e = document.activeElement;"
            " return e.matches('.resultaat h3 a') ? 'result' : e.matches('[class^=overslaan]') ? 'skip' : ''; }"
        )
        if where == "result":
            return stops
        if where == "skip":
            page.keyboard.press("Enter")
    raise AssertionError("no result within a hundred stops")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("address", [*LISTS, "/blauwdrukken/?thema=matching&fase=lopend&zoek=werk"])
def test_the_keyboard_is_soon_at_the_first_result(site: str, open_page: Any, address: str, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    page.goto(site + address)
    assert stops_to_first_result(page) <= MOST_STOPS


@pytest.mark.parametrize(("address", "facet"), LISTS.items())
def test_a_filter_works_at_once_with_script(site: str, open_page: Any, address: str, facet: str) -> None:
    page = open_page()
    page.goto(site + address)
    everything = page.locator("#aantal").inner_text()
    box = page.locator(f"#facet-{facet} input[type=checkbox]").first
    value = box.get_attribute("value")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url(f"{site}{address}?{facet}={value}")
    expect(page.locator("#aantal")).not_to_have_text(everything)
    chosen = page.locator(f"#facet-{facet} input[value='{value}']")
    expect(chosen).to_be_focused()
    expect(chosen).to_be_checked()
    expect(page.locator("p[role=status].onzichtbaar").first).to_have_text(page.locator("#aantal").inner_text())
    page.go_back()
    expect(page.locator("#aantal")).to_have_text(everything)


def test_what_was_opened_stays_open_when_a_filter_is_chosen(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(f"{site}/blauwdrukken/")
    page.locator("#meer-doelgroep > summary").click()
    page.locator("#facet-jaar > summary").click()
    page.locator("#facet-jaar input").first.check()
    page.wait_for_url(re.compile("jaar="))
    expect(page.locator("#meer-doelgroep")).to_have_attribute("open", "")
    expect(page.locator("#facet-jaar")).to_have_attribute("open", "")


def test_another_order_works_at_once_and_keeps_the_filters(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(f"{site}/blauwdrukken/?thema=scholing")
    page.get_by_label("Sorteer op").select_option("titel")
    page.wait_for_url(f"{site}/blauwdrukken/?thema=scholing&sorteer=titel")
    expect(page.locator(".resultaat h3").first).to_be_visible()


def test_without_script_the_address_holds_only_what_was_chosen(site: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/blauwdrukken/")
    page.get_by_label("Matching").check()
    page.get_by_role("button", name="Toon resultaten").click()
    assert page.url == f"{site}/blauwdrukken/?thema=matching"


@pytest.mark.parametrize("width", [1280, 390])
def test_without_script_the_button_stays_in_sight(site: str, open_page: Any, width: int) -> None:
    page = open_page(width, java_script_enabled=False)
    page.goto(f"{site}/blauwdrukken/")
    if width < 960:
        page.locator(".facetten > summary").click()
    button = page.get_by_role("button", name="Toon resultaten")
    for facet in ("thema", "regio", "onderbouwing"):
        page.locator(f"#facet-{facet} > summary").scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_button_closes_the_filters_and_leads_to_the_results(site: str, open_page: Any) -> None:
    page = open_page(390)
    page.goto(f"{site}/blauwdrukken/")
    page.locator(".facetten > summary").click()
    page.get_by_label("Matching").check()
    page.wait_for_url(re.compile("thema=matching"))
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page.locator("#resultaten")).to_be_focused()
    expect(page.locator(".facetten")).not_to_have_attribute("open", "")


def test_options_without_a_result_are_folded_away(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(f"{site}/blauwdrukken/?regio=twente&fase=idee")
    expect(page.get_by_text("Er is geen blauwdruk die bij al uw keuzes past")).to_be_visible()
    shown = page.locator(".facet .keuze .aantal").filter(visible=True)
    assert [text.split()[-1] for text in shown.all_inner_texts()].count("0") == 2
