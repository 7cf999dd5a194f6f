"""Pictures of logging in, of one's own account and of other people's."""

from __future__ import annotations

import base64
import hmac
import time

from playwright.sync_api import Page, expect

from .bediening import Delen, venster


def geef_passkey(pagina: Page) -> None:
    """Give the window a device that makes passkeys."""
    opties = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    opties |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    cdp = pagina.context.new_cdp_session(pagina)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": opties})


def code(geheim: str) -> str:
    """What an app shows now for this secret (RFC 6238)."""
    som = hmac.digest(base64.b32decode(geheim), (int(time.time()) // 30).to_bytes(8), "sha1")
    plek = som[-1] & 15
    return f"{(int.from_bytes(som[plek : plek + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def stel_app_in(pagina: Page) -> None:
    """Fill in what the app shows; once more when the half minute ended meanwhile."""
    pagina.goto("/account/tweede-stap/app/")
    klaar = pagina.get_by_role("heading", name="Uw herstelcodes")
    for _ in range(2):
        pagina.get_by_label("Code uit uw app").fill(code(pagina.locator(".sleutel").inner_text()))
        pagina.get_by_role("button", name="Zet de app aan").click()
        expect(klaar.or_(pagina.get_by_text("Deze code klopt niet")).first).to_be_visible()
        if klaar.is_visible():
            return


def inloggen(pagina: Page) -> Delen:
    pagina.goto("/account/tweede-stap/")
    return [pagina.get_by_role("heading", level=1), *pagina.locator("main .paneel").all()]


def account(pagina: Page) -> Delen:
    geef_passkey(pagina)
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
