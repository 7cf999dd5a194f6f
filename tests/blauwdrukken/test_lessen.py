from __future__ import annotations

import pytest
from django.test import Client

from blauwdrukken.models import Blauwdruk, Thema


def add(titel: str, thema: str = "", **texts: str) -> Blauwdruk:
    live = bool(texts.pop("live", "yes"))
    blauwdruk = Blauwdruk(titel=titel, slug=titel.lower(), samenvatting="x", live=live, **texts)
    if thema:
        blauwdruk.themas = [Thema.objects.get(slug=thema)]
    blauwdruk.save()
    return blauwdruk


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/wat-tegenviel/{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def alone() -> None:
    """A knowledge bank without entries."""
    Blauwdruk.objects.all().delete()


@pytest.mark.usefixtures("alone")
def test_what_fell_short_stands_beside_where_and_when(client: Client) -> None:
    add("Werkproef", leerpunten="<p>De werving duurde langer.</p>", aandachtspunten="<p>Vraag het vooraf.</p>")
    html = page(client)
    assert 'href="/blauwdrukken/werkproef/"' in html
    assert "De werving duurde langer." in html
    assert "Waar u op kunt letten" in html
    assert "1 blauwdruk met lessen" in html


@pytest.mark.usefixtures("alone")
def test_only_public_blueprints_with_lessons_are_there(client: Client) -> None:
    add("Zonder")
    add("Concept", leerpunten="<p>Geheim.</p>", live="")
    html = page(client)
    assert "Er zijn nog geen lessen opgeschreven." in html
    assert not {"Zonder", "Geheim"} & set(html.replace(".", " ").split())


@pytest.mark.usefixtures("alone")
def test_a_theme_takes_its_own_lessons_and_counts_them(client: Client) -> None:
    add("Leren", "scholing", leerpunten="<p>Les een.</p>")
    add("Samen", "samenwerking", aandachtspunten="<p>Les twee.</p>")
    html = page(client, "?thema=scholing")
    assert "Les een." in html
    assert "Les twee." not in html
    assert 'href="?thema=samenwerking">Samenwerking <span>1</span>' in html


@pytest.mark.usefixtures("alone")
def test_what_it_brought_and_how_sure_that_is_stands_beside_the_lesson(client: Client) -> None:
    add("Werkproef", leerpunten="<p>Les.</p>")
    html = page(client)
    article = html[html.index("<article") : html.index("</article>")]
    assert [word for word in ("Uitkomst", "Kosten", "Stand", "Hoe zeker") if word not in article] == []
    assert 'href="/over/#onderbouwing"' in html
    assert 'id="onderbouwing"' in client.get("/over/").content.decode()


def test_stories_of_the_theme_stand_below_the_lessons(client: Client) -> None:
    html = page(client, "?thema=inclusief-werkgeverschap")
    assert "Kachelwinkel geeft mensen gewoon een kans" in html
    assert "/verhalen/" not in page(client, "?thema=leerwerkloket").split("<main")[1].split("</main")[0]


def test_an_unknown_theme_is_named_and_shows_all(client: Client) -> None:
    html = page(client, "?thema=<b>onzin")
    assert "geen thema “&lt;b&gt;onzin”" in html
    assert page(client).count("<article") == html.count("<article") == 10


def test_pages_keep_the_theme(client: Client) -> None:
    html = page(client, "?thema=samenwerking")
    assert "?thema=samenwerking&amp;pagina=2" in html
    assert client.get("/wat-tegenviel/?pagina=99").status_code == 404
