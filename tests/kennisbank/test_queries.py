"""What each page asks of the database: pinned, and the same at 25 and at 525 blueprints."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.template import base
from django.test import Client
from django.test.utils import CaptureQueriesContext

QUERIES = {
    "/": 22,
    "/blauwdrukken/": 2,
    "/blauwdrukken/?zoek=scholing&thema=matching&thema=scholing&fase=lopend": 8,
    "/blauwdrukken/scholing-voor-werkgevers/": 8,  # what others cost too, as it names an amount
    "/blauwdrukken/800-van-summa/": 7,
    "/zoeken/": 0,
    "/zoeken/?zoek=scholing": 7,
    "/zoeken/?zoek=Oss&soort=regio": 7,
    "/regios/": 3,
    "/regios/?zoek=Breda": 6,
    "/regios/west-brabant/": 38,
    "/projecten/": 10,
    "/projecten/servicepunt-techniek/": 4,
    "/projecten/?zoek=techniek&status=verkend": 11,
    "/verhalen/": 8,
    "/verhalen/drie-regisseurs-over-wat-werkgevers-nodig-hebben/": 10,
    "/themas/": 4,
    "/themas/scholing/": 10,
    "/wat-tegenviel/": 9,
    "/programmas/": 1,
    "/programmas/pact-brabant/": 10,
    "/programmas/werkagenda-noord-holland/": 6,
    "/begrippen/": 1,
    "/over/": 2,
}


def count_queries(client: Client) -> dict[str, int]:
    """Number of queries of each page for whoever is not the first since a change."""
    for url in QUERIES:
        client.get(url)
    counts = {}
    for url in QUERIES:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200, url
        counts[url] = len(queries)
    return counts


def test_the_number_of_queries_is_pinned_and_does_not_grow(client: Client) -> None:
    assert count_queries(client) == QUERIES
    call_command("maak_oefendata", aantal=500, verbosity=0)
    assert count_queries(client) == QUERIES


@pytest.mark.parametrize("url", QUERIES)
def test_a_template_looks_for_no_name_in_vain_on_every_row(
    client: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Django lists all attributes of a thing that lacks the one which is asked for: ten times as long."""
    missed: Counter[str] = Counter()

    def list_attributes(thing: Any) -> list[str]:
        missed[type(thing).__name__] += 1
        return dir(thing)

    monkeypatch.setattr(base, "dir", list_attributes, raising=False)
    client.get(url)
    assert missed.total() <= 3, missed
