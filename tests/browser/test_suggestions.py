"""Suggestions under the search field: by keyboard, by mouse, read aloud, and without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import ROOT
from tests.browser.test_pages import AXE

pytestmark = pytest.mark.browser

PAGES = ["/", "/blauwdrukken/"]


def search_field(pagina: Page) -> Locator:
    return pagina.locator("input[data-suggesties]")


def options(pagina: Page) -> Locator:
    return pagina.get_by_role("listbox", name="Suggesties").get_by_role("option")


def type_in(pagina: Page, tekst: str) -> Locator:
    """Type in the search field and wait for the list."""
    if pagina.locator("details.facetten > summary").is_visible():
        pagina.locator("details.facetten > summary").click()
    search_field(pagina).press_sequentially(tekst)
    expect(options(pagina).first).to_be_visible()
    return search_field(pagina)


def chosen_option(pagina: Page) -> str:
    """Text of the option that a screen reader is at; empty when it is at the field itself."""
    return str(
        pagina.evaluate(
            "() => { const id = document.activeElement.getAttribute('aria-activedescendant');"
            " const optie = id && document.getElementById(id);"
            " return optie?.getAttribute('aria-selected') === 'true' ? optie.innerText : ''; }"
        )
    )


@pytest.mark.parametrize("adres", PAGES)
def test_a_suggestion_is_chosen_by_keyboard_alone(site: str, open_page: Any, adres: str) -> None:
    pagina = open_page()
    pagina.goto(site + adres)
    veld = type_in(pagina, "branche")
    expect(veld).to_have_role("combobox")
    expect(veld).to_have_attribute("aria-autocomplete", "list")
    expect(veld).to_have_attribute("aria-expanded", "true")
    assert veld.get_attribute("aria-controls") == pagina.get_by_role("listbox").get_attribute("id")
    assert chosen_option(pagina) == ""
    pagina.keyboard.press("ArrowDown")
    assert chosen_option(pagina).split() == ["Branchestraten", "blauwdruk"]
    expect(veld).to_be_focused()
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/blauwdrukken/branchestraten/")


def test_the_arrows_go_round_by_way_of_the_field(site: str, open_page: Any) -> None:
    pagina = open_page()
    pagina.goto(site)
    type_in(pagina, "scho")
    teksten = options(pagina).all_inner_texts()
    assert len(teksten) > 2
    langs = []
    for _ in range(len(teksten) + 2):
        pagina.keyboard.press("ArrowDown")
        langs.append(chosen_option(pagina))
    assert langs == [*teksten, "", teksten[0]]
    pagina.keyboard.press("ArrowUp")
    pagina.keyboard.press("ArrowUp")
    assert chosen_option(pagina) == teksten[-1]
    assert pagina.locator("[aria-selected=true]").count() == 1


def test_escape_closes_the_list_and_keeps_the_text(site: str, open_page: Any) -> None:
    pagina = open_page()
    pagina.goto(site)
    veld = type_in(pagina, "scho")
    pagina.keyboard.press("ArrowDown")
    pagina.keyboard.press("Escape")
    expect(pagina.get_by_role("listbox")).to_be_hidden()
    expect(veld).to_have_attribute("aria-expanded", "false")
    expect(veld).to_have_value("scho")
    expect(veld).to_be_focused()
    assert chosen_option(pagina) == ""
    pagina.keyboard.press("ArrowDown")
    expect(options(pagina).first).to_be_visible()


def test_tab_leaves_the_field_and_closes_the_list(site: str, open_page: Any) -> None:
    pagina = open_page()
    pagina.goto(site)
    type_in(pagina, "scho")
    pagina.keyboard.press("Tab")
    expect(pagina.get_by_role("button", name="Zoeken")).to_be_focused()
    expect(pagina.get_by_role("listbox")).to_be_hidden()


def test_enter_without_a_choice_searches_for_the_text(site: str, open_page: Any) -> None:
    pagina = open_page()
    pagina.goto(site)
    type_in(pagina, "scho")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/blauwdrukken/?zoek=scho")


def test_a_click_goes_to_the_suggestion(site: str, open_page: Any) -> None:
    pagina = open_page(390)
    pagina.goto(site)
    type_in(pagina, "breda")
    options(pagina).filter(has_text="gemeente").click()
    pagina.wait_for_url("**/regios/west-brabant/")


def test_the_number_of_suggestions_is_read_aloud(site: str, open_page: Any) -> None:
    pagina = open_page()
    pagina.goto(site)
    stand = pagina.locator(".zoekbalk [role=status]")
    expect(stand).to_be_attached()
    expect(stand).to_be_empty()
    type_in(pagina, "uden")
    expect(stand).to_have_text("1 suggestie")
    search_field(pagina).fill("scho")
    expect(stand).to_have_text(re.compile(r"^\d suggesties$"))
    expect(stand).to_have_text(f"{options(pagina).count()} suggesties")
    search_field(pagina).fill("qqqq")
    expect(stand).to_have_text("Geen suggesties")
    expect(pagina.get_by_role("listbox")).to_be_hidden()
    search_field(pagina).fill("")
    expect(stand).to_be_empty()


def test_fast_typing_asks_once(site: str, open_page: Any) -> None:
    pagina = open_page()
    gevraagd: list[str] = []
    pagina.on("request", lambda vraag: gevraagd.append(vraag.url) if "/zoek/suggesties" in vraag.url else None)
    pagina.goto(site)
    type_in(pagina, "branchestr")
    assert len(gevraagd) == 1
    assert gevraagd[0].endswith("?q=branchestr")


def test_an_answer_that_comes_too_late_is_ignored(site: str, chromium: Browser) -> None:
    pagina = chromium.new_page(locale="nl-NL")  # not a `venster`: the first question is meant to be cut off
    laat: list[Route] = []

    def houd_vast(route: Route) -> None:
        laat.append(route)

    pagina.route(re.compile(r"suggesties\?q=breda$"), houd_vast)
    pagina.goto(site)
    with pagina.expect_request(re.compile(r"q=breda$")):
        search_field(pagina).fill("breda")
    search_field(pagina).fill("branche")
    expect(options(pagina)).to_have_count(1)
    eerste = {"suggesties": [{"tekst": "Breda", "soort": "gemeente", "url": "/"}]}
    laat[0].fulfill(json=eerste)
    pagina.evaluate("fetch('/zoek/suggesties?q=utrecht').then(a => a.text())")  # comes after what was held
    expect(options(pagina)).to_contain_text(["Branchestraten"])
    pagina.close()


def test_without_an_answer_the_field_still_searches(site: str, chromium: Browser) -> None:
    pagina = chromium.new_page(locale="nl-NL")
    fouten: list[str] = []
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    pagina.route("**/zoek/suggesties*", lambda route: route.fulfill(status=503, body="<h1>Zo klaar</h1>"))
    pagina.goto(site)
    with pagina.expect_response("**/zoek/suggesties*"):
        search_field(pagina).fill("scholing")
    expect(pagina.locator(".suggesties")).to_be_hidden()
    search_field(pagina).press("Enter")
    pagina.wait_for_url("**/blauwdrukken/?zoek=scholing")
    assert fouten == []
    pagina.close()


@pytest.mark.parametrize("schema", ["light", "dark"])
@pytest.mark.parametrize("breedte", [1280, 390])
@pytest.mark.parametrize("adres", PAGES)
def test_the_open_list_is_accessible_and_fits(site: str, open_page: Any, adres: str, breedte: int, schema: str) -> None:
    pagina = open_page(breedte, schema)
    pagina.goto(site + adres)
    type_in(pagina, "werk")
    pagina.keyboard.press("ArrowDown")
    assert chosen_option(pagina)
    uitkomst = Axe().run(pagina, options=AXE)
    assert uitkomst.violations_count == 0, uitkomst.generate_report()
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
    for vak in (optie.bounding_box() for optie in options(pagina).all()):
        assert vak is not None
        assert vak["x"] >= 0
        assert vak["x"] + vak["width"] <= breedte
        assert vak["height"] >= 44


@pytest.mark.parametrize("adres", PAGES)
def test_the_list_moves_nothing_on_the_page(site: str, open_page: Any, adres: str) -> None:
    pagina = open_page()
    pagina.goto(site + adres)
    plaatsen = "[...document.querySelectorAll('main h2, main .knop, footer')].map(e => e.getBoundingClientRect().y)"
    voor = pagina.evaluate(plaatsen)
    type_in(pagina, "werk")
    assert pagina.evaluate(plaatsen) == voor


@pytest.mark.parametrize("adres", PAGES)
def test_without_script_the_field_is_a_plain_search_field(site: str, open_page: Any, adres: str) -> None:
    pagina = open_page(java_script_enabled=False)
    pagina.goto(site + adres)
    expect(pagina.get_by_role("combobox", name=re.compile("^Zoek"))).to_have_count(0)
    expect(pagina.locator(".suggesties")).to_have_count(0)
    pagina.get_by_role("searchbox").fill("branchestraten")
    pagina.get_by_role("button", name="Zoeken").click()
    pagina.wait_for_url("**/blauwdrukken/?zoek=branchestraten")
    expect(pagina.get_by_role("link", name="Branchestraten").first).to_be_visible()


def test_the_script_is_smaller_than_4_kb() -> None:
    assert (ROOT / "static" / "js" / "suggesties.js").stat().st_size < 4_000
