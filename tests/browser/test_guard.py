"""Two people in two browsers on one blueprint."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import judge
from tests.browser.conftest import give_session

pytestmark = pytest.mark.browser

LIST_URL = "/beheer/snippets/blauwdrukken/blauwdruk/"
ENTRY_URL = f"{LIST_URL}edit/6/"
PAGINA_URL = "/beheer/snippets/kennisbank/pagina/edit/1/"
CONFLICT = "Iemand anders heeft dit ook veranderd"


@pytest.fixture
def somebody(site: str, editor_password: str, chromium: Browser) -> Any:
    """Open a browser of its own, logged in to the back office."""
    contexts = []

    def open_(**options: Any) -> Page:
        contexts.append(chromium.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900}, **options))
        page = contexts[-1].new_page()
        give_session(page.context, site, "redactie", editor_password)
        return page

    yield open_
    for context in contexts:
        context.close()


def save(pagina: Page) -> Any:
    """Press the button that saves a draft; answers what the server said."""
    with pagina.expect_response(lambda response: response.request.is_navigation_request()) as response:
        pagina.get_by_role("button", name="Bewaar concept").first.click()
    return response.value


def save_anyway(page: Page) -> Any:
    """Save although the editor warns that somebody else did, once it says what that means."""
    expect(page.locator("#subtitle-w-save-confirmation-dialog")).to_contain_text("gaat niets verloren")
    with page.expect_response(lambda response: response.request.is_navigation_request()) as response:
        page.get_by_role("button", name="Bewaar concept").first.click()
        expect(page.get_by_role("dialog")).not_to_contain_text("overschreven")
        page.locator("[data-w-dialog-target=confirm]:visible").click()
    return response.value


def open_together(site: str, *windows: Page) -> None:
    """Open the blueprint in each browser, until its form watches what is typed."""
    for page in windows:
        page.add_init_script("document.addEventListener('w-unsaved:watch-edits', (e) => e.target.dataset.kijkt = '')")
        page.goto(site + ENTRY_URL)
        page.locator("form[data-kijkt]").wait_for(state="attached")


def type_in(page: Page, text: str) -> Any:
    """Type a summary; answers what the server says to the autosave."""
    with page.expect_response(
        lambda response: response.request.method == "POST" and ENTRY_URL in response.url
    ) as response:
        page.fill("[name=samenvatting]", text)
    return response.value.json()


def test_without_javascript_the_second_save_is_refused_and_the_choice_is_carried_out(site: str, somebody: Any) -> None:
    first, second = somebody(java_script_enabled=False), somebody(java_script_enabled=False)
    for page in (first, second):
        page.goto(site + PAGINA_URL)
    titel = second.locator("[name=titel]").input_value()
    first.fill("[name=intro]", "Wat de eerste schreef.")
    save(first)
    second.fill("[name=intro]", "Wat de tweede schreef.")
    second.fill("[name=titel]", f"{titel}!")
    assert save(second).status == 409
    expect(second.get_by_role("heading", name=CONFLICT)).to_be_visible()
    expect(second.locator("[name=intro]")).to_have_value("Wat de tweede schreef.")
    expect(second.locator("[name=keuze-intro][value=uw]")).to_be_checked()
    second.check("[name=keuze-intro][value=hun]")
    second.get_by_role("button", name="Bewaar met deze keuzes").click()
    expect(second.get_by_role("heading", name=CONFLICT)).to_have_count(0)
    expect(second.locator("[name=intro]")).to_have_value("Wat de eerste schreef.")
    expect(second.locator("[name=titel]")).to_have_value(f"{titel}!")


def test_with_autosave_the_second_is_told_and_keeps_the_own_text(site: str, somebody: Any) -> None:
    first, second = somebody(), somebody()
    open_together(site, first, second)
    assert type_in(first, "Vanzelf bewaard van de eerste.")["success"]
    assert type_in(second, "Getypt door de tweede.")["error_code"] == "invalid_revision"
    assert save_anyway(second).status == 409
    expect(second.get_by_role("heading", name=CONFLICT)).to_be_visible()
    expect(second.locator("[name=samenvatting]")).to_have_value("Getypt door de tweede.")
    judge(second, "the choice between two texts", "#w-editor-form section")
    second.get_by_role("button", name="Bewaar met deze keuzes").click()
    expect(second.get_by_role("heading", name=CONFLICT)).to_have_count(0)
    expect(second.locator("[name=samenvatting]")).to_have_value("Getypt door de tweede.")


def test_that_somebody_saved_is_shown_to_who_has_the_text_open(site: str, somebody: Any) -> None:
    first, second = somebody(), somebody()
    open_together(site, first, second)
    assert type_in(first, "Nog iets van de eerste.")["success"]
    seen = second.locator(".w-editing-sessions__session--saved")
    expect(seen).to_be_visible()  # the editor asks every ten seconds
