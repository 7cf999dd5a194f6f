"""What somebody has for the second step: an app that shows codes, and a device that makes passkeys."""

from __future__ import annotations

import base64
import hmac
import time

from playwright.sync_api import Page, expect


def app_code(secret: str) -> str:
    """What an app shows now for this secret (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), (int(time.time()) // 30).to_bytes(8), "sha1")
    spot = digest[-1] & 15
    return f"{(int.from_bytes(digest[spot : spot + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def set_up_app(page: Page) -> None:
    """Fill in what the app shows; once more when the half minute ended meanwhile."""
    ready = page.get_by_role("heading", name="Uw herstelcodes")
    for _ in range(2):
        page.get_by_label("Code uit uw app").fill(app_code(page.locator(".sleutel").inner_text()))
        page.get_by_role("button", name="Zet de app aan").click()
        expect(ready.or_(page.get_by_text("Deze code klopt niet")).first).to_be_visible()
        if ready.is_visible():
            return


def give_passkey(page: Page) -> None:
    """Give the window a device that makes passkeys and always recognises its owner."""
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
