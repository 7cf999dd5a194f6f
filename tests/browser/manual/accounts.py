"""Pictures of logging in, of one's own account and of other people's."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.manual.controls import Parts, whole_window
from tests.browser.second_factor import give_passkey, set_up_app


def login(pagina: Page) -> Parts:
    pagina.goto("/account/tweede-stap/")
    return [pagina.get_by_role("heading", level=1), *pagina.locator("main .paneel").all()]


def account(pagina: Page) -> Parts:
    give_passkey(pagina)
    pagina.goto("/account/tweede-stap/app/")
    set_up_app(pagina)
    pagina.goto("/account/tweede-stap/")
    pagina.get_by_role("link", name="Maak een passkey").click()
    pagina.get_by_label("Naam").fill("Laptop van het werk")
    pagina.get_by_role("button", name="Maak de passkey").click()
    pagina.get_by_role("link", name="Verwijder Laptop van het werk").wait_for()
    return [pagina.locator("main nav").first, *pagina.locator("main .paneel").all()]


def users(pagina: Page) -> Parts:
    pagina.goto("/beheer/users/new/")
    pagina.get_by_label("Voornaam").fill("Coördinator")
    pagina.get_by_label("Achternaam").fill("Drenthe")
    pagina.get_by_label("Mailadres").fill("coordinator.drenthe@voorbeeld.nl")
    pagina.get_by_role("checkbox", name="Regiocoördinator").check()
    pagina.get_by_role("checkbox", name="Drenthe", exact=True).check()
    return whole_window(pagina, 940)
