from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape, strip_tags

from blauwdrukken.models import Blauwdruk, Kostenpost, Organisatie, Partij, Project
from blauwdrukken.secties import SECTIES, TEXT_FIELDS, Groep


def html_of(client: Client, nummer: int) -> str:
    return client.get(f"/b/{nummer}", follow=True).content.decode()


def visible_words(html: str) -> str:
    return " ".join(strip_tags(html).split())


@pytest.mark.parametrize("nummer", range(1, 26))
def test_every_filled_section_is_on_the_page_by_the_parts_of_the_format(client: Client, nummer: int) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=nummer)
    html = html_of(client, nummer)
    parts = [*Groep]
    filled = sorted((f.sectie for f in blauwdruk.filled_secties()), key=lambda sectie: parts.index(sectie.groep))
    anchors = [sectie.anker for sectie in filled]
    assert [anchor for anchor in re.findall(r'<h2 id="([\w-]+)">', html) if anchor in anchors] == anchors
    for field in TEXT_FIELDS:
        assert visible_words(getattr(blauwdruk, field)) in visible_words(html)


def test_headings_are_those_of_the_format(client: Client) -> None:
    html = html_of(client, 4).replace("\N{SOFT HYPHEN}", "")
    assert all(escape(s.kop) in html for s in SECTIES if getattr(Blauwdruk.objects.get(nummer=4), s.veld))


def test_facts_costs_parties_and_documents_are_shown(client: Client) -> None:
    html = visible_words(html_of(client, 1))
    assert "€ 2.750" in html.replace("\xa0", " ").replace("&nbsp;", " ")
    assert "Opdrachtnemer" in html
    assert "USG Restart" in html
    assert "Projectplan Co-workers in de Achterhoek" in html
    assert "8 juni 2021" in html
    assert "geen rechten" in html


def test_what_is_not_known_is_said(client: Client, create_blauwdruk: Any) -> None:
    html = visible_words(html_of(client, 2))
    assert "Niet genoemd in de bron" in html
    assert "Wat ontbreekt of onzeker is" in html
    create_blauwdruk(slug="zonder-datum")
    undated = visible_words(client.get("/blauwdrukken/zonder-datum/").content.decode())
    assert "Wanneer dit is opgeschreven, is niet bekend." in undated
    assert "Idee, datum onbekend" in undated


def test_executions_are_listed_with_their_regions(client: Client) -> None:
    html = html_of(client, 4)
    project = Blauwdruk.objects.get(nummer=4).projecten.first()
    assert project.get_absolute_url() in html
    assert "Waar toegepast" in html


def test_an_abbreviation_is_explained_once(client: Client) -> None:
    html = html_of(client, 1)
    assert html.count('<abbr title="Werkgeversservicepunt">') == 1


def test_an_almost_empty_blueprint_is_a_tidy_page(client: Client, create_blauwdruk: Any) -> None:
    empty = create_blauwdruk()
    html = client.get(empty.get_absolute_url()).content.decode()
    assert "Kerncijfers" not in html
    assert "Waar toegepast" not in html
    assert "Verwante blauwdrukken" not in html
    assert "<table" not in html


def test_hostile_text_comes_out_as_text(client: Client, create_blauwdruk: Any) -> None:
    hostile = '<script>alert("x")</script>'
    blauwdruk = create_blauwdruk(
        titel=hostile, samenvatting=hostile, toelichting=hostile, doel=f"<p>{hostile}</p>", stand=hostile
    )
    organisatie = Organisatie.objects.create(naam=hostile)
    Partij.objects.create(blauwdruk=blauwdruk, rol=Partij.Rol.ANDERS, organisatie=organisatie, toelichting=hostile)
    Kostenpost.objects.create(blauwdruk=blauwdruk, omschrijving=hostile, toelichting=hostile)
    Project.objects.create(titel=hostile, slug="kwaad", doel=hostile, resultaat=hostile, blauwdruk=blauwdruk, live=True)
    for url in (blauwdruk.get_absolute_url(), "/blauwdrukken/", "/projecten/kwaad/", f"/blauwdrukken/?zoek={hostile}"):
        assert "<script>alert" not in client.get(url).content.decode()


def test_an_organisation_with_a_website_is_a_link(client: Client, create_blauwdruk: Any) -> None:
    blauwdruk = create_blauwdruk()
    organisatie = Organisatie.objects.create(naam="Met site", website="https://voorbeeld.nl/")
    Partij.objects.create(blauwdruk=blauwdruk, rol=Partij.Rol.ADVISEUR, organisatie=organisatie)
    assert '<a href="https://voorbeeld.nl/">Met site</a>' in client.get(blauwdruk.get_absolute_url()).content.decode()
