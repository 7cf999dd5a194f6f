"""Pictures of the life of a text: written, checked, reviewed, planned, withdrawn and compared."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.manual.controls import LIJSTEN, Delen, ander_venster, kies_actie, open_tekst, venster, zijpaneel
from tests.browser.practice_entries import COLLEGA, CONCEPT, INGEDIEND, OP_DE_SITE, SAMEN
from tests.uploads import files as maak

VOLLEDIG, OPMERKINGEN = "Volledigheid tonen of verbergen", "Opmerkingen tonen of verbergen"
VOORBEELD, STATUS = "Toon/verberg voorvertoning", "Toon/verberg status"


def schrijven(pagina: Page) -> Delen:
    open_tekst(pagina, CONCEPT)
    return venster(pagina, 760)


def controleren(pagina: Page) -> Delen:
    open_tekst(pagina, CONCEPT)
    venster(pagina, 1150)
    paneel = zijpaneel(pagina, VOLLEDIG)
    paneel.get_by_text("Uitvoering: ").first.click()
    return [
        pagina.get_by_role("button", name=STATUS),
        paneel.get_by_role("heading").first,
        paneel.get_by_role("listitem").last,
    ]


def voorbeeld(pagina: Page) -> Delen:
    open_tekst(pagina, CONCEPT)
    delen = venster(pagina, 860)
    zijpaneel(pagina, VOORBEELD)
    tekst = pagina.frame_locator("iframe[id*=preview-iframe]").get_by_role("heading", name=CONCEPT)
    expect(tekst).to_be_visible()
    return delen


def beoordelen(pagina: Page) -> Delen:
    open_tekst(pagina, INGEDIEND)
    delen = venster(pagina, 760)
    kies_actie(pagina)
    return delen


def opmerkingen(pagina: Page) -> Delen:
    open_tekst(pagina, INGEDIEND)
    paneel = zijpaneel(pagina, OPMERKINGEN)
    paneel.get_by_label("Onderdeel").select_option("doel")
    paneel.get_by_label("Uw opmerking").fill("Hoe komen we aan helmen?")
    return [
        pagina.get_by_role("button", name=STATUS),
        paneel.locator(".help").first,
        paneel.get_by_role("button", name="Plaats opmerking"),
    ]


def plannen(pagina: Page) -> Delen:
    open_tekst(pagina, OP_DE_SITE)
    delen = venster(pagina, 800)
    zijpaneel(pagina, STATUS).get_by_role("button", name="Plan", exact=True).click()
    veld = pagina.get_by_role("dialog").get_by_label("Verdwijnt op")
    veld.fill("07-01-2030 10:15")
    kalender = pagina.locator(".xdsoft_datetimepicker:visible")
    expect(kalender).to_have_count(1)
    veld.press("Tab")
    expect(kalender).to_have_count(0)
    return delen


def intrekken(pagina: Page) -> Delen:
    open_tekst(pagina, OP_DE_SITE)
    kies_actie(pagina, "Intrekken")
    pagina.get_by_label("Reden").fill("Deze aanpak is gestopt. De bedrijven doen nu mee aan een banenmarkt.")
    return venster(pagina, 560)


def versies(pagina: Page) -> Delen:
    open_tekst(pagina, OP_DE_SITE)
    pagina.get_by_role("button", name="Acties", exact=True).click()
    pagina.get_by_role("link", name="Versies").click()
    pagina.get_by_role("columnheader", name="Versie", exact=True).wait_for()
    return venster(pagina, 480)


def geschiedenis(pagina: Page) -> Delen:
    open_tekst(pagina, OP_DE_SITE)
    pagina.get_by_role("link", name="Geschiedenis").click()
    pagina.get_by_role("main").get_by_role("button", name="Acties").first.click()
    pagina.get_by_role("link", name="Vergelijk met vorige versie").first.click()
    pagina.get_by_role("columnheader", name="Verschil").wait_for()
    return venster(pagina, 620)


def samen_werken(pagina: Page) -> Delen:
    open_tekst(pagina, SAMEN)
    ander = ander_venster(pagina, COLLEGA)
    open_tekst(ander, SAMEN)
    ander.locator("[name=samenvatting]").fill("Een bus rijdt een hele dag.")
    ander.get_by_role("button", name="Bewaar concept").click()
    expect(ander.locator(".messages .success")).to_be_visible()
    ander.context.close()
    pagina.locator("[name=samenvatting]").fill("Een bus rijdt langs zes werkgevers.")
    pagina.get_by_role("button", name="Bewaar concept").click()
    kop = pagina.get_by_role("heading", name=re.compile("Iemand anders heeft .* ook veranderd"))
    toch = pagina.get_by_role("dialog").get_by_role("button", name="Verder")
    expect(kop.or_(toch).first).to_be_visible()
    if toch.is_visible():
        toch.click()
    expect(kop).to_be_visible()
    return venster(pagina, 900)


def bestanden(pagina: Page) -> Delen:
    pagina.goto(f"{LIJSTEN}blauwdruk/add/")
    pagina.get_by_role("tab", name="Bijlagen").click()
    pagina.get_by_role("button", name="Voeg werkdocument toe").click()
    pagina.get_by_role("button", name="Kies een document").first.click()
    dialoog = pagina.get_by_role("dialog")
    dialoog.get_by_role("tab", name="Uploaden").click()
    bestand: FilePayload = {"name": "begroting.pdf", "mimeType": "application/pdf", "buffer": maak.word()}
    dialoog.locator("input[type=file]").set_input_files([bestand])
    expect(dialoog.get_by_label("Titel")).to_have_value("begroting")
    dialoog.get_by_role("button", name="Uploaden").click()
    expect(dialoog.get_by_text("de inhoud is iets anders")).to_be_visible()
    pagina.evaluate("scrollTo(0, 0)")  # what stands behind it is in sight too
    return [dialoog.locator(".modal-content")]
