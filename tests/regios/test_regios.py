from __future__ import annotations

import pytest
from django.test import Client

from regios.map import make_map
from regios.models import Regio


@pytest.mark.parametrize(
    ("place", "regio"),
    [
        ("Breda", "west-brabant"),
        ("breda", "west-brabant"),
        ("Fryslan", "friesland"),
        ("Fryslân", "friesland"),
        ("Den Haag", "haaglanden"),
        ("Den Bosch", "noordoost-brabant"),
        ("Uden", "noordoost-brabant"),
        ("Weesp", "groot-amsterdam"),
        ("Food Valley", "foodvalley"),
        ("Stedendriehoek", "veluwe-stedendriehoek"),
    ],
)
def test_a_place_leads_to_its_region(place: str, regio: str) -> None:
    assert [found.slug for found in Regio.objects.at_place(place)] == [regio]


@pytest.mark.parametrize("place", ["", "Onbekendendam", "Bred"])
def test_an_unknown_place_leads_nowhere(place: str) -> None:
    assert not Regio.objects.at_place(place)


def test_utrecht_is_the_name_of_a_municipality_of_one_region() -> None:
    assert [r.slug for r in Regio.objects.at_place("Utrecht")] == ["midden-utrecht"]


def test_every_region_has_its_own_tile_with_its_count() -> None:
    zeeland = Regio.objects.get(slug="zeeland")
    kaart = make_map(Regio.objects.all(), {zeeland.pk: 4})
    assert len({tile.path for tile in kaart.tiles}) == 35
    assert {tile.regio.slug: tile.count for tile in kaart.tiles}["zeeland"] == 4
    assert [tile.colour_class for tile in kaart.tiles if tile.regio == zeeland] == ["n2"]


@pytest.mark.parametrize(
    ("count", "css_class"), [(0, "n0"), (1, "n1"), (2, "n1"), (3, "n2"), (7, "n2"), (8, "n3"), (99, "n3")]
)
def test_the_colour_of_a_tile_follows_the_legend(count: int, css_class: str) -> None:
    regio = Regio.objects.first()
    assert regio is not None
    assert make_map([regio], {regio.pk: count}).tiles[0].colour_class == css_class


def test_the_regions_page_finds_the_region_of_a_municipality(client: Client) -> None:
    assert "“Breda” hoort bij" in client.get("/regios/?zoek=Breda").content.decode()
    assert "We kennen geen gemeente of regio" in client.get("/regios/?zoek=Onbekendendam").content.decode()


def test_a_region_shows_its_blueprints_projects_and_municipalities(client: Client) -> None:
    html = client.get("/regios/west-brabant/").content.decode()
    assert "Branchestraten" in html
    assert "Roosendaal" in html
    assert "Voor heel Nederland" in html


def test_a_region_without_blueprints_leads_to_others_and_invites_to_write_one(client: Client) -> None:
    html = client.get("/regios/twente/").content.decode()
    assert "Om u heen gebeurt wel wat" in html
    assert "Beschrijf een aanpak van hier" in html


def test_a_busy_region_shows_ten_and_leads_to_the_rest(client: Client) -> None:
    from blauwdrukken.models import Blauwdruk

    twente = Regio.objects.get(slug="twente")
    for i in range(12):
        blauwdruk = Blauwdruk(titel=f"T{i}", slug=f"t{i}", samenvatting="x", live=True)
        blauwdruk.regios = [twente]
        blauwdruk.save()
    response = client.get("/regios/twente/")
    assert len(response.context["blauwdrukken"].rows) == 10
    assert "Toon alle 12 blauwdrukken" in response.content.decode()
