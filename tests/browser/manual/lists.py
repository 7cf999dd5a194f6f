"""Pictures of the start screen, the lists and what is kept beside the blueprints."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.manual.controls import LIJSTEN, Delen, venster
from tests.browser.practice_entries import CONCEPT, DUBBEL


def vul_titel_in(pagina: Page, titel: str) -> None:
    """Type a title, until the address follows it."""
    adres = pagina.get_by_role("textbox", name="Adres")
    pagina.get_by_role("textbox", name="Titel").press_sequentially(titel)
    expect(adres).to_have_value(titel.lower().replace(" ", "-"))


def startscherm(pagina: Page) -> Delen:
    pagina.goto("/beheer/")
    return venster(pagina, 640)


def lijsten(pagina: Page) -> Delen:
    pagina.goto(f"{LIJSTEN}blauwdruk/")
    pagina.get_by_role("button", name="Toon filters").click()
    pagina.get_by_role("button", name="Regio's").click()
    pagina.get_by_role("listbox").select_option("Zeeland")
    pagina.get_by_role("link", name=CONCEPT).wait_for()
    return venster(pagina, 640)


def projecten(pagina: Page) -> Delen:
    pagina.goto(f"{LIJSTEN}project/add/")
    vul_titel_in(pagina, "Proefwerken in Zeeland")
    pagina.get_by_role("textbox", name="Doel").fill("Veertig mensen vinden een baan in de haven.")
    return venster(pagina, 760)


def verhalen(pagina: Page) -> Delen:
    pagina.goto(f"{LIJSTEN}verhaal/add/")
    vul_titel_in(pagina, "In de bus leer je het bedrijf echt kennen")
    pagina.get_by_role("textbox", name="Intro").fill("Een deelnemer vertelt over een dag in de haven.")
    return venster(pagina, 760)


def paginas(pagina: Page) -> Delen:
    pagina.goto("/beheer/snippets/kennisbank/pagina/")
    pagina.get_by_role("main").get_by_role("link", name="Over de kennisbank").first.click()
    pagina.locator(".public-DraftEditor-content").first.wait_for()
    return venster(pagina, 760)


def begrippen(pagina: Page) -> Delen:
    pagina.goto(f"{LIJSTEN}begrip/add/")
    for veld, tekst in {
        "Term": "SWH",
        "Adres": "swh",
        "Voluit": "Samenwerking Haven",
        "Uitleg": "Een verzonnen club van bedrijven in de haven.",
    }.items():
        pagina.get_by_role("textbox", name=veld).fill(tekst)
    return venster(pagina, 980)


def synoniemen(pagina: Page) -> Delen:
    pagina.goto("/beheer/zoekopdrachten/")
    return venster(pagina, 520)


def woordenlijsten(pagina: Page) -> Delen:
    pagina.goto(f"{LIJSTEN}thema/")
    return venster(pagina, 640)


def organisaties(pagina: Page) -> Delen:
    pagina.goto(f"{LIJSTEN}organisatie/?q=Zoutkeet")
    for naam in DUBBEL:
        pagina.get_by_role("row", name=naam).get_by_role("checkbox").check()
    pagina.get_by_role("link", name="Voeg de gekozen organisaties samen").click()
    pagina.get_by_label(DUBBEL[0]).check()
    return venster(pagina, 560)
