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
def session(browser: Browser, site: str, who: str) -> StorageState:
    """What a browser keeps once this account is logged in; to log in takes longer than most pictures."""
    page = browser.new_page()
    log_in(page, site, who, PASSWORD)
    stored = page.context.storage_state()
    page.close()
    return stored


def window_of(browser: Browser, site: str, who: str) -> Page:
    """A window in which this account is logged in, as if nothing was done in it before."""
    context = browser.new_context(base_url=site, storage_state=session(browser, site, who), **WINDOW)
    context.add_init_script(WITHOUT_MOTION)
    return context.new_page()


def window_of_other(page: Page, who: str) -> Page:
    """A browser of somebody else, on the same site."""
    browser = page.context.browser
    assert browser
    return window_of(browser, urljoin(page.url, "/").removesuffix("/"), who)


def open_entry(page: Page, titel: str) -> None:
    """Open the editing form of a blueprint from the list."""
    page.goto(f"{LISTS_URL}blauwdruk/?{urlencode({'q': titel})}")
    page.get_by_role("main").get_by_role("link", name=titel).first.click()
    expect(page.locator("[name=titel]")).to_have_value(titel)
    expect(page.locator(".public-DraftEditor-content").first).to_be_attached()


def open_side_panel(page: Page, label: str) -> Locator:
    """Open the side panel whose button has this name."""
    button = page.get_by_role("button", name=label)
    button.click()
    panel = page.locator(f"[data-side-panel={button.get_attribute('data-side-panel-toggle')}]")
    expect(panel).to_be_visible()
    return panel


def choose_action(page: Page, name: str = "") -> None:
    """Open the menu beside the button that saves, and choose from it when a name is given."""
    page.get_by_role("button", name="Meer acties").click()
    if name:
        page.locator("footer").get_by_role("link", name=name).click()


def whole_window(page: Page, height: int) -> Parts:
    """The whole window, this high."""
    page.set_viewport_size({"width": WINDOW["viewport"]["width"], "height": height})
    return [page.locator("html")]
