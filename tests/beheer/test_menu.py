"""The side menu: whatever somebody finds there opens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.beheer.permission_table import TESTED_ROLES

EVERYTHING = "alle rechten"


@pytest.fixture(params=[*TESTED_ROLES, EVERYTHING])
def client(request: Any, client_as: Any, editor_client: Client) -> Client:
    """Somebody of each role, and the first account of a new site, which may do everything."""
    return editor_client if request.param == EVERYTHING else client_as(request.param)


def menu(client: Client) -> Any:
    """What Wagtail's script draws the side menu from."""
    html = client.get("/beheer/").content.decode()
    found = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])["modules"]


def addresses(part: Any) -> Iterator[str]:
    """Every address below this part of the menu that a click opens."""
    if isinstance(part, list):
        for onderdeel in part:
            yield from addresses(onderdeel)
    elif isinstance(part, dict):
        if "url" in part:
            yield part["url"]
        yield from addresses(part.get("_args", []))


def search_address(modules: Any) -> str:
    (zoek,) = [module for module in modules if module["_type"] == "wagtail.sidebar.SearchModule"]
    return str(zoek["_args"][0])


@pytest.mark.once  # test_permissions.py asks another database for all of these, as each role
def test_every_item_of_the_side_menu_opens(client: Client) -> None:
    found = list(addresses(menu(client)))
    assert len(found) > 3
    assert {url: client.get(url).status_code for url in found} == dict.fromkeys(found, 200)


@pytest.mark.parametrize("zoek", ["", "bioscoop", "%", "'\"<", "a" * 2000])
def test_the_search_of_the_side_menu_answers(client: Client, zoek: str) -> None:
    response = client.get(search_address(menu(client)), {"q": zoek})
    assert response.status_code == 200
    assert "Zoeken in het beheer" in response.content.decode()
