from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from blauwdrukken.models import Blauwdruk


def fetch_html(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def test_without_a_choice_all_blueprints_are_listed_newest_first(client: Client) -> None:
    response = client.get("/blauwdrukken/")
    dates = [b.described.first for b in response.context["blauwdrukken"] if b.described]
    assert dates == sorted(dates, reverse=True)
    assert "25 blauwdrukken" in response.content.decode()


def test_the_second_page_keeps_the_query(client: Client) -> None:
    html = fetch_html(client, "/blauwdrukken/?fase=lopend&fase=proef&sorteer=titel")
    assert "?fase=lopend&amp;fase=proef&amp;sorteer=titel&amp;pagina=2" in html


def test_titles_sort_from_a_to_z_whatever_their_case(client: Client, create_blauwdruk: Any) -> None:
    for titel in ("aab tweede", "AAA eerst", "AAC derde"):
        create_blauwdruk(titel=titel)
    response = client.get("/blauwdrukken/?sorteer=titel")
    titels = [b.titel for b in response.context["blauwdrukken"] if b.titel.lower().startswith("aa")]
    assert titels == ["AAA eerst", "aab tweede", "AAC derde"]


def test_a_search_puts_a_match_in_the_title_first(client: Client) -> None:
    response = client.get("/blauwdrukken/?zoek=scholing")
    assert "scholing" in response.context["blauwdrukken"][0].titel.lower()


def test_all_words_must_occur_and_else_the_best_partial_matches_are_shown_with_a_sentence(client: Client) -> None:
    together = client.get("/blauwdrukken/?zoek=werkgevers+bustour")
    assert [b.titel for b in together.context["blauwdrukken"]] == ["Bustour Amersfoort"]
    html = fetch_html(client, "/blauwdrukken/?zoek=bustour+xqzwvkkr")
    assert "Geen blauwdruk bevat al uw woorden" in html
    assert "Bustour Amersfoort" in strip_tags(html)
    assert "Het woord “xqzwvkkr” staat in geen enkele blauwdruk." in html


def test_a_municipality_leads_to_its_region_and_its_blueprints(client: Client) -> None:
    html = fetch_html(client, "/blauwdrukken/?zoek=Roosendaal")
    assert '<a href="/regios/west-brabant/">West-Brabant</a>' in html
    assert "Branchestraten" in html


def test_an_empty_result_offers_a_way_out(client: Client) -> None:
    html = fetch_html(client, "/blauwdrukken/?regio=twente&fase=idee")
    assert "Er is geen blauwdruk die bij al uw keuzes past" in html
    assert "Toon alle blauwdrukken" in html


def test_a_site_without_blueprints_says_so(client: Client) -> None:
    Blauwdruk.objects.update(live=False)
    assert "Er is nog geen blauwdruk gepubliceerd." in fetch_html(client, "/blauwdrukken/")
    assert "Er is nog geen blauwdruk gepubliceerd." in fetch_html(client, "/")


def test_options_that_give_nothing_are_shown_with_zero(client: Client) -> None:
    response = client.get("/blauwdrukken/?regio=west-brabant")
    fase = next(facet for facet in response.context["facetten"] if facet.parameter == "fase")
    assert {option.naam: option.count for option in fase.options}["Idee toen het werd opgeschreven"] == 0
    assert "Idee toen het werd opgeschreven" in response.content.decode()


def test_nation_wide_is_a_choice_among_the_regions(client: Client) -> None:
    response = client.get("/blauwdrukken/?regio=landelijk")
    assert [b.titel for b in response.context["blauwdrukken"]] == ["NLWerktDoor"]


@pytest.mark.parametrize("pagina", ["0", "-1", "1000000000", "twee", "9" * 5000])
def test_a_page_that_does_not_exist_is_a_404_in_dutch(client: Client, pagina: str) -> None:
    response = client.get("/blauwdrukken/", {"pagina": pagina})
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.content.decode()
