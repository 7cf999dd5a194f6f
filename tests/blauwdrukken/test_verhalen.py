from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from blauwdrukken.models import Blauwdruk, Thema, Verhaal
from kennisbank.models import User
from regios.models import Regio
from tests.beheer.people import send_change

DETAIL = "/verhalen/kachelwinkel-geeft-mensen-een-kans/"
NEW = {
    "titel": "Een nieuw verhaal", "slug": "een-nieuw-verhaal", "soort": "tip", "intro": "Zo doet u dat.",
    "tekst": '{"blocks": [], "entityMap": {}}', "film_url": "", "foto": "", "foto_alt": "", "bron": "",
    "datum": "", "organisatie": "", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
}  # fmt: skip


def test_the_stories_of_the_book_are_told_without_names(client: Client) -> None:
    assert Verhaal.objects.published().count() == 6
    html = client.get(DETAIL).content.decode()
    assert "adjunct-directeur" in html
    assert "Werkgeversraadpleging Drenthe" in html
    assert 'href="/regios/drenthe/"' in html


def test_the_list_is_filtered_by_kind_region_and_theme(client: Client) -> None:
    assert "6 verhalen" in client.get("/verhalen/").content.decode()
    assert "2 verhalen" in client.get("/verhalen/?soort=film").content.decode()
    assert "2 verhalen" in client.get("/verhalen/?regio=landelijk").content.decode()
    assert "1 verhaal<" in client.get("/verhalen/?thema=jobcreatie&regio=midden-brabant").content.decode()
    assert "Haal hierboven een keuze weg" in client.get("/verhalen/?soort=tip").content.decode()


def test_a_site_without_stories_says_so_and_names_them_nowhere_else(client: Client) -> None:
    Verhaal.objects.update(live=False)
    assert "Er is nog geen verhaal gepubliceerd" in client.get("/verhalen/").content.decode()
    for url in ("/", "/regios/drenthe/", "/blauwdrukken/werkgeversraadpleging-drenthe/"):
        assert "Verhalen uit de praktijk" not in client.get(url).content.decode()


def test_more_than_twenty_stories_come_in_pages(client: Client) -> None:
    for nummer in range(30):
        Verhaal.objects.create(titel=f"Verhaal {nummer}", slug=f"v-{nummer}", intro="x", live=True)
    assert client.get("/verhalen/?pagina=2").content.decode().count('class="resultaat"') == 16
    assert client.get("/verhalen/?pagina=3").status_code == 404


@pytest.mark.parametrize("address", ["/", "/regios/drenthe/", "/blauwdrukken/werkgeversraadpleging-drenthe/"])
def test_a_story_is_linked_from_where_it_belongs(client: Client, address: str) -> None:
    assert f'href="{DETAIL}"' in client.get(address).content.decode()


def test_a_story_names_no_blueprint_that_is_not_public(client: Client) -> None:
    Blauwdruk.objects.filter(slug="werkgeversraadpleging-drenthe").update(live=False)
    html = client.get(DETAIL).content.decode()
    assert "Werkgeversraadpleging" not in html
    verhaal = Verhaal.objects.get(slug="kachelwinkel-geeft-mensen-een-kans")
    assert "Werkgeversraadpleging" not in verhaal.make_preview_request().rendered_content


def test_a_film_is_a_link_and_never_part_of_the_page(client: Client) -> None:
    response = client.get("/verhalen/webinar-werkgevers-leren-het-servicepunt-kennen/")
    html = response.content.decode()
    assert 'href="https://www.youtube.com/watch?v=gHvBTslj_7k"' in html
    assert "<iframe" not in html
    assert "youtube" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"soort": "film"}, "Geef de link naar de film"),
        ({"film_url": "http://voorbeeld.nl/film"}, "https://"),
        ({"film_url": "javascript:alert(1)"}, "https://"),
    ],
)
def test_a_film_needs_a_safe_link(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Verhaal(**{"titel": "x", "slug": "x", "intro": "x"} | fields).full_clean()


def test_a_story_is_written_previewed_and_published_in_the_back_office(editor_client: Client) -> None:
    choices = {
        "blauwdrukken": [Blauwdruk.objects.get(nummer=4).pk],
        "regios": [Regio.objects.get(slug="west-brabant").pk],
        "themas": [Thema.objects.get(slug="scholing").pk],
    }
    editor_client.post("/beheer/snippets/blauwdrukken/verhaal/add/", NEW | choices)
    verhaal = Verhaal.objects.get(slug="een-nieuw-verhaal")
    assert not verhaal.live
    assert Client().get(verhaal.get_absolute_url()).status_code == 404
    data = NEW | choices | {"action-publish": "1"}
    send_change(editor_client, f"/beheer/snippets/blauwdrukken/verhaal/edit/{verhaal.pk}/", data)
    assert "Een nieuw verhaal" in Client().get("/regios/west-brabant/").content.decode()
    assert "Een nieuw verhaal" in Client().get("/blauwdrukken/branchestraten/").content.decode()
    assert editor_client.get(f"/beheer/snippets/blauwdrukken/verhaal/history/{verhaal.pk}/").status_code == 200


def test_a_story_belongs_to_who_made_it_and_stays_so(editor_client: Client) -> None:
    maker, other = User.objects.get(username="redactie"), User.objects.create_user("ander")
    editor_client.post("/beheer/snippets/blauwdrukken/verhaal/add/", NEW | {"eigenaar": other.pk})
    verhaal = Verhaal.objects.get(slug="een-nieuw-verhaal")
    assert verhaal.eigenaar == maker
    client = Client()
    client.force_login(User.objects.create_superuser("tweede"))
    url = f"/beheer/snippets/blauwdrukken/verhaal/edit/{verhaal.pk}/"
    assert send_change(client, url, NEW | {"eigenaar": other.pk}).status_code == 302
    verhaal.refresh_from_db()
    assert verhaal.eigenaar == maker
    maker.delete()
    verhaal.refresh_from_db()
    assert verhaal.eigenaar is None
