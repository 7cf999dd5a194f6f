"""Suggestions under the search field: by keyboard, by mouse, read aloud, and without script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.axe import fits, judge
from tests.browser.conftest import ROOT

pytestmark = pytest.mark.browser

PAGES = ["/", "/blauwdrukken/"]


def search_field(page: Page) -> Locator:
    return page.locator("input[data-suggesties]")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggesties").get_by_role("option")


def type_in(page: Page, text: str) -> Locator:
    """Put this in the search field at once: no list of its first letters comes between; and wait for the list."""
    search_field(page).fill(text)
    expect(options(page).first).to_be_visible()
    return search_field(page)


def chosen_option(page: Page) -> str:
    """Text of the option that a screen reader is at; empty when it is at the field itself."""
    return str(
        page.evaluate(
            "() => { const id = document.activeElement.getAttribute('aria-activedescendant');"
            " const optie = id && document.getElementById(id);"
            " return optie?.getAttribute('aria-selected') === 'true' ? optie.innerText : ''; }"
        )
    )


@pytest.mark.parametrize("address", PAGES)
def test_a_suggestion_is_chosen_by_keyboard_alone(site: str, open_page: Any, address: str) -> None:
    page = open_page()
    page.goto(site + address)
    field = type_in(page, "branche")
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert field.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    assert chosen_option(page) == ""
    page.keyboard.press("ArrowDown")
    assert chosen_option(page).split() == ["Branchestraten", "blauwdruk"]
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/blauwdrukken/branchestraten/")


def test_the_arrows_go_round_by_way_of_the_field(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site)
    type_in(page, "scho")
    texts = options(page).all_inner_texts()
    assert len(texts) > 2
    langs = []
    for _ in range(len(texts) + 2):
        page.keyboard.press("ArrowDown")
        langs.append(chosen_option(page))
    assert langs == [*texts, "", texts[0]]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert chosen_option(page) == texts[-1]
    assert page.locator("[aria-selected=true]").count() == 1


def test_escape_closes_the_list_and_keeps_the_text(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site)
    field = type_in(page, "scho")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("scho")
    expect(field).to_be_focused()
    assert chosen_option(page) == ""
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()


def test_tab_leaves_the_field_and_closes_the_list(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site)
    type_in(page, "scho")
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("button", name="Zoeken").first).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_choice_by_keyboard_is_readable_under_the_mouse_too(site: str, open_page: Any) -> None:
    page = open_page(schema="dark")
    page.goto(site)
    type_in(page, "scho")
    options(page).first.hover()
    page.keyboard.press("ArrowDown")
    judge(page)


def test_enter_without_a_choice_searches_for_the_text(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site)
    type_in(page, "scho")
    page.keyboard.press("Enter")
    page.wait_for_url("**/blauwdrukken/?zoek=scho")


def test_a_click_goes_to_the_suggestion(site: str, open_page: Any) -> None:
    page = open_page(390)
    page.goto(site)
    type_in(page, "breda")
    options(page).filter(has_text="gemeente").click()
    page.wait_for_url("**/regios/west-brabant/")


def test_the_number_of_suggestions_is_read_aloud(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site)
    state = page.locator(".zoekbalk [role=status]")
    expect(state).to_be_attached()
    expect(state).to_be_empty()
    type_in(page, "uden")
    expect(state).to_have_text("1 suggestie")
    search_field(page).fill("scho")
    expect(state).to_have_text(re.compile(r"^\d suggesties$"))
    expect(state).to_have_text(f"{options(page).count()} suggesties")
    search_field(page).fill("qqqq")
    expect(state).to_have_text("Geen suggesties")
    expect(page.get_by_role("listbox")).to_be_hidden()
    search_field(page).fill("")
    expect(state).to_be_empty()


def test_fast_typing_asks_once(site: str, open_page: Any) -> None:
    page = open_page()
    requested: list[str] = []
    page.on("request", lambda query: requested.append(query.url) if "/zoek/suggesties" in query.url else None)
    page.clock.install(time=0)
    page.goto(site)
    page.clock.pause_at(timedelta(hours=1).total_seconds())  # however slow this machine types, it is fast
    search_field(page).press_sequentially("branchestr")
    assert not requested
    page.clock.run_for(1000)
    expect(options(page).first).to_be_visible()
    assert len(requested) == 1
    assert requested[0].endswith("?q=branchestr")


def test_an_answer_that_comes_too_late_is_ignored(site: str, chromium: Browser) -> None:
    page = chromium.new_page(locale="nl-NL")  # not a `venster`: the first question is meant to be cut off
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route(re.compile(r"suggesties\?q=breda$"), hold)
    page.goto(site)
    with page.expect_request(re.compile(r"q=breda$")):
        search_field(page).fill("breda")
    search_field(page).fill("branche")
    expect(options(page)).to_have_count(1)
    first = {"suggesties": [{"tekst": "Breda", "soort": "gemeente", "url": "/"}]}
    late[0].fulfill(json=first)
    page.evaluate("fetch('/zoek/suggesties?q=utrecht').then(a => a.text())")  # comes after what was held
    expect(options(page)).to_contain_text(["Branchestraten"])
    page.close()


def test_without_an_answer_the_field_still_searches(site: str, chromium: Browser) -> None:
    page = chromium.new_page(locale="nl-NL")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/zoek/suggesties*", lambda route: route.fulfill(status=503, body="<h1>Zo klaar</h1>"))
    page.goto(site)
    with page.expect_response("**/zoek/suggesties*"):
        search_field(page).fill("scholing")
    expect(page.locator(".suggesties")).to_be_hidden()
    search_field(page).press("Enter")
    page.wait_for_url("**/blauwdrukken/?zoek=scholing")
    assert errors == []
    page.close()


@pytest.mark.parametrize("schema", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", PAGES)
def test_the_open_list_is_accessible_and_fits(site: str, open_page: Any, address: str, width: int, schema: str) -> None:
    page = open_page(width, schema)
    page.goto(site + address)
    type_in(page, "werk")
    page.keyboard.press("ArrowDown")
    assert chosen_option(page)
    judge(page)
    assert fits(page)
    for vak in (option.bounding_box() for option in options(page).all()):
        assert vak is not None
        assert vak["x"] >= 0
        assert vak["x"] + vak["width"] <= width
        assert vak["height"] >= 44


@pytest.mark.parametrize("address", PAGES)
def test_the_list_moves_nothing_on_the_page(site: str, open_page: Any, address: str) -> None:
    page = open_page()
    page.goto(site + address)
    places = "[...document.querySelectorAll('main h2, main .knop, footer')].map(e => e.getBoundingClientRect().y)"
    before = page.evaluate(places)
    type_in(page, "werk")
    assert page.evaluate(places) == before


@pytest.mark.parametrize("address", PAGES)
def test_without_script_the_field_is_a_plain_search_field(site: str, open_page: Any, address: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(site + address)
    expect(page.get_by_role("combobox", name=re.compile("^Zoek"))).to_have_count(0)
    expect(page.locator(".suggesties")).to_have_count(0)
    page.locator("main").get_by_role("searchbox").fill("branchestraten")
    page.get_by_role("main").get_by_role("button", name="Zoeken").first.click()
    page.wait_for_url(re.compile(r"/blauwdrukken/\?zoek=branchestraten(&|$)"))
    expect(page.get_by_role("link", name="Branchestraten").first).to_be_visible()


def test_the_script_is_smaller_than_4_kb() -> None:
    assert (ROOT / "static" / "js" / "suggesties.js").stat().st_size < 4_000
