"""How people work the back office in the pictures: log in, open a text, open a panel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from urllib.parse import urlencode, urljoin

from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.browser.conftest import log_in
from tests.browser.pictures import WINDOW, WITHOUT_MOTION
from tests.browser.practice_entries import PASSWORD

LISTS_URL = "/beheer/snippets/blauwdrukken/"
Parts = Sequence[Locator]  # the parts of a page that a picture shows


@cache
def session(browser: Browser, site: str, wie: str) -> StorageState:
    """What a browser keeps once this account is logged in; to log in takes longer than most pictures."""
    pagina = browser.new_page()
    log_in(pagina, site, wie, PASSWORD)
    kluis = pagina.context.storage_state()
    pagina.close()
    return kluis


def window_of(browser: Browser, site: str, wie: str) -> Page:
    """A window in which this account is logged in, as if nothing was done in it before."""
    context = browser.new_context(base_url=site, storage_state=session(browser, site, wie), **WINDOW)
    context.add_init_script(WITHOUT_MOTION)
    return context.new_page()


def window_of_other(pagina: Page, wie: str) -> Page:
    """A browser of somebody else, on the same site."""
    browser = pagina.context.browser
    assert browser
    return window_of(browser, urljoin(pagina.url, "/").removesuffix("/"), wie)


def open_entry(pagina: Page, titel: str) -> None:
    """Open the editing form of a blueprint from the list."""
    pagina.goto(f"{LISTS_URL}blauwdruk/?{urlencode({'q': titel})}")
    pagina.get_by_role("main").get_by_role("link", name=titel).first.click()
    expect(pagina.locator("[name=titel]")).to_have_value(titel)
    expect(pagina.locator(".public-DraftEditor-content").first).to_be_attached()


def open_side_panel(pagina: Page, knopnaam: str) -> Locator:
    """Open the side panel whose button has this name."""
    knop = pagina.get_by_role("button", name=knopnaam)
    knop.click()
    paneel = pagina.locator(f"[data-side-panel={knop.get_attribute('data-side-panel-toggle')}]")
    expect(paneel).to_be_visible()
    return paneel


def choose_action(pagina: Page, naam: str = "") -> None:
    """Open the menu beside the button that saves, and choose from it when a name is given."""
    pagina.get_by_role("button", name="Meer acties").click()
    if naam:
        pagina.locator("footer").get_by_role("link", name=naam).click()


def whole_window(pagina: Page, hoogte: int) -> Parts:
    """The whole window, this high."""
    pagina.set_viewport_size({"width": WINDOW["viewport"]["width"], "height": hoogte})
    return [pagina.locator("html")]
