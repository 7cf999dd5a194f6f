"""What each page asks of the database: pinned, and the same at 25 and at 525 blueprints."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from blauwdrukken.zoeken.loket import loket

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


@pytest.mark.parametrize("adres", QUERIES)
def test_the_number_of_queries_is_pinned_and_does_not_grow(
    client: Client, django_assert_num_queries: Any, adres: str
) -> None:
    loket().machine()
    with django_assert_num_queries(QUERIES[adres]):
        assert client.get(adres).status_code == 200
    call_command("maak_oefendata", aantal=500, verbosity=0)
    loket().machine()
    with django_assert_num_queries(QUERIES[adres]):
        assert client.get(adres).status_code == 200
