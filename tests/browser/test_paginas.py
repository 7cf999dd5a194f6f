"""Every page of the site in Chromium: accessible, within its width and without errors."""

from __future__ import annotations

import re
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

DELEN = 6
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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


def alle_adressen(site: str) -> list[str]:
    sitemap = urllib.request.urlopen(f"{site}/sitemap.xml").read().decode()
    return sorted(urlsplit(adres).path for adres in re.findall(r"<loc>(.*?)</loc>", sitemap)) + EXTRA


@pytest.mark.parametrize("deel", range(DELEN))
@pytest.mark.parametrize("schema", ["light", "dark"])
@pytest.mark.parametrize("breedte", [1280, 390])
def test_every_page_is_accessible_and_fits(site: str, venster: Any, breedte: int, schema: str, deel: int) -> None:
    pagina = venster(breedte, schema)
    axe = Axe()
    adressen = alle_adressen(site)[deel::DELEN]
    assert len(adressen) > 10
    for adres in adressen:
        pagina.goto(site + adres)
        if not adres.startswith("/beheer/"):
            uitkomst = axe.run(pagina, options={"runOnly": {"type": "tag", "values": REGELS}})
            assert uitkomst.violations_count == 0, f"{adres}\n{uitkomst.generate_report()}"
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte, adres


@pytest.mark.parametrize(
    "adres", ["/", "/blauwdrukken/", "/blauwdrukken/branchestraten/", "/regios/west-brabant/", "/begrippen/"]
)
def test_a_page_fits_at_400_percent_zoom(site: str, venster: Any, adres: str) -> None:
    pagina = venster(320)
    pagina.goto(site + adres)
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("adres", ["/bestaatniet/", "/blauwdrukken/?pagina=99"])
def test_an_error_page_is_accessible(site: str, chromium: Any, adres: str) -> None:
    pagina = chromium.new_page()
    antwoord = pagina.goto(site + adres)
    assert antwoord.status == 404
    uitkomst = Axe().run(pagina, options={"runOnly": {"type": "tag", "values": REGELS}})
    pagina.close()
    assert uitkomst.violations_count == 0, uitkomst.generate_report()
