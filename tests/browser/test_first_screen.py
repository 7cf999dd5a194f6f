"""Where the answers stand on the page of a blueprint, measured on each."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

PARTS = (".oogopslag", ".inhoudsblok", ".neemmee", ".bladacties .kies")
BOTTOM = """parts => parts.map(part => Math.round(
    document.querySelector(part).getBoundingClientRect()[part === ".inhoudsblok" ? "top" : "bottom"] + scrollY))"""


# Each part of a picture: how far to the right it goes, and how its outline differs from what is behind it.
DRAWN = r"""() => {
  const rgb = colour => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = colour => rgb(colour).slice(0, 3)
    .map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = part => {
    for (let box = part.closest("svg").parentElement; box; box = box.parentElement) {
      const colour = getComputedStyle(box).backgroundColor;
      if (rgb(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll(".balk rect, .mensen use, .aandeel rect")].map(part => {
    const [one, other] = [light(getComputedStyle(part).stroke), light(ground(part))].sort((a, b) => b - a);
    return {right: part.getBoundingClientRect().right, contrast: (one + 0.05) / (other + 0.05)};
  });
}"""


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


@pytest.mark.browser
def test_no_column_beside_the_text_is_taller_than_the_screen(site: str, open_page: Any) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    tall: dict[int, int] = {}
    for nummer in range(1, 26):
        page.goto(f"{site}/b/{nummer}")
        heights = page.evaluate("[...document.querySelectorAll('.kant > *')].map(part => part.offsetHeight)")
        tall |= {nummer: sum(heights)} if sum(heights) > 800 else {}
    assert not tall


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("nummer", [1, 8, 11, 15, 17])
def test_its_pictures_fit_the_narrowest_screen_and_stand_out_from_their_ground(
    site: str, open_page: Any, nummer: int, scheme: str
) -> None:
    page = open_page(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page.goto(f"{site}/b/{nummer}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    drawn = page.evaluate(DRAWN)
    assert drawn
    assert not [part for part in drawn if part["contrast"] < 3 or part["right"] > 320]
