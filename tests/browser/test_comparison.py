"""Blueprints beside each other: how much fits on a screen and on a sheet of paper."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import fits

pytestmark = pytest.mark.browser
DRAWN = ["werkgeversraadpleging-drenthe", "drive-in-bioscoop", "mkb-ambassadeur-haaglanden", "scholing-voor-werkgevers"]
WORDY = ["persoonsgebonden-reintegratiebudget-in-breda-en-eindhoven", "less-risk-polis", "talentvol", "branchestraten"]
TALLEST = {2: 1400, 3: 1600, 4: 1600}  # pixels from the top of the page to the end of the facts, at 1280 wide
LAST = "Bij wie"  # the last question of the facts


def address(slugs: list[str]) -> str:
    return "/vergelijk/?" + "&".join(f"b={slug}" for slug in slugs)


def printed(page: Page) -> list[str]:
    """The words of each sheet of paper."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return [sheet.get_textpage().get_text_range() for sheet in document]


@pytest.mark.parametrize("slugs", [DRAWN, WORDY], ids=["with bars", "with many words"])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_facts_stand_together_on_a_screen_and_on_one_sheet(
    site: str, open_page: Any, slugs: list[str], count: int
) -> None:
    page = open_page()
    page.goto(site + address(slugs[:count]))
    box = page.locator(".feiten-naast").bounding_box()
    assert box["y"] + box["height"] < TALLEST[count]
    sheets = printed(page)
    assert len(sheets) == 1
    assert LAST in sheets[0]


def test_paper_has_the_facts_first_and_then_what_the_reader_opened(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site + address(WORDY[1:]))
    page.locator("summary", has_text="Leerpunten").click()
    first, *rest = printed(page)
    assert LAST in first
    assert "Leerpunten" not in first
    assert "Leerpunten" in rest[0]
    assert "Aandachtspunten" not in "".join(rest)


def test_columns_are_equally_wide_so_that_bars_share_a_scale(site: str, open_page: Any) -> None:
    page = open_page()
    page.goto(site + address(DRAWN))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        tracks = page.locator("#feit-kosten .spoor").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect().width)"
        )
        assert len(tracks) == 4
        assert max(tracks) - min(tracks) <= 1  # the line between columns


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_texts_are_opened_by_keyboard_and_stand_whole_at_320(site: str, open_page: Any, script: bool) -> None:
    page = open_page(320, java_script_enabled=script)
    page.goto(f"{site}{address(WORDY)}")
    text = page.locator("details", has=page.get_by_role("heading", name="Leerpunten", exact=True))
    text.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(text.get_by_role("heading", level=4).first).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Vouw alles open").click()
    expect(page.get_by_role("link", name="Vouw alles dicht")).to_be_visible()
    assert fits(page)
