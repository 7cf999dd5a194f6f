"""Pictures of logging in, of one's own account and of other people's."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.manual.controls import Parts, whole_window
from tests.browser.second_factor import give_passkey, set_up_app


def login(page: Page) -> Parts:
    page.goto("/account/tweede-stap/")
    return [page.get_by_role("heading", level=1), *page.locator("main .paneel").all()]


def account(page: Page) -> Parts:
    give_passkey(page)
    page.goto("/account/tweede-stap/app/")
    set_up_app(page)
    page.goto("/account/tweede-stap/")
    page.get_by_role("link", name="Maak een passkey").click()
    page.get_by_label("Naam").fill("Laptop van het werk")
    page.get_by_role("button", name="Maak de passkey").click()
    page.get_by_role("link", name="Verwijder Laptop van het werk").wait_for()
    return [page.locator("main nav").first, *page.locator("main .paneel").all()]


def users(page: Page) -> Parts:
    page.goto("/beheer/users/new/")
    page.get_by_label("Voornaam").fill("Coördinator")
    page.get_by_label("Achternaam").fill("Drenthe")
    page.get_by_label("Mailadres").fill("coordinator.drenthe@voorbeeld.nl")
    page.get_by_role("checkbox", name="Regiocoördinator").check()
    page.get_by_role("checkbox", name="Drenthe", exact=True).check()
    return whole_window(page, 940)
