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
from tests.beheer.entries import SECRET, create_entry
from tests.beheer.people import beheer, client_of

SEARCH_URL = "/beheer/zoek/"


def found_html(client: Client, zoek: str) -> str:
    html = client.get(SEARCH_URL, {"q": zoek}).content.decode()
    return html.split('role="search"')[1]


def test_one_search_finds_every_kind_of_entry(client_as: Any) -> None:
    client = client_as("Secretariaat")
    regio = Regio.objects.all()[0]
    for model in (Blauwdruk, Project, Verhaal, Pagina, Begrip, Synoniem, Thema):
        entry = create_entry(model, "wiebeldrop", regio, word="")
        zoek = "een" if model is Synoniem else "wiebeldrop"
        assert f'href="{beheer(entry)}edit/{entry.pk}/"' in found_html(client, zoek)


def test_every_result_opens(client_as: Any) -> None:
    client = client_as("Regiocoördinator", Regio.objects.get(slug="zeeland"))
    urls = set(re.findall(r'href="(/beheer/[^"]+)"', found_html(client, "werk")))
    assert len(urls) > 10
    assert {client.get(url.replace("&amp;", "&")).status_code for url in urls} == {200}


def test_drafts_of_others_are_not_found(coordinator: User, secretary: User) -> None:
    here, daar = Regio.objects.filter(slug__in=["zeeland", "twente"]).order_by("-slug")
    for model in (Blauwdruk, Project, Verhaal):
        create_entry(model, "ander", daar, live=False)
        create_entry(model, "gewijzigd", daar, live=True)
        create_entry(model, "eigen", here, live=False, word="Eigenwoord")
    assert "Niets gevonden" in found_html(client_of(coordinator), SECRET)
    assert SECRET not in found_html(client_of(coordinator), "gewijzigd")
    assert found_html(client_of(coordinator), "Eigenwoord").count("Eigenwoord eigen") == 3
    assert found_html(client_of(secretary), SECRET).count(f"{SECRET} ander") == 3


def test_an_organisation_finds_only_in_the_lists_it_has(client_as: Any) -> None:
    titel = Blauwdruk.objects.published()[0].titel
    html = found_html(client_as("Werkgeversorganisatie"), titel)
    assert "Niets gevonden" in html
    assert "/snippets/blauwdrukken/blauwdruk/" not in html


def test_all_words_must_be_there_and_in_any_order(client_as: Any) -> None:
    Begrip.objects.create(term="Kwik", slug="kwik", voluit="Kwibus plof", uitleg="x")
    client = client_as("Secretariaat")
    assert "/begrip/" in found_html(client, "plof kwibus")
    assert "/begrip/" not in found_html(client, "plof kwibus nergens")


def test_what_has_the_words_in_its_title_comes_first(client_as: Any, create_blauwdruk: Any) -> None:
    for nummer in range(6):
        create_blauwdruk(titel=f"Aanpak {nummer}", samenvatting="Met een wiebeldrop.", live=False)
    create_blauwdruk(titel="Zo werkt de wiebeldrop", live=False)
    html = found_html(client_as("Secretariaat"), "wiebeldrop")
    assert html.index("Zo werkt de wiebeldrop") < html.index("Aanpak 0") < html.index("Aanpak 3")


def test_what_more_there_is_waits_in_the_list(client_as: Any, create_blauwdruk: Any) -> None:
    client = client_as("Secretariaat")
    for _ in range(6):
        create_blauwdruk(titel="Wiebeldrop", live=False)
    html = found_html(client, "wiebeldrop")
    assert html.count(">Wiebeldrop</a>") == 5
    assert "Er is meer" in html
    listing = f"{beheer(Blauwdruk)}?q=wiebeldrop"
    assert f'href="{listing}"' in html
    assert client.get(listing).context["items_count"] == 6


@pytest.mark.parametrize("zoek", ['"><script>alert(1)</script>', "%", "a\x00b", "  ", "é" * 5000])
def test_a_hostile_search_stays_text(client_as: Any, zoek: str) -> None:
    html = found_html(client_as("Secretariaat"), zoek)
    assert "<script>alert" not in html
    if "script" in zoek:
        assert f'value="{escape(zoek)}"' in html


def test_the_number_of_queries_does_not_grow_with_rows(
    client_as: Any, create_blauwdruk: Any, django_assert_num_queries: Any
) -> None:
    client = client_as("Secretariaat")
    create_blauwdruk(titel="Wiebeldrop", live=False)
    found_html(client, "wiebeldrop")
    for _ in range(3):
        create_blauwdruk(titel="Wiebeldrop", live=False)
        with django_assert_num_queries(QUERIES):
            found_html(client, "wiebeldrop")


QUERIES = 37
