"""The list of themes, and one theme with where it is used and for whom."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from blauwdrukken.models import Blauwdruk, Doelgroep, Thema
from regios.models import Regio


def main_of(client: Client, address: str) -> html.HtmlElement:
    return html.fromstring(client.get(address).content).xpath("//main")[0]


def add(titel: str, *regios: str, live: bool = True) -> None:
    blauwdruk = Blauwdruk(titel=titel, slug=titel.lower(), samenvatting="x", live=live)
    blauwdruk.themas = [Thema.objects.get(slug="scholing")]
    blauwdruk.regios = [Regio.objects.get(slug=slug) for slug in regios]
    blauwdruk.doelgroepen = [Doelgroep.objects.get(slug="werkgevers")]
    blauwdruk.save()


def test_what_is_no_subject_or_has_nothing_is_no_tile_but_can_be_found(client: Client) -> None:
    Blauwdruk.objects.all().delete()
    add("Leren")
    main = main_of(client, "/themas/")
    assert [a.text for a in main.xpath(".//ul[@class='themarooster']//h2/a")] == ["Scholing"]
    below = main.xpath(".//p/a/@href")
    assert "/themas/anders/" in below
    assert len(below) == Thema.objects.count() - 1


def test_a_theme_tells_where_and_for_whom_it_is_used(client: Client) -> None:
    Blauwdruk.objects.all().delete()
    add("Leren", "zeeland", "drenthe")
    add("Concept", "twente", live=False)
    aside = main_of(client, "/themas/scholing/").xpath(".//aside")[0]
    assert "Drenthe, Zeeland" in aside.text_content()
    assert len(aside.xpath(".//path[@class='gekozen']")) == 2
    ways = aside.xpath(".//a/@href")
    assert "/blauwdrukken/?thema=scholing&doelgroep=werkgevers" in ways
    assert "/wat-tegenviel/?thema=scholing" in ways


@pytest.mark.parametrize("slug", ["scholing", "leerwerkloket"])
def test_every_way_on_from_a_theme_leads_somewhere(client: Client, slug: str) -> None:
    for address in main_of(client, f"/themas/{slug}/").xpath(".//aside//a/@href"):
        assert client.get(address).status_code == 200
