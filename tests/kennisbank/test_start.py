"""The start page as a visitor gets it."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from django.test import Client

from blauwdrukken.models import Blauwdruk
from blauwdrukken.search.engine import NoIndexError
from kennisbank.questions import QUESTIONS
from tests.doors import content_of

pytestmark = pytest.mark.django_db


def get(client: Client, url: str = "/") -> str:
    return " ".join(client.get(url).content.decode().split())


def part(html: str, begin: str, end: str = "</section>") -> str:
    assert begin in html
    return html.split(begin)[1].split(end, maxsplit=1)[0]


def found(client: Client, url: str) -> int:
    """How many blueprints this list says that it has."""
    answer = client.get(f"/blauwdrukken.json?{url.partition('?')[2]}")
    return len(json.loads(content_of(answer))["resultaten"])


def test_every_question_leads_to_as_many_blueprints_as_it_says(client: Client) -> None:
    links = re.findall(r'<li><a href="([^"]+)">[^<]+<span>(\d+)<', part(get(client), 'class="vragen"'))
    assert len(links) == len(QUESTIONS)
    for url, count in links:
        assert found(client, url.replace("&amp;", "&")) == int(count) > 0, url


def test_a_question_without_an_answer_is_not_asked(client: Client) -> None:
    assert "Statushouders aan het werk" in get(client)
    Blauwdruk.objects.filter(doelgroepen__slug="statushouders").update(live=False)
    assert "Statushouders aan het werk" not in get(client)


def test_without_an_index_the_rest_of_the_page_stands(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise NoIndexError

    monkeypatch.setattr("kennisbank.questions.gateway", missing)
    html = get(client)
    assert 'class="vragen"' not in html
    assert "Kies een thema" in html


def test_a_theme_names_groups_that_lead_somewhere_and_anders_is_no_theme(client: Client) -> None:
    themas = part(get(client), 'class="themarooster"')
    assert "Anders, namelijk" not in themas
    groups = re.findall(r'<li><a href="(/blauwdrukken/[^"]+)">([^<]+) <span>(\d+)</span>', themas)
    assert len(groups) > 8
    assert "Werkgevers" not in {name for _, name, _ in groups}
    for url, name, count in groups:
        assert found(client, url.replace("&amp;", "&")) == int(count) > 0, name


def test_the_table_tells_of_every_region_what_the_map_tells(client: Client) -> None:
    html = get(client)
    rows = re.findall(r'<a href="(/regios/[^"]+)">[^<]+</a></th> <td[^>]*>(\d+)</td> <td[^>]*>(\d+)</td>', html)
    assert len(rows) == len(set(rows)) == 35
    for url, *counts in rows:
        tile = part(html, f'<a href="{url}" class="n', "</a>")
        assert f">{' + '.join(counts)}</text>" in tile, url


def test_what_is_seen_first_comes_in_the_first_round_trip(client: Client) -> None:
    """Ten packets of a new connection: the head, its style, search, questions and what stands out."""
    html = client.get("/").content
    first = html[: html.index(b'aria-labelledby="uwregio"')]
    assert b'class="uitgelicht"' in first
    assert len(gzip.compress(first, 6)) < 14_600
    assert len(gzip.compress(html, 6)) < 20_000


def test_an_empty_site_has_a_start_page(client: Client) -> None:
    Blauwdruk.objects.update(live=False)
    html = get(client)
    assert "Er is nog geen blauwdruk gepubliceerd." in html
    assert 'class="uitgelicht"' not in html
