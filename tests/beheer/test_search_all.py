"""The search above the menu, through all lists of the back office."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from blauwdrukken.models import Begrip, Blauwdruk, Project, Synoniem, Thema, Verhaal
from kennisbank.models import Pagina, User
from regios.models import Regio
from tests.beheer.entries import GEHEIM, maak_stuk
from tests.beheer.people import beheer, client_van

ZOEK = "/beheer/zoek/"


def gevonden(client: Client, zoek: str) -> str:
    html = client.get(ZOEK, {"q": zoek}).content.decode()
    return html.split('role="search"')[1]


def test_one_search_finds_every_kind_of_entry(als: Any) -> None:
    client = als("Secretariaat")
    regio = Regio.objects.all()[0]
    for model in (Blauwdruk, Project, Verhaal, Pagina, Begrip, Synoniem, Thema):
        stuk = maak_stuk(model, "wiebeldrop", regio, woord="")
        zoek = "een" if model is Synoniem else "wiebeldrop"
        assert f'href="{beheer(stuk)}edit/{stuk.pk}/"' in gevonden(client, zoek)


def test_every_result_opens(als: Any) -> None:
    client = als("Regiocoördinator", Regio.objects.get(slug="zeeland"))
    adressen = set(re.findall(r'href="(/beheer/[^"]+)"', gevonden(client, "werk")))
    assert len(adressen) > 10
    assert {client.get(adres.replace("&amp;", "&")).status_code for adres in adressen} == {200}


def test_drafts_of_others_are_not_found(coordinator: User, secretaris: User) -> None:
    hier, daar = Regio.objects.filter(slug__in=["zeeland", "twente"]).order_by("-slug")
    for model in (Blauwdruk, Project, Verhaal):
        maak_stuk(model, "ander", daar, live=False)
        maak_stuk(model, "gewijzigd", daar, live=True)
        maak_stuk(model, "eigen", hier, live=False, woord="Eigenwoord")
    assert "Niets gevonden" in gevonden(client_van(coordinator), GEHEIM)
    assert GEHEIM not in gevonden(client_van(coordinator), "gewijzigd")
    assert gevonden(client_van(coordinator), "Eigenwoord").count("Eigenwoord eigen") == 3
    assert gevonden(client_van(secretaris), GEHEIM).count(f"{GEHEIM} ander") == 3


def test_an_organisation_finds_only_in_the_lists_it_has(als: Any) -> None:
    titel = Blauwdruk.objects.gepubliceerd()[0].titel
    html = gevonden(als("Werkgeversorganisatie"), titel)
    assert "Niets gevonden" in html
    assert "/snippets/blauwdrukken/blauwdruk/" not in html


def test_all_words_must_be_there_and_in_any_order(als: Any) -> None:
    Begrip.objects.create(term="Kwik", slug="kwik", voluit="Kwibus plof", uitleg="x")
    client = als("Secretariaat")
    assert "/begrip/" in gevonden(client, "plof kwibus")
    assert "/begrip/" not in gevonden(client, "plof kwibus nergens")


def test_what_has_the_words_in_its_title_comes_first(als: Any, maak_blauwdruk: Any) -> None:
    for nummer in range(6):
        maak_blauwdruk(titel=f"Aanpak {nummer}", samenvatting="Met een wiebeldrop.", live=False)
    maak_blauwdruk(titel="Zo werkt de wiebeldrop", live=False)
    html = gevonden(als("Secretariaat"), "wiebeldrop")
    assert html.index("Zo werkt de wiebeldrop") < html.index("Aanpak 0") < html.index("Aanpak 3")


def test_what_more_there_is_waits_in_the_list(als: Any, maak_blauwdruk: Any) -> None:
    client = als("Secretariaat")
    for _ in range(6):
        maak_blauwdruk(titel="Wiebeldrop", live=False)
    html = gevonden(client, "wiebeldrop")
    assert html.count(">Wiebeldrop</a>") == 5
    assert "Er is meer" in html
    lijst = f"{beheer(Blauwdruk)}?q=wiebeldrop"
    assert f'href="{lijst}"' in html
    assert client.get(lijst).context["items_count"] == 6


@pytest.mark.parametrize("zoek", ['"><script>alert(1)</script>', "%", "a\x00b", "  ", "é" * 5000])
def test_a_hostile_search_stays_text(als: Any, zoek: str) -> None:
    html = gevonden(als("Secretariaat"), zoek)
    assert "<script>alert" not in html
    if "script" in zoek:
        assert f'value="{escape(zoek)}"' in html


def test_the_number_of_queries_does_not_grow_with_rows(
    als: Any, maak_blauwdruk: Any, django_assert_num_queries: Any
) -> None:
    client = als("Secretariaat")
    maak_blauwdruk(titel="Wiebeldrop", live=False)
    gevonden(client, "wiebeldrop")
    for _ in range(3):
        maak_blauwdruk(titel="Wiebeldrop", live=False)
        with django_assert_num_queries(QUERIES):
            gevonden(client, "wiebeldrop")


QUERIES = 35
