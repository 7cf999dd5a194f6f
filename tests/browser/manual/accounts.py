"""Pictures of logging in, of one's own account and of other people's."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.manual.controls import Delen, venster
from tests.browser.second_factor import geef_passkey, stel_app_in


def inloggen(pagina: Page) -> Delen:
    pagina.goto("/account/tweede-stap/")
    return [pagina.get_by_role("heading", level=1), *pagina.locator("main .paneel").all()]


def account(pagina: Page) -> Delen:
    geef_passkey(pagina)
    pagina.goto("/account/tweede-stap/app/")
    stel_app_in(pagina)
    pagina.goto("/account/tweede-stap/")
    pagina.get_by_role("link", name="Maak een passkey").click()
    pagina.get_by_label("Naam").fill("Laptop van het werk")
    pagina.get_by_role("button", name="Maak de passkey").click()
    pagina.get_by_role("link", name="Verwijder Laptop van het werk").wait_for()
    return [pagina.locator("main nav").first, *pagina.locator("main .paneel").all()]


def gebruikers(pagina: Page) -> Delen:
    pagina.goto("/beheer/users/new/")
    pagina.get_by_label("Voornaam").fill("Coördinator")
    pagina.get_by_label("Achternaam").fill("Drenthe")
    pagina.get_by_label("Mailadres").fill("coordinator.drenthe@voorbeeld.nl")
    pagina.get_by_role("checkbox", name="Regiocoördinator").check()
    pagina.get_by_role("checkbox", name="Drenthe", exact=True).check()
    return venster(pagina, 940)
