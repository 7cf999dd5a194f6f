"""Pictures of the life of a text: written, checked, reviewed, planned, withdrawn and compared."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.manual.controls import (
    LISTS_URL,
    Parts,
    choose_action,
    open_entry,
    open_side_panel,
    whole_window,
    window_of_other,
)
from tests.browser.practice_entries import COLLEAGUE, DRAFT, PUBLISHED, SUBMITTED, TOGETHER
from tests.uploads import files

COMPLETENESS, OPMERKINGEN = "Volledigheid tonen of verbergen", "Opmerkingen tonen of verbergen"
PREVIEW, STATUS = "Toon/verberg voorvertoning", "Toon/verberg status"


def write(pagina: Page) -> Parts:
    open_entry(pagina, DRAFT)
    return whole_window(pagina, 760)


def check(pagina: Page) -> Parts:
    open_entry(pagina, DRAFT)
    whole_window(pagina, 1150)
    paneel = open_side_panel(pagina, COMPLETENESS)
    paneel.get_by_text("Uitvoering: ").first.click()
    return [
        pagina.get_by_role("button", name=STATUS),
        paneel.get_by_role("heading").first,
        paneel.get_by_role("listitem").last,
    ]


def preview(pagina: Page) -> Parts:
    open_entry(pagina, DRAFT)
    delen = whole_window(pagina, 860)
    open_side_panel(pagina, PREVIEW)
    tekst = pagina.frame_locator("iframe[id*=preview-iframe]").get_by_role("heading", name=DRAFT)
    expect(tekst).to_be_visible()
    return delen


def review(pagina: Page) -> Parts:
    open_entry(pagina, SUBMITTED)
    delen = whole_window(pagina, 760)
    choose_action(pagina)
    return delen


def opmerkingen(pagina: Page) -> Parts:
    open_entry(pagina, SUBMITTED)
    paneel = open_side_panel(pagina, OPMERKINGEN)
    paneel.get_by_label("Onderdeel").select_option("doel")
    paneel.get_by_label("Uw opmerking").fill("Hoe komen we aan helmen?")
    return [
        pagina.get_by_role("button", name=STATUS),
        paneel.locator(".help").first,
        paneel.get_by_role("button", name="Plaats opmerking"),
    ]


def schedule(pagina: Page) -> Parts:
    open_entry(pagina, PUBLISHED)
    delen = whole_window(pagina, 800)
    open_side_panel(pagina, STATUS).get_by_role("button", name="Plan", exact=True).click()
    veld = pagina.get_by_role("dialog").get_by_label("Verdwijnt op")
    veld.fill("07-01-2030 10:15")
    kalender = pagina.locator(".xdsoft_datetimepicker:visible")
    expect(kalender).to_have_count(1)
    veld.press("Tab")
    expect(kalender).to_have_count(0)
    return delen


def withdraw(pagina: Page) -> Parts:
    open_entry(pagina, PUBLISHED)
    choose_action(pagina, "Intrekken")
    pagina.get_by_label("Reden").fill("Deze aanpak is gestopt. De bedrijven doen nu mee aan een banenmarkt.")
    return whole_window(pagina, 560)


def versies(pagina: Page) -> Parts:
    open_entry(pagina, PUBLISHED)
    pagina.get_by_role("button", name="Acties", exact=True).click()
    pagina.get_by_role("link", name="Versies").click()
    pagina.get_by_role("columnheader", name="Versie", exact=True).wait_for()
    return whole_window(pagina, 480)


def history(pagina: Page) -> Parts:
    open_entry(pagina, PUBLISHED)
    pagina.get_by_role("link", name="Geschiedenis").click()
    pagina.get_by_role("main").get_by_role("button", name="Acties").first.click()
    pagina.get_by_role("link", name="Vergelijk met vorige versie").first.click()
    pagina.get_by_role("columnheader", name="Verschil").wait_for()
    return whole_window(pagina, 620)


def work_together(pagina: Page) -> Parts:
    open_entry(pagina, TOGETHER)
    ander = window_of_other(pagina, COLLEAGUE)
    open_entry(ander, TOGETHER)
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
    return whole_window(pagina, 900)


def bestanden(pagina: Page) -> Parts:
    pagina.goto(f"{LISTS_URL}blauwdruk/add/")
    pagina.get_by_role("tab", name="Bijlagen").click()
    pagina.get_by_role("button", name="Voeg werkdocument toe").click()
    pagina.get_by_role("button", name="Kies een document").first.click()
    dialoog = pagina.get_by_role("dialog")
    dialoog.get_by_role("tab", name="Uploaden").click()
    bestand: FilePayload = {"name": "begroting.pdf", "mimeType": "application/pdf", "buffer": files.word()}
    dialoog.locator("input[type=file]").set_input_files([bestand])
    expect(dialoog.get_by_label("Titel")).to_have_value("begroting")
    dialoog.get_by_role("button", name="Uploaden").click()
    expect(dialoog.get_by_text("de inhoud is iets anders")).to_be_visible()
    pagina.evaluate("scrollTo(0, 0)")  # what stands behind it is in sight too
    return [dialoog.locator(".modal-content")]
