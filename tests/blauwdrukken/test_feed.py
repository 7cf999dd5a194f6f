from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import etree

from blauwdrukken.models import Blauwdruk

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def fetch_feed(client: Client, url: str) -> Any:
    response = client.get(url)
    assert response["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(response.content)


def test_the_feed_holds_the_filtered_set_page_by_page(client: Client) -> None:
    titels, url = [], "/blauwdrukken.atom?programma=perspectief-op-werk&programma=pact-brabant"
    while url:
        feed = fetch_feed(client, url.removeprefix("http://127.0.0.1:8000"))
        titels += feed.xpath("a:entry/a:title/text()", namespaces=ATOM)
        url = "".join(feed.xpath("a:link[@rel='next']/@href", namespaces=ATOM))
    assert sorted(titels) == sorted(Blauwdruk.objects.published().values_list("titel", flat=True))


def test_the_newest_come_first_and_entries_keep_their_identity(client: Client) -> None:
    feed = fetch_feed(client, "/blauwdrukken.atom")
    first = Blauwdruk.objects.published().newest_first()[0]
    entry = feed.find("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == first.titel
    assert entry.findtext("a:id", namespaces=ATOM) == f"http://127.0.0.1:8000/b/{first.nummer}"
    assert entry.findtext("a:updated", namespaces=ATOM)


def test_a_title_with_control_characters_or_markup_stays_text(client: Client, create_blauwdruk: Any) -> None:
    create_blauwdruk(titel="Vreemd \x01 <b>& stukje", slug="vreemd", samenvatting="Kort \x02 <i>& goed")
    feed = fetch_feed(client, "/blauwdrukken.atom?zoek=vreemd")
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM) == ["Vreemd  <b>& stukje"]
    assert feed.xpath("a:entry/a:summary/text()", namespaces=ATOM) == [
        "Idee, datum onbekend. Onderbouwing onbekend. Kort  <i>& goed"
    ]


def test_the_list_page_names_the_feed_of_its_own_query(client: Client) -> None:
    html = client.get("/blauwdrukken/?thema=matching&zoek=banen").content.decode()
    assert 'href="/blauwdrukken.atom?thema=matching&amp;zoek=banen"' in html


def test_a_page_beyond_the_last_does_not_exist(client: Client) -> None:
    assert fetch_feed(client, "/blauwdrukken.atom?pagina=2").findall("a:entry", ATOM)
    for page in ("99", "x"):
        response = client.get(f"/blauwdrukken.atom?pagina={page}")
        assert response.status_code == 404
        assert "Deze pagina bestaat niet" in response.content.decode()
