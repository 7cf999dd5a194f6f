"""Every page of the site in Chromium: accessible, within its width and without errors."""

from __future__ import annotations

import re
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tests.browser.axe import LOOKS, fits, judge, judge_in_each_look, show

pytestmark = pytest.mark.browser

PARTS = 6
EXTRA = [
    "/blauwdrukken/?zoek=Breda",
    "/blauwdrukken/?thema=scholing&thema=bestaatniet&regio=west-brabant",
    "/blauwdrukken/?regio=twente&fase=idee",
    "/blauwdrukken/?pagina=2",
    "/projecten/?status=verkend&pagina=1",
    "/regios/?zoek=Uden",
    "/regios/?zoek=Onbekendendam",
    "/beheer/login/",
]


def all_addresses(site: str) -> list[str]:
    sitemap = urllib.request.urlopen(f"{site}/sitemap.xml").read().decode()
    return sorted(urlsplit(url).path for url in re.findall(r"<loc>(.*?)</loc>", sitemap)) + EXTRA


def one_of_each_kind(urls: list[str]) -> set[str]:
    """The first address of each pattern of the urls, and every one with a query."""
    kinds = {url if "?" in url else resolve(url).route: url for url in reversed(urls)}
    return set(kinds.values())


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits(site: str, open_page: Any, part: int) -> None:
    """All pages fit at each width, and axe looks at all of them; at one of each kind in each width and theme."""
    page = open_page()
    everything = all_addresses(site)
    of_each = one_of_each_kind(everything)
    assert len(of_each) > 15
    for url in everything[part::PARTS]:
        page.goto(site + url)
        if url in of_each and not url.startswith("/beheer/"):
            judge_in_each_look(page)
            continue
        for width, theme in LOOKS:
            show(page, width, theme)
            assert fits(page), f"{url} at {width}"
        if not url.startswith("/beheer/"):
            judge(page)


@pytest.mark.parametrize(
    "address", ["/", "/blauwdrukken/", "/blauwdrukken/branchestraten/", "/regios/west-brabant/", "/begrippen/"]
)
def test_a_page_fits_at_400_percent_zoom(site: str, open_page: Any, address: str) -> None:
    page = open_page(320)
    page.goto(site + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", ["/bestaatniet/", "/blauwdrukken/?pagina=99"])
def test_an_error_page_is_accessible(site: str, chromium: Any, address: str) -> None:
    page = chromium.new_page()
    response = page.goto(site + address)
    assert response.status == 404
    judge(page)
    page.close()
