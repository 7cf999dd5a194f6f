"""Where the answers stand on the page of a blueprint, measured on each."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

PARTS = (".oogopslag", ".inhoudsblok", ".neemmee", ".bladacties .kies")
BOTTOM = """parts => parts.map(part => Math.round(
    document.querySelector(part).getBoundingClientRect()[part === ".inhoudsblok" ? "top" : "bottom"] + scrollY))"""


def bottoms(page: Page, site: str, nummer: int) -> dict[str, int]:
    page.goto(f"{site}/b/{nummer}")
    return dict(zip(PARTS, page.evaluate(BOTTOM, PARTS), strict=True))


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height", "screens"), [(1280, 800, 1), (390, 844, 2)])
def test_the_strip_the_contents_and_what_to_take_along_are_seen_at_once(
    site: str, open_page: Any, width: int, height: int, screens: int
) -> None:
    page = open_page(viewport={"width": width, "height": height})
    below = {
        nummer: late
        for nummer in range(1, 26)
        if (late := {part: y for part, y in bottoms(page, site, nummer).items() if y > height * screens})
    }
    assert not below
