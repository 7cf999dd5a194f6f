"""Typed text survives what goes wrong around it: a slow save, a half row, no network, a session that ended."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sluit
from tests.browser.test_guard import LIJST, bewaar, iemand  # noqa: F401 (a fixture)

pytestmark = pytest.mark.browser

MELDING = ".footer__save-warning"
BEWAARD = ".w-autosave-indicator__state--saved"
# Types in the form just before the answer to the first save arrives.
TYP_TIJDENS_BEWAREN = """
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
TRAAG_ANTWOORD = """
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
def open_(site: str, iemand: Any) -> Any:  # noqa: F811
    """Open this blueprint in a browser of its own, until its form watches what is typed."""

    def open_formulier(nummer: int, script: str = "") -> Page:
        pagina: Page = iemand()
        kijkt = "document.addEventListener('w-unsaved:watch-edits', (e) => e.target.dataset.kijkt = '');"
        pagina.add_init_script(kijkt + script)
        pagina.goto(f"{site}{LIJST}edit/{nummer}/")
        pagina.locator("form[data-kijkt]").wait_for(state="attached")
        return pagina

    return open_formulier


def nieuw() -> str:
    return f"Getypt op {time.time()}."


def samenvatting(context: Any, adres: str) -> str:
    pagina = context.new_page()
    pagina.goto(adres)
    return str(pagina.locator("#id_samenvatting").input_value())


def log_weer_in(site: str, context: Any, wachtwoord: str) -> None:
    """Log in again, in another tab."""
    tab = context.new_page()
    tab.goto(f"{site}/beheer/login/")
    tab.fill("[name=login]", "redactie")
    tab.fill("[name=password]", wachtwoord)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/beheer/")
    tab.close()


def test_what_is_typed_while_a_save_is_on_its_way_is_saved_next(open_: Any) -> None:
    pagina, tekst = open_(7, TYP_TIJDENS_BEWAREN), nieuw()
    pagina.fill("#id_samenvatting", tekst)
    formulier = pagina.locator("#w-editor-form")
    with pagina.expect_response(lambda antwoord: antwoord.request.method == "POST" and "/edit/" in antwoord.url):
        pass
    expect(pagina.locator("#id_samenvatting")).to_have_value(f"{tekst} Net daarna getypt.")
    expect(formulier).to_have_attribute("data-w-unsaved-force-value", "true")
    expect(formulier).to_have_attribute("data-w-unsaved-force-value", "false")
    expect(formulier).to_have_attribute("data-w-unsaved-has-edits-value", "false")
    context, adres = pagina.context, pagina.url
    assert sluit(pagina) == []
    assert samenvatting(context, adres) == f"{tekst} Net daarna getypt."


def test_a_click_after_the_editor_saved_by_itself_is_no_clash_with_oneself(open_: Any) -> None:
    pagina, tekst = open_(12), nieuw()
    pagina.fill("#id_samenvatting", tekst)
    expect(pagina.locator(BEWAARD)).to_be_visible()
    pagina.fill("#id_samenvatting", f"{tekst} En nog iets.")
    assert bewaar(pagina).status == 302
    expect(pagina.locator("#id_samenvatting")).to_have_value(f"{tekst} En nog iets.")


def test_a_click_while_the_editor_saves_by_itself_waits_for_that(open_: Any) -> None:
    pagina, tekst = open_(12, TRAAG_ANTWOORD), nieuw()
    pagina.fill("#id_samenvatting", tekst)
    pagina.locator("html[data-onderweg]").wait_for(state="attached")
    assert bewaar(pagina).status == 302
    expect(pagina.locator("#id_samenvatting")).to_have_value(tekst)


def test_who_closes_the_tab_right_after_a_keystroke_is_warned(open_: Any) -> None:
    pagina = open_(7)
    pagina.locator("#id_samenvatting").press("x")
    assert sluit(pagina) == ["beforeunload"]


def test_a_half_row_is_named_and_nobody_leaves_without_a_warning(open_: Any) -> None:
    pagina, tekst = open_(8), nieuw()
    pagina.get_by_role("tab", name="Aanpak").click()
    rij = pagina.locator("#id_partijen-FORMS > *").count()
    pagina.locator("#id_partijen-ADD").click()
    pagina.select_option(f"[name=partijen-{rij}-rol]", index=1)
    pagina.get_by_role("tab", name="Kern").click()
    pagina.fill("#id_samenvatting", tekst)
    expect(pagina.locator(MELDING)).to_contain_text("nog niet bewaard. Kijk eerst naar: Partijen (organisatie).")
    bewaar(pagina)
    expect(pagina.locator("#id_samenvatting")).to_have_value(tekst)
    expect(pagina.locator(f"[name=partijen-{rij}-rol]")).not_to_have_value("")
    expect(pagina.locator("#w-editor-form")).to_have_attribute("data-w-unsaved-has-edits-value", "true")
    assert sluit(pagina) == ["beforeunload"]


def test_a_row_with_only_an_amount_is_kept_with_all_else(open_: Any) -> None:
    pagina, tekst = open_(8), nieuw()
    pagina.fill("#id_samenvatting", tekst)
    pagina.get_by_role("tab", name="Geld en afspraken").click()
    rij = pagina.locator("#id_kosten-FORMS > *").count()
    pagina.locator("#id_kosten-ADD").click()
    pagina.fill(f"[name=kosten-{rij}-bedrag_van]", "250")
    expect(pagina.locator(BEWAARD)).to_be_visible()
    expect(pagina.locator("#w-editor-form")).to_have_attribute("data-w-unsaved-has-edits-value", "false")
    context, adres = pagina.context, pagina.url
    assert sluit(pagina) == []
    ander = context.new_page()
    ander.goto(adres)
    expect(ander.locator("#id_samenvatting")).to_have_value(tekst)
    expect(ander.locator(f"[name=kosten-{rij}-bedrag_van]")).to_have_value(re.compile("^250"))


def test_without_network_the_text_waits_and_is_saved_when_it_is_back(open_: Any) -> None:
    pagina, tekst = open_(9), nieuw()
    pagina.context.set_offline(True)
    pagina.fill("#id_samenvatting", tekst)
    expect(pagina.locator(MELDING)).to_contain_text("probleem met de internetverbinding")
    pagina.context.set_offline(False)
    expect(pagina.locator(BEWAARD)).to_be_visible()
    assert samenvatting(pagina.context, pagina.url) == tekst


def test_who_was_logged_out_goes_on_after_logging_in_in_another_tab(site: str, wachtwoord: str, open_: Any) -> None:
    pagina, tekst = open_(10), nieuw()
    pagina.context.clear_cookies(name="sessionid")
    pagina.fill("#id_samenvatting", tekst)
    expect(pagina.locator(MELDING)).to_contain_text("U bent uitgelogd.")
    log_weer_in(site, pagina.context, wachtwoord)
    pagina.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # headless tabs are never hidden
    expect(pagina.locator(BEWAARD)).to_be_visible()
    assert samenvatting(pagina.context, pagina.url) == tekst


def test_who_saves_after_being_logged_out_gets_the_text_back_to_save_it(site: str, wachtwoord: str, open_: Any) -> None:
    pagina, tekst = open_(11), nieuw()
    adres = pagina.url
    pagina.context.clear_cookies(name="sessionid")
    pagina.fill("#id_samenvatting", tekst)
    assert bewaar(pagina).status == 403
    expect(pagina.get_by_role("link", name="Log in op een nieuw tabblad")).to_be_visible()
    log_weer_in(site, pagina.context, wachtwoord)
    pagina.get_by_role("button", name="Bewaar mijn tekst").click()
    expect(pagina.locator("main")).to_contain_text("U hebt opnieuw ingelogd.")
    pagina.get_by_role("button", name="Bewaar mijn tekst").click()
    expect(pagina.locator("#id_samenvatting")).to_have_value(tekst)
    assert samenvatting(pagina.context, adres) == tekst
