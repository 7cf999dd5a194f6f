from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st

from blauwdrukken.models import Blauwdruk
from tests.public_paths import crawl, links

LISTS = ["/", "/blauwdrukken/", "/projecten/", "/regios/", "/themas/", "/begrippen/", "/blauwdrukken/branchestraten/"]


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> dict[str, tuple[int, str]]:
    """Status and HTML of every page, for tests that only read them."""
    with django_db_blocker.unblock():
        return crawl(Client())


@pytest.mark.once
def test_a_crawl_finds_no_broken_link_and_no_orphan(client: Client, pages: dict[str, tuple[int, str]]) -> None:
    assert {url: status for url, (status, _) in pages.items() if status != 200} == {}
    sitemap = client.get("/sitemap.xml").content.decode()
    in_sitemap = {urlsplit(url).path for url in re.findall(r"<loc>(.*?)</loc>", sitemap)}
    assert in_sitemap - set(pages) == set()
    assert {url for url in pages if "?" not in url} - in_sitemap == set()


@pytest.mark.once
def test_every_link_with_a_query_works(client: Client) -> None:
    for url in LISTS:
        for target in set(links(url, client.get(url).content.decode())):
            assert client.head(target).status_code == 200, target


@pytest.mark.once
def test_every_fragment_names_a_place_on_its_page(client: Client, pages: dict[str, tuple[int, str]]) -> None:
    for url, (_, html) in pages.items():
        for href in re.findall(r'href="([^"]*#[^"]+)"', html):
            path, fragment = href.split("#")
            target = client.get(path).content.decode() if path else html
            assert f'id="{fragment}"' in target, (url, href)


@pytest.mark.once
def test_every_id_is_of_one_thing_on_its_page_also_when_an_entry_is_nation_wide_and_of_a_region(client: Client) -> None:
    Blauwdruk.objects.filter(nummer=4).update(landelijk=True)
    for url, (_, html) in crawl(client).items():
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert sorted(ids) == sorted(set(ids)), url


@pytest.mark.once
def test_every_page_has_its_own_title_one_heading_and_a_canonical_address(pages: dict[str, tuple[int, str]]) -> None:
    titels: dict[str, str] = {}
    for url, (_, html) in pages.items():
        titel = re.findall(r"<title>(.*?)</title>", html, re.DOTALL)
        assert len(titel) == 1, url
        assert titel[0] not in titels, (url, titels.get(titel[0]))
        titels[titel[0]] = url
        assert html.count("<h1") == 1, url
        assert re.findall(r'<link rel="canonical"\s+href="([^"]*)"', html) == [f"http://127.0.0.1:8000{url}"]
        assert re.search(r'<meta\s+name="description"\s+content="[^"]{20,}"', html), url
        assert '<html lang="nl">' in html


@pytest.mark.once
def test_no_page_asks_anything_of_another_host(pages: dict[str, tuple[int, str]]) -> None:
    for url, (_, html) in pages.items():
        sources = re.findall(r'(?:\ssrc|<link[^>]*\shref|action|srcset)="([^"]*)"', html)
        foreign = [b for b in sources if urlsplit(b).netloc not in ("", "127.0.0.1:8000")]
        assert foreign == [], url


@pytest.mark.once
def test_no_page_holds_inline_script_nor_style_but_its_sheets(pages: dict[str, tuple[int, str]]) -> None:
    for url, (_, html) in pages.items():
        without_files = re.sub(r'<script src="[^"]+" defer></script>', "", html)
        without_sheets = re.sub(r'<style media="\w+">.*?</style>', "", without_files, flags=re.DOTALL)
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", without_sheets), url


def test_a_project_does_not_name_its_blueprint_before_that_is_public(client: Client) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    project = blauwdruk.projecten.first()
    Blauwdruk.objects.filter(pk=blauwdruk.pk).update(live=False)
    html = client.get(project.get_absolute_url()).content.decode()
    assert "voert de blauwdruk" not in html


def test_the_short_address_leads_to_the_blueprint(client: Client) -> None:
    assert client.get("/b/4")["Location"] == "/blauwdrukken/branchestraten/"
    assert client.get("/b/99999").status_code == 404


STRANGE = st.text(max_size=60) | st.sampled_from(
    [
        "'",
        '"',
        "%00",
        "\x00",
        "\ud800",
        "' OR 1=1 --",
        "<script>",
        "a" * 10_000,
        "-1",
        "1e9",
        "١٢",
        "\u202e",
        "%",
        "_",
        "(" * 500,
    ]
)
KEYS = st.sampled_from(["zoek", "thema", "regio", "provincie", "fase", "sorteer", "pagina", "kleur", "", "\x00"])


@settings(max_examples=120)
@given(address=st.sampled_from(LISTS), questions=st.lists(st.tuples(KEYS, STRANGE), max_size=4))
def test_an_odd_query_is_never_a_server_error(address: str, questions: list[tuple[str, str]]) -> None:
    from urllib.parse import quote_from_bytes

    def encode(text: str) -> str:
        return quote_from_bytes(text.encode("utf-8", "surrogatepass"))

    query = "&".join(f"{encode(name)}={encode(value)}" for name, value in questions)
    response = Client(raise_request_exception=False).get(f"{address}?{query}", follow=True)
    assert response.status_code in (200, 400, 404)
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("zoek", ["a " * 300, "%" * 200, "\x00", "\\", "'; DROP TABLE x; --"])
def test_an_odd_search_is_answered(client: Client, zoek: str) -> None:
    html = client.get("/blauwdrukken/", {"zoek": zoek}).content.decode()
    used = " ".join(zoek.replace("\x00", " ").split())[:200]
    assert f'value="{escape(used)}"' in html


def test_a_search_that_is_too_long_says_so(client: Client) -> None:
    html = client.get("/blauwdrukken/", {"zoek": "woord " * 100}).content.decode()
    assert "Uw zoekvraag is te lang" in html


@pytest.mark.parametrize(
    "address", ["/bestaatniet/", "/blauwdrukken/bestaatniet/", "/regios/x/", "/themas/x/", "/x.php"]
)
def test_an_unknown_address_is_a_404_in_dutch(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.content.decode()


def test_a_page_cannot_be_posted_to(client: Client) -> None:
    for url in LISTS:
        response = client.post(url)
        assert response.status_code == 405
        assert {"GET", "HEAD"} <= set(response["Allow"].split(", "))
        assert "POST" not in response["Allow"]
