"""Typed text survives what goes wrong around it: a slow save, a half row, no network, a session that ended."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SAVED, close_tab
from tests.browser.test_guard import LIST_URL, save, somebody  # noqa: F401 (a fixture)

pytestmark = pytest.mark.browser

MESSAGE = ".footer__save-warning"
# Types in the form just before the answer to the first save arrives.
TYPE_WHILE_SAVING = """
const haal = window.fetch;
let eerste = true;
window.fetch = async (adres, opties) => {
  const antwoord = await haal(adres, opties);
  if (eerste && String(adres).includes("/edit/") && opties?.body?.has("samenvatting")) {
    eerste = false;
    document.getElementById("id_samenvatting").value += " Net daarna getypt.";
    await new Promise((klaar) => setTimeout(klaar, 100));
  }
  return antwoord;
};
"""
# Holds the answer to an autosave back for a second: the site has saved, the editor does not know yet.
SLOW_RESPONSE = """
const haal = window.fetch;
window.fetch = async (adres, opties) => {
  const antwoord = await haal(adres, opties);
  if (String(adres).includes("/edit/") && opties?.body?.has("samenvatting")) {
    document.documentElement.dataset.onderweg = "";
    await new Promise((klaar) => setTimeout(klaar, 1000));
  }
  return antwoord;
};
"""


@pytest.fixture
def open_(site: str, somebody: Any) -> Any:  # noqa: F811
    """Open this blueprint in a browser of its own, until its form watches what is typed."""

    def open_form(nummer: int, script: str = "") -> Page:
        page: Page = somebody()
        kijkt = "document.addEventListener('w-unsaved:watch-edits', (e) => e.target.dataset.kijkt = '');"
        page.add_init_script(kijkt + script)
        page.goto(f"{site}{LIST_URL}edit/{nummer}/")
        page.locator("form[data-kijkt]").wait_for(state="attached")
        return page

    return open_form


def new_text() -> str:
    return f"Getypt op {time.time()}."


def read_samenvatting(context: Any, url: str) -> str:
    page = context.new_page()
    page.goto(url)
    return str(page.locator("#id_samenvatting").input_value())


def log_in_again(site: str, context: Any, password: str) -> None:
    """Log in again, in another tab."""
    tab = context.new_page()
    tab.goto(f"{site}/beheer/login/")
    tab.fill("[name=login]", "redactie")
    tab.fill("[name=password]", password)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/beheer/")
    tab.close()


def test_what_is_typed_while_a_save_is_on_its_way_is_saved_next(open_: Any) -> None:
    page, text = open_(7, TYPE_WHILE_SAVING), new_text()
    page.fill("#id_samenvatting", text)
    form = page.locator("#w-editor-form")
    with page.expect_response(lambda response: response.request.method == "POST" and "/edit/" in response.url):
        pass
    expect(page.locator("#id_samenvatting")).to_have_value(f"{text} Net daarna getypt.")
    expect(form).to_have_attribute("data-w-unsaved-force-value", "true")
    expect(form).to_have_attribute("data-w-unsaved-force-value", "false")
    expect(form).to_have_attribute("data-w-unsaved-has-edits-value", "false")
    context, url = page.context, page.url
    assert close_tab(page) == []
    assert read_samenvatting(context, url) == f"{text} Net daarna getypt."


def test_a_click_after_the_editor_saved_by_itself_is_no_clash_with_oneself(open_: Any) -> None:
    page, text = open_(12), new_text()
    page.fill("#id_samenvatting", text)
    expect(page.locator(SAVED)).to_be_visible()
    page.fill("#id_samenvatting", f"{text} En nog iets.")
    assert save(page).status == 302
    expect(page.locator("#id_samenvatting")).to_have_value(f"{text} En nog iets.")


def test_a_click_while_the_editor_saves_by_itself_waits_for_that(open_: Any) -> None:
    page, text = open_(12, SLOW_RESPONSE), new_text()
    page.fill("#id_samenvatting", text)
    page.locator("html[data-onderweg]").wait_for(state="attached")
    assert save(page).status == 302
    expect(page.locator("#id_samenvatting")).to_have_value(text)


def test_who_closes_the_tab_right_after_a_keystroke_is_warned(open_: Any) -> None:
    page = open_(7)
    page.locator("#id_samenvatting").press("x")
    assert close_tab(page) == ["beforeunload"]


def test_a_half_row_is_named_and_nobody_leaves_without_a_warning(open_: Any) -> None:
    page, text = open_(8), new_text()
    page.get_by_role("tab", name="Aanpak").click()
    row = page.locator("#id_partijen-FORMS > *").count()
    page.locator("#id_partijen-ADD").click()
    page.select_option(f"[name=partijen-{row}-rol]", index=1)
    page.get_by_role("tab", name="Kern").click()
    page.fill("#id_samenvatting", text)
    expect(page.locator(MESSAGE)).to_contain_text("nog niet bewaard. Kijk eerst naar: Partijen (organisatie).")
    save(page)
    expect(page.locator("#id_samenvatting")).to_have_value(text)
    expect(page.locator(f"[name=partijen-{row}-rol]")).not_to_have_value("")
    expect(page.locator("#w-editor-form")).to_have_attribute("data-w-unsaved-has-edits-value", "true")
    assert close_tab(page) == ["beforeunload"]


def test_a_row_with_only_an_amount_is_kept_with_all_else(open_: Any) -> None:
    page, text = open_(8), new_text()
    page.fill("#id_samenvatting", text)
    page.get_by_role("tab", name="Geld en afspraken").click()
    row = page.locator("#id_kosten-FORMS > *").count()
    page.locator("#id_kosten-ADD").click()
    page.fill(f"[name=kosten-{row}-bedrag_van]", "250")
    expect(page.locator(SAVED)).to_be_visible()
    expect(page.locator("#w-editor-form")).to_have_attribute("data-w-unsaved-has-edits-value", "false")
    context, url = page.context, page.url
    assert close_tab(page) == []
    other = context.new_page()
    other.goto(url)
    expect(other.locator("#id_samenvatting")).to_have_value(text)
    expect(other.locator(f"[name=kosten-{row}-bedrag_van]")).to_have_value(re.compile("^250"))


def test_without_network_the_text_waits_and_is_saved_when_it_is_back(open_: Any) -> None:
    page, text = open_(9), new_text()
    page.context.set_offline(True)
    page.fill("#id_samenvatting", text)
    expect(page.locator(MESSAGE)).to_contain_text("probleem met de internetverbinding")
    page.context.set_offline(False)
    expect(page.locator(SAVED)).to_be_visible()
    assert read_samenvatting(page.context, page.url) == text


def test_who_was_logged_out_goes_on_after_logging_in_in_another_tab(
    site: str, editor_password: str, open_: Any
) -> None:
    page, text = open_(10), new_text()
    page.context.clear_cookies(name="sessionid")
    page.fill("#id_samenvatting", text)
    expect(page.locator(MESSAGE)).to_contain_text("U bent uitgelogd.")
    log_in_again(site, page.context, editor_password)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # headless tabs are never hidden
    expect(page.locator(SAVED)).to_be_visible()
    assert read_samenvatting(page.context, page.url) == text


def test_who_saves_after_being_logged_out_gets_the_text_back_to_save_it(
    site: str, editor_password: str, open_: Any
) -> None:
    page, text = open_(11), new_text()
    url = page.url
    page.context.clear_cookies(name="sessionid")
    page.fill("#id_samenvatting", text)
    assert save(page).status == 403
    expect(page.get_by_role("link", name="Log in op een nieuw tabblad")).to_be_visible()
    log_in_again(site, page.context, editor_password)
    page.get_by_role("button", name="Bewaar mijn tekst").click()
    expect(page.locator("main")).to_contain_text("U hebt opnieuw ingelogd.")
    page.get_by_role("button", name="Bewaar mijn tekst").click()
    expect(page.locator("#id_samenvatting")).to_have_value(text)
    assert read_samenvatting(page.context, url) == text
