"""Choose, compare and take along, as a visitor does it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import judge_in_each_look
from tests.browser.conftest import ROOT, own_environment
from tests.doors import text_of

pytestmark = pytest.mark.browser
THREE = "b=talentvol&b=branchestraten&b=less-risk-polis"
FILLED = {
    "two side by side": "/vergelijk/?b=talentvol&b=branchestraten",
    "three side by side": f"/vergelijk/?{THREE}",
    "four side by side": f"/vergelijk/?{THREE}&b=drive-in-bioscoop&teksten=alle",
    "one left, with a sentence": "/vergelijk/?b=talentvol&b=bestaat-niet&b=talentvol",
    "more than fit": f"/vergelijk/?{THREE}&b=drive-in-bioscoop&b=bustour-amersfoort",
    "adding by search": f"/vergelijk/?{THREE}&zoek=scholing",
    "a book": f"/bundel/?{THREE}&titel=Voor+onze+regio&voorwoord=Beste+collega",
    "a book with faults": f"/bundel/?{THREE}&b=bestaat-niet&voorwoord={'lang ' * 450}",
}


@pytest.mark.parametrize("path", FILLED.values(), ids=FILLED)
def test_compare_and_book_fit_and_have_no_accessibility_fault(site: str, open_page: Any, path: str) -> None:
    page = open_page()
    page.goto(site + path)
    judge_in_each_look(page)


def choose(page: Page, titel: str) -> None:
    page.get_by_role("button", name=f"Kies {titel}", exact=True).click()
    expect(page.get_by_role("button", name=re.compile(f"^Gekozen.*haal {titel} uit uw keuze"))).to_be_visible()


def fetch(page: Page, name: str, folder: Path) -> Path:
    """The file behind a link."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_choose_on_two_pages_compare_and_make_a_book_to_share(
    site: str, open_page: Any, tmp_path: Path, script: bool
) -> None:
    page = open_page(java_script_enabled=script)
    page.goto(f"{site}/blauwdrukken/?sorteer=titel")
    choose(page, "Branchestraten")
    page.goto(f"{site}/blauwdrukken/?sorteer=titel&pagina=2")
    choose(page, "Talentvol")
    assert "pagina=2" in page.url
    bar = page.get_by_role("region", name="Uw keuze")
    expect(bar).to_contain_text("2 blauwdrukken gekozen")

    bar.get_by_role("link", name="Vergelijk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 blauwdrukken vergeleken")
    lessons = page.locator("details", has=page.get_by_role("heading", name="Leerpunten", exact=True))
    lessons.locator("summary").click()
    expect(lessons.get_by_role("heading", level=4)).to_have_text(["Branchestraten", "Talentvol"])
    for name, end in (("PDF", "pdf"), ("Word", "docx"), ("Excel", "xlsx")):
        file = fetch(page, f"Download als {name}", tmp_path)
        assert file.suffix == f".{end}"
        words = text_of(file.read_bytes())
        assert "Talentvol" in words
        assert "Branchestraten" in words

    page.get_by_role("region", name="Uw keuze").get_by_role("link", name="Maak een boek").click()
    page.get_by_label("Titel", exact=True).fill("Voor Zuid-Limburg")
    page.get_by_label("Eigen voorwoord").fill("Beste collega's,\n\nLees dit voor de vergadering.")
    page.get_by_role("button", name="Werk het boek bij").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Voor Zuid-Limburg")

    reader = open_page(390)
    reader.goto(page.url)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Voor Zuid-Limburg")
    expect(reader.get_by_text("Lees dit voor de vergadering.").first).to_be_visible()
    assert reader.context.cookies() == []
    for name, end in (("PDF", "pdf"), ("Word", "docx"), ("E-boek (EPUB)", "epub"), ("Alles in één zip", "zip")):
        file = fetch(reader, name, tmp_path)
        assert file.name == f"Voor Zuid-Limburg.{end}"
        assert "Lees dit voor de vergadering." in text_of(file.read_bytes())


def work_off_the_queue(var_folder: Path) -> None:
    """What the process beside the web server does."""
    own = own_environment() | {"LOCAL": "1", "VAR_DIR": str(var_folder)}
    subprocess.run([sys.executable, "manage.py", "werk"], cwd=ROOT, env=own, check=True)


def test_a_large_book_shows_how_far_it_is_and_then_offers_the_file(
    site: str, var_folder: Path, open_page: Any, tmp_path: Path
) -> None:
    page = open_page()
    page.goto(f"{site}/blauwdrukken/?sorteer=titel")
    urls = page.locator(".kaartlijst h3 a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    slugs = [url.split("/")[2] for url in urls]
    assert len(slugs) == 20
    page.goto(f"{site}/bundel/?titel=Groot&" + "&".join(f"b={slug}" for slug in slugs))
    page.get_by_role("link", name="PDF", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    work_off_the_queue(var_folder)
    ready = page.get_by_role("link", name=re.compile("Download"))
    expect(ready).to_be_visible()
    with page.expect_download() as download:
        ready.click()
    download.value.save_as(tmp_path / "groot.pdf")
    assert all(word in text_of((tmp_path / "groot.pdf").read_bytes()) for word in ("Branchestraten", "Bustour"))


def test_a_list_and_a_blueprint_can_be_taken_along(site: str, open_page: Any, tmp_path: Path) -> None:
    page = open_page()
    page.goto(f"{site}/blauwdrukken/?thema=scholing")
    count = int(page.locator("#aantal").inner_text().split()[0])
    sheet = openpyxl.load_workbook(fetch(page, "Deze lijst als Excel", tmp_path)).worksheets[0]
    assert sum(bool(row[0].value) for row in sheet.iter_rows(min_row=2)) == count
    page.goto(f"{site}/blauwdrukken/talentvol/")
    for name, end in (("PDF", "pdf"), ("Word", "docx"), ("EPUB", "epub")):
        file = fetch(page, name, tmp_path)
        assert file.name == f"Blauwdruk 15 Talentvol.{end}"
        assert "Talentvol" in text_of(file.read_bytes())
