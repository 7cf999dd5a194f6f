"""What people come for, from the start page to the answer: counted in clicks, by mouse and by keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE

pytestmark = pytest.mark.browser

MOST_TABS = 120
HAS_FOCUS = "element => element === document.activeElement"
SCREENS = "element => element.getBoundingClientRect().bottom / innerHeight + scrollY / innerHeight"


@dataclass
class Visitor:
    """Somebody with a page who activates one thing after another; `clicks` counts how many."""

    page: Page
    by_keyboard: bool = False
    clicks: int = field(default=0, init=False)

    def activate(self, target: Locator, key: str = "Enter") -> None:
        """Click on this, or Tab to it and press the key."""
        self.clicks += 1
        if not self.by_keyboard:
            target.click()
            return
        self.tab_to(target)
        self.page.keyboard.press(key)

    def follow(self, target: Locator) -> None:
        """Activate what leads to another page, and wait for that page."""
        with self.page.expect_navigation(timeout=PATIENCE * 1000):
            self.activate(target)

    def tab_to(self, target: Locator) -> None:
        for _ in range(MOST_TABS):
            if target.evaluate(HAS_FOCUS):
                assert target.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"no focus on {target} within {MOST_TABS} tabs")

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=name).first


HOW = pytest.mark.parametrize("plain", [False, True], ids=["mouse and script", "keyboard without script"])


def visitor(open_page: Any, site: str, plain: bool, width: int = 1280) -> Visitor:
    """Somebody on the start page; without script and mouse when `plain`."""
    page = open_page(width, java_script_enabled=not plain)
    page.goto(site)
    return Visitor(page, by_keyboard=plain)


@HOW
def test_a_coordinator_finds_what_is_for_refugees_and_below_an_amount(site: str, open_page: Any, plain: bool) -> None:
    who = visitor(open_page, site, plain)
    who.follow(who.link("Statushouders aan het werk"))
    who.activate(who.page.locator("#facet-kosten_deelnemer > summary"))
    group = who.page.locator("#facet-kosten_deelnemer")
    if plain:
        who.tab_to(group.get_by_label("Maakt niet uit"))
        while not group.get_by_label("Hoogstens € 5.000").is_checked():
            who.page.keyboard.press("ArrowDown")
        who.follow(who.page.get_by_role("button", name="Toon resultaten"))
    else:
        who.activate(group.get_by_text("Hoogstens € 5.000"))
    who.page.wait_for_url("**kosten_deelnemer=tot-5000**")
    row = who.page.locator(".resultaat").first
    expect(row).to_contain_text("€ 500 tot € 1.000 per deelnemer")
    who.follow(row.get_by_role("link").first)
    expect(who.page.get_by_role("heading", level=1)).to_have_text("Less Risk Polis")
    assert who.clicks <= 4


@HOW
def test_a_coordinator_of_a_region_with_nothing_sees_what_the_neighbours_do(
    site: str, open_page: Any, plain: bool
) -> None:
    who = visitor(open_page, site, plain)
    if plain:
        who.tab_to(who.page.get_by_label("Bij welke regio hoort uw gemeente?"))
        who.page.keyboard.type("Goes")
        who.follow(who.page.locator("main form", has_text="gemeente").get_by_role("button"))
        who.follow(who.link("Zeeland"))
    else:
        who.follow(who.page.locator(".regiokaart a", has_text="Zeeland"))
    who.activate(who.link("blauwdrukken bij uw 2 buren"))
    expect(who.page.get_by_role("heading", name="Wat doen uw buren?")).to_be_in_viewport()
    west = who.page.get_by_role("row", name="West-Brabant").first
    expect(west.get_by_role("link", name="Branchestraten")).to_be_visible()
    assert who.clicks <= (3 if plain else 2)


def test_a_coordinator_compares_three_and_takes_one_sheet_along(site: str, open_page: Any) -> None:
    who = visitor(open_page, site, plain=False)
    who.follow(who.link("Bekijk alle 25 blauwdrukken"))
    titles = []
    for number in range(3):
        row = who.page.locator(".resultaat").nth(number)
        titles.append(row.get_by_role("heading").inner_text())
        who.activate(row.get_by_role("button"))
        expect(row.get_by_role("button")).to_contain_text("Gekozen")
    who.follow(who.page.get_by_role("region", name="Uw keuze").get_by_role("link", name="Vergelijk"))
    assert who.clicks == 5
    sheets = [sheet.get_textpage().get_text_range() for sheet in printed(who.page)]
    assert len(sheets) == 1
    assert all(title.split()[0] in sheets[0] for title in titles)


def printed(page: Page) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))


def test_an_employer_organisation_finds_its_own_part_and_whom_to_ask(site: str, open_page: Any) -> None:
    who = visitor(open_page, site, plain=False)
    who.follow(who.link("Kandidaten en werkgevers bij elkaar brengen"))
    who.follow(who.page.locator(".resultaat h3 a").first)
    for name, heading in (
        ("Rol van werkgeversorganisaties", "Wat kunnen werkgeversorganisaties zelf doen?"),
        ("Wie kunt u vragen?", "Wie kunt u vragen?"),
    ):
        contents = who.page.get_by_role("navigation", name="Op deze pagina")
        who.activate(contents.get_by_role("link", name=name))
        expect(who.page.get_by_role("heading", name=heading, exact=True)).to_be_in_viewport()
        who.page.goto(who.page.url.split("#")[0])
    assert who.clicks <= 4


def test_a_reader_on_a_phone_sees_an_outcome_takes_it_along_and_reads_what_fell_short(
    site: str, open_page: Any
) -> None:
    who = visitor(open_page, site, plain=False, width=390)
    who.follow(who.page.locator(".uitgelicht").get_by_role("link").first)
    strip = who.page.locator(".oogopslag")
    expect(strip).to_contain_text("Uitkomst")
    assert strip.evaluate(SCREENS) <= 2
    assert who.page.get_by_role("link", name="PDF").first.evaluate(SCREENS) <= 2
    who.follow(who.page.get_by_role("contentinfo").get_by_role("link", name="Wat tegenviel"))
    who.follow(who.page.get_by_role("navigation", name="Kies een thema").get_by_role("link", name="Scholing"))
    expect(who.page.get_by_role("article").first.get_by_role("heading", name="Leerpunten")).to_be_visible()
    assert who.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert who.clicks == 3


SHORT = ["/themas/leerwerkloket/", "/bundel/", "/programmas/", "/themas/"]


@pytest.mark.parametrize("height", [800, 1600])
def test_the_foot_of_a_page_stands_at_its_end(site: str, open_page: Any, height: int) -> None:
    page = open_page()
    page.set_viewport_size({"width": 1280, "height": height})
    for address in SHORT:
        page.goto(site + address)
        bottom = page.locator(".paginavoet").evaluate("foot => foot.getBoundingClientRect().bottom")
        assert abs(page.evaluate("document.documentElement.scrollHeight") - bottom) < 1, address


PAGES = ["/over/", "/maak-je-eigen-blauwdruk/", "/begrippen/", "/themas/", "/themas/scholing/", "/programmas/"]
PAGES += [
    "/programmas/pact-brabant/",
    "/verhalen/kachelwinkel-geeft-mensen-een-kans/",
    "/projecten/servicepunt-techniek/",
]
# The right edge of the text in the upper part of the page, as a part of the width that there is for it.
FILLED = """() => {
  const wrap = document.querySelector('main .wrap.hoofd').getBoundingClientRect();
  const edges = [...document.querySelectorAll('main .hoofd :is(p, li, dd, h2, h3)')]
    .map((element) => { const range = document.createRange(); range.selectNodeContents(element); return range; })
    .map((range) => Math.max(0, ...[...range.getClientRects()].filter((r) => r.top < 1600).map((r) => r.right)));
  return (Math.max(...edges) - wrap.left) / wrap.width;
}"""


def test_no_page_leaves_its_right_third_empty(site: str, open_page: Any) -> None:
    page = open_page()
    filled = {}
    for address in PAGES:
        page.goto(site + address)
        filled[address] = page.evaluate(FILLED)
    assert {address: part for address, part in filled.items() if part < 0.7} == {}


MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
PRINTED = {"/regios/": 1, "/regios/zeeland/": 3, "/themas/": 1, "/over/": 2, "/programmas/": 1}


def test_paper_says_where_it_is_from_and_wastes_no_sheet(site: str, open_page: Any) -> None:
    page = open_page()
    sheets = {}
    for address in PRINTED:
        page.goto(site + address)
        document = pypdfium2.PdfDocument(page.pdf(format="A4", margin=MARGIN))
        words = [sheet.get_textpage().get_text_range() for sheet in document]
        assert address in words[-1].replace("\r\n", ""), address
        assert not {"Hoofdmenu", "Zelf aan de slag"} & set("\n".join(words).splitlines())
        sheets[address] = len(words)
    assert all(sheets[address] <= most for address, most in PRINTED.items()), sheets
