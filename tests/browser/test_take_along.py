"""Choose, compare and take along, as a visitor does it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import judge
from tests.doors import text_of

pytestmark = pytest.mark.browser
THREE = "b=talentvol&b=branchestraten&b=less-risk-polis"
FILLED = {
    "two side by side": "/vergelijk/?b=talentvol&b=branchestraten",
    "three side by side": f"/vergelijk/?{THREE}",
    "four side by side": f"/vergelijk/?{THREE}&b=drive-in-bioscoop&alleen=verschillen",
    "one left, with a sentence": "/vergelijk/?b=talentvol&b=bestaat-niet&b=talentvol",
    "more than fit": f"/vergelijk/?{THREE}&b=drive-in-bioscoop&b=bustour-amersfoort",
    "adding by search": f"/vergelijk/?{THREE}&zoek=scholing",
    "a book": f"/bundel/?{THREE}&titel=Voor+onze+regio&voorwoord=Beste+collega",
    "a book with faults": f"/bundel/?{THREE}&b=bestaat-niet&voorwoord={'lang ' * 450}",
}


@pytest.mark.parametrize("breedte", [1280, 390])
@pytest.mark.parametrize("pad", FILLED.values(), ids=FILLED)
def test_compare_and_book_fit_and_have_no_accessibility_fault(
    site: str, open_page: Any, pad: str, breedte: int
) -> None:
    """They fit in both themes; axe looks at the wide page in light and at the narrow one in dark."""
    schemas = ["light", "dark"] if breedte == 1280 else ["dark", "light"]
    pagina = open_page(breedte, schemas[0])
    pagina.goto(site + pad)
    judge(pagina)
    for schema in schemas:
        pagina.emulate_media(color_scheme=schema)
        assert pagina.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), schema


def choose(pagina: Page, titel: str) -> None:
    pagina.get_by_role("button", name=f"Kies {titel}", exact=True).click()
    expect(pagina.get_by_role("button", name=re.compile(f"^Gekozen.*haal {titel} uit uw keuze"))).to_be_visible()


def fetch(pagina: Page, naam: str, map_: Path) -> Path:
    """The file behind a link."""
    with pagina.expect_download() as download:
        pagina.get_by_role("link", name=naam, exact=True).click()
    pad = map_ / download.value.suggested_filename
    download.value.save_as(pad)
    return pad


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_choose_on_two_pages_compare_and_make_a_book_to_share(
    site: str, open_page: Any, tmp_path: Path, script: bool
) -> None:
    pagina = open_page(java_script_enabled=script)
    pagina.goto(f"{site}/blauwdrukken/?sorteer=titel")
    choose(pagina, "Branchestraten")
    pagina.goto(f"{site}/blauwdrukken/?sorteer=titel&pagina=2")
    choose(pagina, "Talentvol")
    assert "pagina=2" in pagina.url
    balk = pagina.get_by_role("region", name="Uw keuze")
    expect(balk).to_contain_text("2 blauwdrukken gekozen")

    balk.get_by_role("link", name="Vergelijk").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("2 blauwdrukken vergeleken")
    alle = pagina.locator("tbody tr").count()
    pagina.get_by_role("link", name="Toon alleen verschillen").click()
    pagina.wait_for_url(re.compile("alleen=verschillen"))
    assert 0 < pagina.locator("tbody tr").count() < alle
    for naam, eind in (("PDF", "pdf"), ("Word", "docx"), ("Excel", "xlsx")):
        bestand = fetch(pagina, f"Download als {naam}", tmp_path)
        assert bestand.suffix == f".{eind}"
        woorden = text_of(bestand.read_bytes())
        assert "Talentvol" in woorden
        assert "Branchestraten" in woorden

    pagina.get_by_role("region", name="Uw keuze").get_by_role("link", name="Maak een boek").click()
    pagina.get_by_label("Titel", exact=True).fill("Voor Zuid-Limburg")
    pagina.get_by_label("Eigen voorwoord").fill("Beste collega's,\n\nLees dit voor de vergadering.")
    pagina.get_by_role("button", name="Werk het boek bij").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Voor Zuid-Limburg")

    lezer = open_page(390)
    lezer.goto(pagina.url)
    expect(lezer.get_by_role("heading", level=1)).to_have_text("Voor Zuid-Limburg")
    expect(lezer.get_by_text("Lees dit voor de vergadering.").first).to_be_visible()
    assert lezer.context.cookies() == []
    for naam, eind in (("PDF", "pdf"), ("Word", "docx"), ("E-boek (EPUB)", "epub"), ("Alles in één zip", "zip")):
        bestand = fetch(lezer, naam, tmp_path)
        assert bestand.name == f"Voor Zuid-Limburg.{eind}"
        assert "Lees dit voor de vergadering." in text_of(bestand.read_bytes())


def test_a_large_book_shows_how_far_it_is_and_then_offers_the_file(site: str, open_page: Any, tmp_path: Path) -> None:
    pagina = open_page()
    pagina.goto(f"{site}/blauwdrukken/?sorteer=titel")
    adressen = pagina.locator(".kaartlijst h3 a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    slugs = [adres.split("/")[2] for adres in adressen]
    assert len(slugs) == 20
    pagina.goto(f"{site}/bundel/?titel=Groot&" + "&".join(f"b={slug}" for slug in slugs))
    pagina.get_by_role("link", name="PDF", exact=True).click()
    expect(pagina.get_by_role("heading", level=1)).to_be_visible()
    klaar = pagina.get_by_role("link", name=re.compile("Download"))
    expect(klaar).to_be_visible()
    with pagina.expect_download() as download:
        klaar.click()
    download.value.save_as(tmp_path / "groot.pdf")
    assert all(woord in text_of((tmp_path / "groot.pdf").read_bytes()) for woord in ("Branchestraten", "Bustour"))


def test_a_list_and_a_blueprint_can_be_taken_along(site: str, open_page: Any, tmp_path: Path) -> None:
    pagina = open_page()
    pagina.goto(f"{site}/blauwdrukken/?thema=scholing")
    aantal = int(pagina.locator("#aantal").inner_text().split()[0])
    blad = openpyxl.load_workbook(fetch(pagina, "Deze lijst als Excel", tmp_path)).worksheets[0]
    assert sum(bool(rij[0].value) for rij in blad.iter_rows(min_row=2)) == aantal
    pagina.goto(f"{site}/blauwdrukken/talentvol/")
    for naam, eind in (("PDF", "pdf"), ("Word", "docx"), ("EPUB", "epub")):
        bestand = fetch(pagina, naam, tmp_path)
        assert bestand.name == f"Blauwdruk 15 Talentvol.{eind}"
        assert "Talentvol" in text_of(bestand.read_bytes())
