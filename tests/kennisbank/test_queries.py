"""What each page asks of the database: pinned, and the same at 25 and at 525 blueprints."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blauwdrukken.search.gateway import gateway

QUERIES = {
    "/": 9,
    "/blauwdrukken/": 10,
    "/blauwdrukken/?zoek=scholing&thema=matching&thema=scholing&fase=lopend": 12,
    "/blauwdrukken/scholing-voor-werkgevers/": 19,
    "/blauwdrukken/800-van-summa/": 19,
    "/regios/": 2,
    "/regios/?zoek=Breda": 5,
    "/regios/west-brabant/": 16,
    "/projecten/": 10,
    "/projecten/servicepunt-techniek/": 3,
    "/verhalen/": 9,
    "/verhalen/drie-regisseurs-over-wat-werkgevers-nodig-hebben/": 7,
    "/themas/": 1,
    "/themas/scholing/": 5,
    "/begrippen/": 1,
    "/over/": 1,
}


def count_queries(client: Client) -> dict[str, int]:
    """Number of queries of each page."""
    gateway().engine()
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
