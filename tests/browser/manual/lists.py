"""Pictures of the start screen, the lists and what is kept beside the blueprints."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.manual.controls import LISTS_URL, Parts, whole_window
from tests.browser.practice_entries import DRAFT, DUPLICATES


def fill_in_title(page: Page, titel: str) -> None:
    """Type a title, until the address follows it."""
    url = page.get_by_role("textbox", name="Adres")
    page.get_by_role("textbox", name="Titel").press_sequentially(titel)
    expect(url).to_have_value(titel.lower().replace(" ", "-"))


def home(page: Page) -> Parts:
    page.goto("/beheer/")
    return whole_window(page, 640)


def lists(page: Page) -> Parts:
    page.goto(f"{LISTS_URL}blauwdruk/")
    page.get_by_role("button", name="Toon filters").click()
    page.get_by_role("button", name="Regio's").click()
    page.get_by_role("listbox").select_option("Zeeland")
    page.get_by_role("link", name=DRAFT).wait_for()
    return whole_window(page, 640)


def projecten(page: Page) -> Parts:
    page.goto(f"{LISTS_URL}project/add/")
    fill_in_title(page, "Proefwerken in Zeeland")
    page.get_by_role("textbox", name="Doel").fill("Veertig mensen vinden een baan in de haven.")
    return whole_window(page, 760)


def verhalen(page: Page) -> Parts:
    page.goto(f"{LISTS_URL}verhaal/add/")
    fill_in_title(page, "In de bus leer je het bedrijf echt kennen")
    page.get_by_role("textbox", name="Intro").fill("Een deelnemer vertelt over een dag in de haven.")
    return whole_window(page, 760)


def paginas(page: Page) -> Parts:
    page.goto("/beheer/snippets/kennisbank/pagina/")
    page.get_by_role("main").get_by_role("link", name="Over de kennisbank").first.click()
    page.locator(".public-DraftEditor-content").first.wait_for()
    return whole_window(page, 760)


def begrippen(page: Page) -> Parts:
    page.goto(f"{LISTS_URL}begrip/add/")
    for field, text in {
        "Term": "SWH",
        "Adres": "swh",
        "Voluit": "Samenwerking Haven",
        "Uitleg": "Een verzonnen club van bedrijven in de haven.",
    }.items():
        page.get_by_role("textbox", name=field).fill(text)
    return whole_window(page, 980)


def synoniemen(page: Page) -> Parts:
    page.goto("/beheer/zoekopdrachten/")
    return whole_window(page, 520)


def vocabularies(page: Page) -> Parts:
    page.goto(f"{LISTS_URL}thema/")
    return whole_window(page, 640)


def organisaties(page: Page) -> Parts:
    page.goto(f"{LISTS_URL}organisatie/?q=Zoutkeet")
    for name in DUPLICATES:
        page.get_by_role("row", name=name).get_by_role("checkbox").check()
    page.get_by_role("link", name="Voeg de gekozen organisaties samen").click()
    page.get_by_label(DUPLICATES[0]).check()
    return whole_window(page, 560)
