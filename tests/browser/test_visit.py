"""What a visitor does, with keyboard and mouse, with and without script."""

from __future__ import annotations

import gzip
import re
import urllib.request
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser


def tab_to(page: Page, text: str, at_most: int = 200) -> None:
    """Press Tab until the element with this text has focus, and see that focus is visible."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "() => { const e = document.activeElement;"
            " return (e.labels?.[0]?.innerText || e.innerText || e.textContent || e.ariaLabel || '').trim(); }"
        )
        if name.startswith(text):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
            return
    pytest.fail(f"no focus on {text!r} within {at_most} tabs")


def test_from_start_to_a_filtered_blueprint_by_keyboard_alone(site: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=True)
    page.goto(site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    tab_to(page, "Zoek in")
    page.keyboard.type("scholing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/blauwdrukken/?zoek=scholing")
    tab_to(page, "Matching")
    page.keyboard.press("Space")
    tab_to(page, "Toon resultaten")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/blauwdrukken/\?zoek=scholing&thema=matching(&|$)"))
    tab_to(page, "Scholing voor werkgevers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Scholing voor werkgevers")


def test_without_script_filters_work_and_can_be_removed(site: str, open_page: Any) -> None:
    page = open_page(390, java_script_enabled=False)
    page.goto(f"{site}/blauwdrukken/")
    page.locator("details.facetten > summary").click()
    page.get_by_label("Scholing", exact=False).first.check()
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("blauwdrukken")
    assert "thema=scholing" in page.url
    page.get_by_role("link", name="Scholing – verwijder filter").click()
    assert "thema" not in page.url


def test_sorting_keeps_the_filters(site: str, open_page: Any) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/blauwdrukken/?thema=scholing&fase=lopend")
    page.get_by_label("Sorteer op").select_option("titel")
    page.get_by_role("button", name="Sorteer").click()
    assert "thema=scholing" in page.url
    assert "fase=lopend" in page.url
    assert "sorteer=titel" in page.url


def test_the_map_leads_to_a_region(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site)
    page.locator(".regiokaart a", has_text="Noordoost").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noordoost-Brabant")


def test_a_contents_link_leads_to_its_section(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(f"{site}/blauwdrukken/branchestraten/")
    page.get_by_role("navigation", name="Op deze pagina").get_by_role("link", name="Financiering").click()
    expect(page.get_by_role("heading", name="Financiering")).to_be_in_viewport()


def test_a_blueprint_on_paper_leaves_out_what_cannot_be_clicked(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(f"{site}/blauwdrukken/branchestraten/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Op deze pagina")).to_be_hidden()
    expect(page.get_by_role("heading", name="Financiering")).to_be_visible()
    assert len(page.pdf(format="A4")) > 10_000


@pytest.mark.parametrize("address", ["/", "/blauwdrukken/", "/blauwdrukken/800-van-summa/"])
def test_a_first_view_weighs_less_than_100_kb_with_its_script(site: str, address: str) -> None:
    def fetch(url: str) -> tuple[bytes, bytes]:
        query = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(query) as response:
            bytes_ = response.read()
            return bytes_, gzip.decompress(bytes_) if response.headers["Content-Encoding"] == "gzip" else bytes_

    sent, html = fetch(site + address)
    sources = r'<(?:link[^>]*rel="(?:stylesheet|icon)"[^>]*href|img[^>]*src|script src)="([^"]+)"'
    parts = re.findall(sources, html.decode())
    scripts = [part for part in parts if part.endswith(".js")]
    assert len(parts) >= 2
    assert len(scripts) == html.count(b"<script")
    assert sum(len(fetch(urljoin(site, script))[1]) for script in scripts) < 15_000
    total = len(sent) + sum(len(fetch(urljoin(site, part))[0]) for part in parts)
    assert total < 100_000


def test_the_secretariat_logs_in_and_sees_blueprints_and_projects(
    site: str, chromium: Any, editor_password: str
) -> None:
    page = chromium.new_page()
    log_in(page, site, "redactie", editor_password)
    page.get_by_role("link", name="Blauwdrukken").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Blauwdrukken")
    expect(page.get_by_role("link", name="Branchestraten").first).to_be_visible()
    expect(page.locator("tbody tr").nth(19)).to_be_attached()
    page.get_by_role("link", name="Projecten").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Projecten")
    expect(page.locator("tbody tr").nth(19)).to_be_attached()
    page.close()


def test_the_main_things_of_the_start_page_are_at_most_twelve_stops_away(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for text in ("Zoek in", "Statushouders"):
        tab_to(page, text, 3)
    tab_to(page, "Sla de kaart over", 9)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "na-kaart"
    tab_to(page, "Bij welke regio", 1)
    tab_to(page, "Sla de tabel over", 2)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "themas"


def test_the_start_page_does_not_shift(site: str, open_page: Any) -> None:
    page = open_page(390)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(site)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") < 0.001  # browsers tell it in thousandths


def test_a_phone_opens_the_list_of_regions_without_script(site: str, open_page: Any) -> None:
    page = open_page(390, java_script_enabled=False)
    page.goto(site)
    page.get_by_text("Alle 35 regio's als lijst").click()
    page.get_by_role("row", name="Zeeland").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zeeland")


def test_the_start_page_on_paper_keeps_its_heading_and_table(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("row", name="Zeeland")).to_be_visible()
    expect(page.locator(".regiokaart")).to_be_hidden()
