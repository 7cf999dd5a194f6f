"""Pages that are kept, seen from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blauwdrukken.search.triggers import STATE_TABLE
from kennisbank import page_cache

DETAIL = "/blauwdrukken/scholing-voor-werkgevers/"
LIST = "/blauwdrukken/"
KEPT = ["/", LIST, f"{LIST}?thema=scholing", DETAIL, f"{DETAIL[:-1]}.json", "/blauwdrukken.atom"]
KEPT += ["/projecten/", "/verhalen/", "/regios/west-brabant/", "/themas/scholing/", "/begrippen/", "/over/"]
KEPT += ["/vergelijk/?b=branchestraten&b=talentvol", "/sitemap.xml", "/robots.txt", "/api/v1/blauwdrukken"]


@pytest.fixture
def kept(settings: Any) -> Iterator[None]:
    """Keep pages in this test, as the site does."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages-of-tests"}
    settings.CACHES = settings.CACHES | {"pages": memory}
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def is_kept(client: Client, url: str, **headers: str) -> bool:
    """Whether the answer comes from the cache: it asks the database for its state alone."""
    with CaptureQueriesContext(connection) as queries:
        client.get(url, headers=headers)
    return len(queries) == 1 and STATE_TABLE in queries[0]["sql"]


def made_anew(url: str) -> Any:
    """The answer as the view makes it now."""
    with mock.patch.object(page_cache, "is_on", return_value=False):
        return Client().get(url)
