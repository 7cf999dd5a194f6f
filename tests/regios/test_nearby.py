from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from blauwdrukken.models import Blauwdruk, Project, Thema
from blauwdrukken.nearby import Nearby
from regios.models import Regio


def regio(slug: str) -> Regio:
    return Regio.objects.get(slug=slug)


def add(titel: str, *slugs: str, thema: str = "", live: bool = True) -> Blauwdruk:
    blauwdruk = Blauwdruk(titel=titel, slug=titel.lower(), samenvatting="x", live=live)
    blauwdruk.regios = [regio(slug) for slug in slugs]
    if thema:
        blauwdruk.themas = [Thema.objects.get(slug=thema)]
    blauwdruk.save()
    return blauwdruk


def test_neighbours_see_each_other() -> None:
    for one in Regio.objects.prefetch_related("buren__buren"):
        assert one.buren.all(), one
        assert all(one in other.buren.all() for other in one.buren.all())
        assert one not in one.buren.all()


def test_one_region_further_is_neither_here_nor_next_door() -> None:
    zeeland = regio("zeeland")
    assert {buur.slug for buur in zeeland.buren.all()} == {"rijnmond", "west-brabant"}
    further = set(zeeland.een_regio_verder)
    assert regio("midden-brabant") in further
    assert not further & {zeeland, *zeeland.buren.all()}


def test_a_neighbour_shows_what_it_does_and_this_region_does_not() -> None:
    both = add("Samen", "zeeland", "rijnmond")
    for number in range(4):
        add(f"R{number}", "rijnmond")
    add("Concept", "rijnmond", live=False)
    rijnmond = next(row for row in Nearby(regio("zeeland")).buren if row.regio.slug == "rijnmond")
    own = Blauwdruk.objects.published().filter(regios=regio("rijnmond")).exclude(pk=both.pk).count()
    assert own >= 4
    assert (len(rijnmond.blauwdrukken), rijnmond.count, rijnmond.more) == (2, own, own - 2)
    assert both not in rijnmond.blauwdrukken


def test_a_blueprint_of_two_rings_counts_in_the_nearest() -> None:
    blauwdruk = add("Dichtbij", "rijnmond", "midden-brabant")
    nearby = Nearby(regio("zeeland"))
    assert blauwdruk in nearby.blauwdrukken_buren
    assert blauwdruk not in nearby.blauwdrukken_verder


def test_the_bars_of_a_theme_add_up_to_its_total() -> None:
    rows = Nearby(regio("midden-gelderland")).themas
    assert rows
    assert rows[0].longest == max(row.total for row in rows)
    for row in rows:
        assert sum(bar.width for bar in row.bars) == pytest.approx(100 * row.total / row.longest)
        assert row.bars[1].start == pytest.approx(row.bars[0].width)
        assert row.buren + row.verder <= row.total


def test_a_theme_of_the_region_itself_is_not_missing() -> None:
    missing = Nearby(regio("zeeland")).themas[0].thema
    add("Eigen", "zeeland", thema=missing.slug)
    assert missing not in [row.thema for row in Nearby(regio("zeeland")).themas]


def test_projects_next_door_come_before_those_further() -> None:
    for titel, slug in [
        ("Ver", "midden-brabant"),
        ("Naast", "rijnmond"),
        ("Eigen", "zeeland"),
        ("Concept", "rijnmond"),
    ]:
        project = Project(titel=titel, slug=titel.lower(), live=titel != "Concept")
        project.regios = [regio(slug)]
        project.save()
    rows = list(Nearby(regio("zeeland")).projecten)
    assert [row.is_buur for row in rows] == sorted((row.is_buur for row in rows), reverse=True)
    titles = [row.titel for row in rows]
    assert titles.index("Naast") < titles.index("Ver")
    assert not {"Eigen", "Concept"} & set(titles)


def test_the_map_of_a_region_shows_itself_its_neighbours_and_one_further(client: Client) -> None:
    page = html.fromstring(client.get("/regios/zeeland/").content)
    tiles = {a.get("href"): a.get("class").split()[0] for a in page.xpath("//figure[@class='buurtkaart']//a")}
    assert tiles["/regios/zeeland/"] == "eigen"
    assert tiles["/regios/rijnmond/"] == "buur"
    assert tiles["/regios/midden-brabant/"] == "verder"
    assert "/regios/groningen/" not in tiles


@pytest.mark.parametrize("slug", ["zeeland", "west-brabant", "groningen", "midden-gelderland"])
def test_each_count_of_the_signpost_leads_to_a_section(client: Client, slug: str) -> None:
    page = html.fromstring(client.get(f"/regios/{slug}/").content)
    targets = [a.get("href") for a in page.xpath("//ul[@class='wegwijzer']//a")]
    assert targets
    assert all(page.xpath(f"//*[@id='{target.removeprefix('#')}']") for target in targets)


def test_a_neighbour_with_projects_alone_is_not_said_to_have_nothing(client: Client) -> None:
    Blauwdruk.objects.all().delete()
    Project.objects.all().delete()
    for titel, slugs in [("Naast", ["rijnmond"]), ("Samen", ["rijnmond", "zeeland"]), ("Ver", ["haaglanden"])]:
        project = Project(titel=titel, slug=titel.lower(), live=True)
        project.regios = [regio(slug) for slug in slugs]
        project.save()
    nearby = Nearby(regio("zeeland"))
    assert {row.regio.slug: row.projecten for row in nearby.buren} == {"rijnmond": 1, "west-brabant": 0}
    assert [row.regio.slug for row in nearby.verder] == ["haaglanden"]
    page = client.get("/regios/zeeland/").content.decode()
    assert 'href="/projecten/?regio=rijnmond">1 project<' in page
    assert page.count("Nog niets in de kennisbank") == 1


def test_a_region_with_nothing_around_says_so(client: Client) -> None:
    Blauwdruk.objects.all().delete()
    Project.objects.all().delete()
    response = client.get("/regios/zeeland/").content.decode()
    assert "en de regio's eromheen staat nog geen blauwdruk" in " ".join(response.split())
    assert "Thema's waar u nog niets van hebt" not in response
    assert response.count("Nog niets in de kennisbank") == 2
