"""Pictures of the start screen, the lists and what is kept beside the blueprints."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.manual.controls import LISTS_URL, Parts, whole_window
from tests.browser.practice_entries import DRAFT, DUPLICATES


def fill_in_title(pagina: Page, titel: str) -> None:
    """Type a title, until the address follows it."""
    adres = pagina.get_by_role("textbox", name="Adres")
    pagina.get_by_role("textbox", name="Titel").press_sequentially(titel)
    expect(adres).to_have_value(titel.lower().replace(" ", "-"))


def home(pagina: Page) -> Parts:
    pagina.goto("/beheer/")
    return whole_window(pagina, 640)


def lists(pagina: Page) -> Parts:
    pagina.goto(f"{LISTS_URL}blauwdruk/")
    pagina.get_by_role("button", name="Toon filters").click()
    pagina.get_by_role("button", name="Regio's").click()
    pagina.get_by_role("listbox").select_option("Zeeland")
    pagina.get_by_role("link", name=DRAFT).wait_for()
    return whole_window(pagina, 640)


def projecten(pagina: Page) -> Parts:
    pagina.goto(f"{LISTS_URL}project/add/")
    fill_in_title(pagina, "Proefwerken in Zeeland")
    pagina.get_by_role("textbox", name="Doel").fill("Veertig mensen vinden een baan in de haven.")
    return whole_window(pagina, 760)


def verhalen(pagina: Page) -> Parts:
    pagina.goto(f"{LISTS_URL}verhaal/add/")
    fill_in_title(pagina, "In de bus leer je het bedrijf echt kennen")
    pagina.get_by_role("textbox", name="Intro").fill("Een deelnemer vertelt over een dag in de haven.")
    return whole_window(pagina, 760)


def paginas(pagina: Page) -> Parts:
    pagina.goto("/beheer/snippets/kennisbank/pagina/")
    pagina.get_by_role("main").get_by_role("link", name="Over de kennisbank").first.click()
    pagina.locator(".public-DraftEditor-content").first.wait_for()
    return whole_window(pagina, 760)


def begrippen(pagina: Page) -> Parts:
    pagina.goto(f"{LISTS_URL}begrip/add/")
    for veld, tekst in {
        "Term": "SWH",
        "Adres": "swh",
        "Voluit": "Samenwerking Haven",
        "Uitleg": "Een verzonnen club van bedrijven in de haven.",
    }.items():
        pagina.get_by_role("textbox", name=veld).fill(tekst)
    return whole_window(pagina, 980)


def synoniemen(pagina: Page) -> Parts:
    pagina.goto("/beheer/zoekopdrachten/")
    return whole_window(pagina, 520)


def vocabularies(pagina: Page) -> Parts:
    pagina.goto(f"{LISTS_URL}thema/")
    return whole_window(pagina, 640)


def organisaties(pagina: Page) -> Parts:
    pagina.goto(f"{LISTS_URL}organisatie/?q=Zoutkeet")
    for naam in DUPLICATES:
        pagina.get_by_role("row", name=naam).get_by_role("checkbox").check()
    pagina.get_by_role("link", name="Voeg de gekozen organisaties samen").click()
    pagina.get_by_label(DUPLICATES[0]).check()
    return whole_window(pagina, 560)
