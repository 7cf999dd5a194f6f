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


def tab_to(pagina: Page, tekst: str, hooguit: int = 200) -> None:
    """Press Tab until the element with this text has focus, and see that focus is visible."""
    for _ in range(hooguit):
        pagina.keyboard.press("Tab")
        naam = pagina.evaluate(
            "() => { const e = document.activeElement;"
            " return (e.labels?.[0]?.innerText || e.innerText || e.textContent || e.ariaLabel || '').trim(); }"
        )
        if naam.startswith(tekst):
            omtrek = pagina.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert omtrek != "none"
            return
    pytest.fail(f"no focus on {tekst!r} within {hooguit} tabs")


def test_from_start_to_a_filtered_blueprint_by_keyboard_alone(site: str, open_page: Any) -> None:
    pagina = open_page(java_script_enabled=True)
    pagina.goto(site)
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.id") == "inhoud"
    tab_to(pagina, "Zoek in")
    pagina.keyboard.type("scholing")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/blauwdrukken/?zoek=scholing")
    tab_to(pagina, "Matching")
    pagina.keyboard.press("Space")
    tab_to(pagina, "Toon resultaten")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/blauwdrukken/?zoek=scholing&thema=matching")
    tab_to(pagina, "Scholing voor werkgevers")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Scholing voor werkgevers")


def test_without_script_filters_work_and_can_be_removed(site: str, open_page: Any) -> None:
    pagina = open_page(390, java_script_enabled=False)
    pagina.goto(f"{site}/blauwdrukken/")
    pagina.locator("details.facetten > summary").click()
    pagina.get_by_label("Scholing", exact=False).first.check()
    pagina.get_by_role("button", name="Toon resultaten").click()
    expect(pagina.get_by_role("heading", level=2).first).to_contain_text("blauwdrukken")
    assert "thema=scholing" in pagina.url
    pagina.get_by_role("link", name="Scholing – verwijder filter").click()
    assert "thema" not in pagina.url


def test_sorting_keeps_the_filters(site: str, open_page: Any) -> None:
    pagina = open_page()
    pagina.goto(f"{site}/blauwdrukken/?thema=scholing&fase=lopend")
    pagina.get_by_label("Sorteer op").select_option("titel")
    pagina.get_by_role("button", name="Sorteer").click()
    assert "thema=scholing" in pagina.url
    assert "fase=lopend" in pagina.url
    assert "sorteer=titel" in pagina.url


def test_the_map_leads_to_a_region(site: str, open_page: Any) -> None:
    pagina = open_page()
    pagina.goto(site)
    pagina.locator(".regiokaart a", has_text="Noordoost").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Noordoost-Brabant")


def test_a_contents_link_leads_to_its_section(site: str, open_page: Any) -> None:
    pagina = open_page()
    pagina.goto(f"{site}/blauwdrukken/branchestraten/")
    pagina.get_by_role("navigation", name="Op deze pagina").get_by_role("link", name="Financiering").click()
    expect(pagina.get_by_role("heading", name="Financiering")).to_be_in_viewport()


def test_a_blueprint_on_paper_leaves_out_what_cannot_be_clicked(site: str, open_page: Any) -> None:
    pagina = open_page()
    pagina.goto(f"{site}/blauwdrukken/branchestraten/")
    pagina.emulate_media(media="print")
    expect(pagina.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()
    expect(pagina.get_by_role("navigation", name="Op deze pagina")).to_be_hidden()
    expect(pagina.get_by_role("heading", name="Financiering")).to_be_visible()
    assert len(pagina.pdf(format="A4")) > 10_000


@pytest.mark.parametrize("adres", ["/", "/blauwdrukken/", "/blauwdrukken/800-van-summa/"])
def test_a_first_view_weighs_less_than_100_kb_with_its_script(site: str, adres: str) -> None:
    def haal(url: str) -> tuple[bytes, bytes]:
        vraag = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(vraag) as antwoord:
            bytes_ = antwoord.read()
            return bytes_, gzip.decompress(bytes_) if antwoord.headers["Content-Encoding"] == "gzip" else bytes_

    verstuurd, html = haal(site + adres)
    bronnen = r'<(?:link[^>]*rel="(?:stylesheet|icon)"[^>]*href|img[^>]*src|script src)="([^"]+)"'
    delen = re.findall(bronnen, html.decode())
    scripts = [deel for deel in delen if deel.endswith(".js")]
    assert len(delen) >= 4
    assert len(scripts) == html.count(b"<script")
    assert sum(len(haal(urljoin(site, script))[1]) for script in scripts) < 15_000
    totaal = len(verstuurd) + sum(len(haal(urljoin(site, deel))[0]) for deel in delen)
    assert totaal < 100_000


def test_the_secretariat_logs_in_and_sees_blueprints_and_projects(
    site: str, chromium: Any, editor_password: str
) -> None:
    pagina = chromium.new_page()
    log_in(pagina, site, "redactie", editor_password)
    pagina.get_by_role("link", name="Blauwdrukken").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Blauwdrukken")
    expect(pagina.get_by_role("link", name="Branchestraten").first).to_be_visible()
    expect(pagina.locator("tbody tr").nth(19)).to_be_attached()
    pagina.get_by_role("link", name="Projecten").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Projecten")
    expect(pagina.locator("tbody tr").nth(19)).to_be_attached()
    pagina.close()
