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


def write(page: Page) -> Parts:
    open_entry(page, DRAFT)
    return whole_window(page, 760)


def check(page: Page) -> Parts:
    open_entry(page, DRAFT)
    whole_window(page, 1150)
    panel = open_side_panel(page, COMPLETENESS)
    panel.get_by_text("Uitvoering: ").first.click()
    return [
        page.get_by_role("button", name=STATUS),
        panel.get_by_role("heading").first,
        panel.get_by_role("listitem").last,
    ]


def preview(page: Page) -> Parts:
    open_entry(page, DRAFT)
    parts = whole_window(page, 860)
    open_side_panel(page, PREVIEW)
    text = page.frame_locator("iframe[id*=preview-iframe]").get_by_role("heading", name=DRAFT)
    expect(text).to_be_visible()
    return parts


def review(page: Page) -> Parts:
    open_entry(page, SUBMITTED)
    parts = whole_window(page, 760)
    choose_action(page)
    return parts


def opmerkingen(page: Page) -> Parts:
    open_entry(page, SUBMITTED)
    panel = open_side_panel(page, OPMERKINGEN)
    panel.get_by_label("Onderdeel").select_option("doel")
    panel.get_by_label("Uw opmerking").fill("Hoe komen we aan helmen?")
    return [
        page.get_by_role("button", name=STATUS),
        panel.locator(".help").first,
        panel.get_by_role("button", name="Plaats opmerking"),
    ]


def schedule(page: Page) -> Parts:
    open_entry(page, PUBLISHED)
    parts = whole_window(page, 800)
    open_side_panel(page, STATUS).get_by_role("button", name="Plan", exact=True).click()
    field = page.get_by_role("dialog").get_by_label("Verdwijnt op")
    field.fill("07-01-2030 10:15")
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_have_count(1)
    field.press("Tab")
    expect(calendar).to_have_count(0)
    return parts


def withdraw(page: Page) -> Parts:
    open_entry(page, PUBLISHED)
    choose_action(page, "Intrekken")
    page.get_by_label("Reden").fill("Deze aanpak is gestopt. De bedrijven doen nu mee aan een banenmarkt.")
    return whole_window(page, 560)


def versies(page: Page) -> Parts:
    open_entry(page, PUBLISHED)
    page.get_by_role("button", name="Acties", exact=True).click()
    page.get_by_role("link", name="Versies").click()
    page.get_by_role("columnheader", name="Versie", exact=True).wait_for()
    return whole_window(page, 480)


def history(page: Page) -> Parts:
    open_entry(page, PUBLISHED)
    page.get_by_role("link", name="Geschiedenis").click()
    page.get_by_role("main").get_by_role("button", name="Acties").first.click()
    page.get_by_role("link", name="Vergelijk met vorige versie").first.click()
    page.get_by_role("columnheader", name="Verschil").wait_for()
    return whole_window(page, 620)


def work_together(page: Page) -> Parts:
    open_entry(page, TOGETHER)
    other = window_of_other(page, COLLEAGUE)
    open_entry(other, TOGETHER)
    other.locator("[name=samenvatting]").fill("Een bus rijdt een hele dag.")
    other.get_by_role("button", name="Bewaar concept").click()
    expect(other.locator(".messages .success")).to_be_visible()
    other.context.close()
    page.locator("[name=samenvatting]").fill("Een bus rijdt langs zes werkgevers.")
    page.get_by_role("button", name="Bewaar concept").click()
    heading = page.get_by_role("heading", name=re.compile("Iemand anders heeft .* ook veranderd"))
    anyway = page.get_by_role("dialog").get_by_role("button", name="Verder")
    expect(heading.or_(anyway).first).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(heading).to_be_visible()
    return whole_window(page, 900)


def bestanden(page: Page) -> Parts:
    page.goto(f"{LISTS_URL}blauwdruk/add/")
    page.get_by_role("tab", name="Bijlagen").click()
    page.get_by_role("button", name="Voeg werkdocument toe").click()
    page.get_by_role("button", name="Kies een document").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Uploaden").click()
    file: FilePayload = {"name": "begroting.pdf", "mimeType": "application/pdf", "buffer": files.word()}
    dialog.locator("input[type=file]").set_input_files([file])
    expect(dialog.get_by_label("Titel")).to_have_value("begroting")
    dialog.get_by_role("button", name="Uploaden").click()
    expect(dialog.get_by_text("de inhoud is iets anders")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")  # what stands behind it is in sight too
    return [dialog.locator(".modal-content")]
