from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from blauwdrukken.models import Blauwdruk, Thema
from blauwdrukken.secties import TEXT_FIELDS
from regios.models import Regio

LIST_URL = "/api/v1/blauwdrukken"
QUERIES = {
    LIST_URL: 2,
    f"{LIST_URL}?zoek=scholing&thema=matching&thema=scholing&fase=lopend": 8,
    f"{LIST_URL}/branchestraten": 11,
    "/api/v1/projecten": 12,
    "/api/v1/regios": 3,
    "/api/v1/themas": 1,
    "/api/v1/programmas": 2,
    "/blauwdrukken.atom": 2,
}


@pytest.mark.parametrize(
    "query", ["", "?zoek=scholing", "?thema=matching&fase=lopend", "?regio=west-brabant", "?sorteer=titel&pagina=2"]
)
def test_the_list_holds_what_the_page_holds_in_the_same_order(client: Client, query: str) -> None:
    page = client.get(f"/blauwdrukken/{query}").context
    data = client.get(f"{LIST_URL}{query}").json()
    assert data["aantal"] == page["paginator"].count
    assert [b["slug"] for b in data["resultaten"]] == [b.slug for b in page["page_obj"]]
    assert {name: {o["slug"]: o["aantal"] for o in options} for name, options in data["facetten"].items()} == {
        facet.parameter: {option.value: option.count for option in facet.options} for facet in page["facetten"]
    }


def test_following_the_next_page_gives_every_blueprint_once(client: Client) -> None:
    slugs, url = [], f"{LIST_URL}?sorteer=titel"
    while url:
        data = client.get(url).json()
        slugs += [b["slug"] for b in data["resultaten"]]
        url = data["volgende"]
    assert sorted(slugs) == sorted(Blauwdruk.objects.published().values_list("slug", flat=True))
    assert data["vorige"] == f"http://127.0.0.1:8000{LIST_URL}?sorteer=titel&pagina=1"


def test_one_blueprint_tells_all_its_sections_and_rows(client: Client) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    data = client.get(f"{LIST_URL}/{blauwdruk.slug}").json()
    assert {field: sectie["html"] for field, sectie in data["secties"].items()} == {
        field: getattr(blauwdruk, field) for field in TEXT_FIELDS if getattr(blauwdruk, field)
    }
    assert [(p["rol"], p["organisatie"]) for p in data["partijen"]] == [
        (p.rol, p.organisatie.naam) for p in blauwdruk.partijen.all()
    ]
    assert len(data["kosten"]) == blauwdruk.kosten.count()
    assert data["url"] == f"http://127.0.0.1:8000/blauwdrukken/{blauwdruk.slug}/"


def test_projects_regions_and_themes_are_complete(client: Client) -> None:
    assert client.get("/api/v1/projecten").json()["aantal"] == 67
    regios = client.get("/api/v1/regios").json()
    assert len(regios) == Regio.objects.count() == 35
    assert sum(len(regio["gemeenten"]) for regio in regios) == 342
    themas = {thema["slug"]: thema["aantal"] for thema in client.get("/api/v1/themas").json()}
    assert themas == {
        thema.slug: Blauwdruk.objects.published().filter(themas=thema).count() for thema in Thema.objects.all()
    }


@pytest.mark.parametrize(
    ("query", "status", "word"),
    [
        ("?fase=bestaat-niet", 400, "bestaat-niet"),
        ("?onbekend=1", 400, "onbekend"),
        ("?sorteer=willekeurig", 400, "willekeurig"),
        ("?pagina=0", 404, "pagina"),
        ("?pagina=x", 400, "geheel getal"),
        ("?pagina=999999999999", 404, "pagina"),
        ("/bestaat-niet", 404, "bestaat niet"),
    ],
)
def test_what_the_filters_do_not_know_is_refused_with_a_sentence(
    client: Client, query: str, status: int, word: str
) -> None:
    response = client.get(f"{LIST_URL}{query}")
    assert response.status_code == status
    assert word in response.json()["fout"]


@given(st.dictionaries(st.sampled_from(["zoek", "thema", "regio", "sorteer", "pagina", "x"]), st.text(max_size=30)))
@settings(max_examples=60)
def test_no_query_is_an_error_of_ours(query: dict[str, str]) -> None:
    for url in (LIST_URL, "/api/v1/projecten"):
        response = Client().get(url, query)
        assert response.status_code in (200, 400, 404)
        assert ("resultaten" in response.json()) is (response.status_code == 200)
        assert ("fout" in response.json()) is (response.status_code != 200)
    feed = Client().get("/blauwdrukken.atom", query)
    assert feed.status_code in (200, 400, 404)
    assert b"<h1>" in feed.content or etree.fromstring(feed.content).tag == "{http://www.w3.org/2005/Atom}feed"


def test_nothing_can_be_written(client: Client) -> None:
    for method in (client.post, client.put, client.patch, client.delete):
        response = method(LIST_URL)
        assert response.status_code == 405
        assert response.json()["fout"]


def test_any_website_may_read_it_and_no_cookie_is_set(client: Client) -> None:
    response = client.get(LIST_URL)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies


def test_drafts_are_in_no_answer(client: Client, hidden_word: str) -> None:
    for url in (
        LIST_URL,
        f"{LIST_URL}?zoek={hidden_word}",
        "/api/v1/projecten",
        "/blauwdrukken.atom",
        "/api/v1/themas",
    ):
        assert hidden_word not in client.get(url).content.decode().replace(f"zoek={hidden_word}", "")
    for slug in (f"concept-{hidden_word}", f"verlopen-{hidden_word}"):
        assert client.get(f"{LIST_URL}/{slug}").status_code == 404


def test_the_description_names_every_address_and_every_filter(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert sorted(schema["paths"]) == [
        LIST_URL,
        f"{LIST_URL}/{{slug}}",
        "/api/v1/programmas",
        "/api/v1/projecten",
        "/api/v1/regios",
        "/api/v1/themas",
    ]
    names = {p["name"] for p in schema["paths"][LIST_URL]["get"]["parameters"]}
    assert {"zoek", "thema", "regio", "kosten", "pagina", "sorteer"} <= names


@pytest.mark.parametrize("address", QUERIES)
def test_the_number_of_queries_is_pinned_and_does_not_grow(
    client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any, address: str
) -> None:
    client.get(address)  # what is pinned is for whoever is not the first since a change
    with django_assert_num_queries(QUERIES[address]):
        assert client.get(address).status_code == 200
    call_command("maak_oefendata", aantal=200, verbosity=0)
    client.get(address)
    with django_assert_max_num_queries(QUERIES[address]):
        assert client.get(address).status_code == 200
