"""What was approved once is no longer judged, but whatever looks different is."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.axe import judge

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="nl"><title>Proef</title>
<main style="{main}"><h1>Proef</h1><p class="tekst" style="{text}">Een zin om te lezen.</p>{rest}</main>"""


def show(page: Page, main: str = "", text: str = "", rest: str = "") -> Page:
    page.set_content(PAGE.format(main=main, text=text, rest=rest))
    return page


@pytest.mark.parametrize(
    "fault",
    [
        {"text": "color: #aaa"},
        {"main": "background: #666"},
        {"text": "opacity: 0.4"},
        {"text": "background: #222"},
        {"rest": "<p style='color: #bbb'>Nog een zin.</p>"},
        {"rest": "<img src='data:,'>"},
    ],
    ids=str,
)
def test_a_fault_is_seen_after_the_same_page_was_approved(chromium: Any, fault: dict[str, str]) -> None:
    page = chromium.new_page()
    judge(show(page))
    judge(show(page))
    for _ in range(2):  # what was not approved is judged again
        with pytest.raises(AssertionError, match=r"color-contrast|image-alt"):
            judge(show(page, **fault))
    page.close()


def test_colours_only_asks_of_colours(chromium: Any) -> None:
    page = chromium.new_page()
    judge(show(page, rest="<img src='data:,'>"), colours_only=True)
    with pytest.raises(AssertionError, match="color-contrast"):
        judge(show(page, text="color: #ccc"), colours_only=True)
    page.close()
