"""The editor around its fields: preview, planning, who else is there, going back, and the keyboard."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_beheer import LIST_URL
from tests.browser.test_guard import save

pytestmark = pytest.mark.browser

# Whether something of what has the focus can be seen, and is not below a bar that stays in its place.
IN_SIGHT = """() => {
  const veld = document.activeElement;
  const vak = veld.getBoundingClientRect();
  const punten = [[0.5, 0.5], [0.05, 0.1], [0.95, 0.1], [0.05, 0.9], [0.95, 0.9]];
  return punten.some(([x, y]) => {
    const op = document.elementFromPoint(vak.left + vak.width * x, vak.top + vak.height * y);
    return op && (veld.contains(op) || [...(veld.labels ?? [])].some((label) => label.contains(op)));
  });
}"""


def open_form(page: Page, site: str, nummer: int) -> None:
    """Open the form, until all its editors have taken their place."""
    page.goto(f"{site}{LIST_URL}edit/{nummer}/")
    texts = page.locator("[data-draftail-input]").count()
    expect(page.locator(".public-DraftEditor-content")).to_have_count(texts)


def open_panel(page: Page, name: str) -> Any:
    page.locator(f"[data-side-panel-toggle={name}]").click()
    return page.locator(f"[data-side-panel={name}]")


def test_a_preview_shows_what_is_not_saved_at_the_width_of_each_device_and_as_pdf(
    site: str,
    beheer: Any,
) -> None:
    open_form(beheer, site, 13)
    voorbeeld = open_panel(beheer, "preview")
    frame = beheer.frame_locator("iframe[id*=preview-iframe]")
    frame.locator("h1").wait_for()
    beheer.fill("#id_samenvatting", "Alleen nog op het scherm.")
    expect(frame.locator("main")).to_contain_text("Alleen nog op het scherm.")
    for width in ("375", "768", "1280"):
        voorbeeld.locator(f"[data-device-width='{width}']").check(force=True)
        expect(beheer.locator("iframe[id*=preview-iframe]")).to_have_js_property("offsetWidth", int(width))
    beheer.select_option("#id_preview_mode", "pdf")
    frame.get_by_role("link", name=re.compile("PDF")).wait_for()


def test_the_secretariat_chooses_the_moment_of_publication_in_the_editor(
    site: str,
    beheer: Any,
) -> None:
    open_form(beheer, site, 14)
    status = open_panel(beheer, "status")
    status.get_by_role("button", name="Plan", exact=True).click()
    dialog = beheer.get_by_role("dialog")
    year = datetime.now(UTC).year + 1
    beheer.fill("#id_expire_at", f"01-07-{year} 09:00")
    beheer.locator(".xdsoft_datetimepicker:visible").wait_for()
    beheer.keyboard.press("Tab")
    with beheer.expect_navigation():
        dialog.get_by_role("button", name="Bewaar planning").click()
    beheer.locator("[data-side-panel-toggle=status]").wait_for()
    expect(beheer.locator("#id_expire_at")).to_have_value(f"01-07-{year} 09:00")


def test_a_change_of_text_and_of_a_choice_is_readable_in_the_comparison(site: str, beheer: Any) -> None:
    open_form(beheer, site, 16)
    beheer.fill("#id_samenvatting", "Een heel andere zin.")
    thema = beheer.locator("[name=themas]:not(:checked)").first
    thema.check()
    save(beheer)
    beheer.goto(f"{site}{LIST_URL}history/16/revisions/compare/earliest...latest/")
    expect(beheer.locator(".addition", has_text="heel andere")).to_be_visible()
    assert beheer.locator("main .comparison .addition, main table .addition").count() > 1


def test_at_400_percent_zoom_nothing_hides_what_has_the_focus(site: str, beheer: Any) -> None:
    beheer.set_viewport_size({"width": 320, "height": 256})
    beheer.emulate_media(reduced_motion="reduce")
    open_form(beheer, site, 17)
    beheer.locator("#id_titel").focus()
    for _ in range(25):
        beheer.keyboard.press("Tab")
        assert beheer.evaluate("document.documentElement.scrollWidth") <= 320
        assert is_in_sight(beheer), beheer.evaluate("document.activeElement.outerHTML")


def is_in_sight(page: Page) -> bool:
    """Whether the focus is in sight, as soon as the page has scrolled to it."""
    for _ in range(20):
        if page.evaluate(IN_SIGHT):
            return True
        page.evaluate("new Promise((klaar) => requestAnimationFrame(() => setTimeout(klaar, 50)))")
    return False


def tab_until(page: Page, chooser: str, times: int = 120) -> None:
    """Press Tab until this has the focus."""
    for _ in range(times):
        if page.evaluate("kiezer => document.activeElement.matches(kiezer)", chooser):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {chooser}")


def test_a_blueprint_is_written_and_sent_in_by_keyboard_alone(site: str, beheer: Any) -> None:
    keyboard = beheer.keyboard
    beheer.goto(f"{site}{LIST_URL}add/")
    beheer.locator(".public-DraftEditor-content").first.wait_for(state="attached")
    tab_until(beheer, "#id_titel")
    keyboard.type("Alleen met toetsen")
    tab_until(beheer, "#id_samenvatting")
    keyboard.type("Zonder muis geschreven.")
    tab_until(beheer, "#id_regios_0")
    keyboard.press("Space")
    tab_until(beheer, "#id_contactorganisatie-chooser [data-chooser-action-choose]")
    keyboard.press("Enter")
    beheer.get_by_role("dialog").locator("input[name=q]").wait_for()
    tab_until(beheer, "[role=dialog] input[name=q]", 20)
    keyboard.type("hortus")
    expect(beheer.get_by_role("dialog").locator("a[data-chooser-modal-choice]")).to_have_count(1)
    tab_until(beheer, "a[data-chooser-modal-choice]", 20)
    keyboard.press("Enter")
    expect(beheer.locator("#id_contactorganisatie-chooser")).to_contain_text("Hortus Botanicus")
    beheer.get_by_role("tab", name="Kern").focus()
    for _ in range(3):
        keyboard.press("ArrowRight")
    tab_until(beheer, "#id_kosten-ADD")
    keyboard.press("Enter")
    tab_until(beheer, "#id_kosten-0-omschrijving")
    keyboard.type("Toetsenbord")
    tab_until(beheer, "footer button[type=submit]:not([name])")
    with beheer.expect_navigation():
        keyboard.press("Enter")
    expect(beheer.locator("#id_titel")).to_have_value("Alleen met toetsen")
    expect(beheer.locator("[name=kosten-0-omschrijving]")).to_have_value("Toetsenbord")
    tab_until(beheer, "footer [data-w-dropdown-target=toggle]", 400)
    keyboard.press("Enter")
    tab_until(beheer, "[name=action-submit]", 20)
    with beheer.expect_navigation():
        keyboard.press("Enter")
    expect(beheer.locator(".messages .success")).to_be_visible()
