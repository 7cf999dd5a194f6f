"""Previews of what is being written: as page and as PDF, for its editors only, and never kept."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client

from blauwdrukken.documents.limits import Druk, Mislukt
from blauwdrukken.models import Blauwdruk, Thema
from blauwdrukken.views import preview as voorbeeld
from kennisbank.models import User
from tests.beheer.people import beheer, client_van, ingevuld

NIEUW = "/beheer/snippets/blauwdrukken/blauwdruk/"


def adres(entry: Any) -> str:
    return f"{beheer(entry)}preview/{entry.pk}/"


def typ(client: Client, entry: Any, **velden: Any) -> None:
    """Type this in the form without saving it."""
    gegevens = ingevuld(client.get(f"{beheer(entry)}edit/{entry.pk}/").context["form"]) | velden
    antwoord = client.post(adres(entry), gegevens)
    assert antwoord.json() == {"is_valid": True, "is_available": True}


def bladzijden(antwoord: Any) -> list[str]:
    pdf = pypdfium2.PdfDocument(BytesIO(antwoord.content))
    teksten = [pdf[nummer].get_textpage().get_text_bounded() for nummer in range(len(pdf))]
    pdf.close()
    return teksten


def bewaarde_bestanden() -> set[Path]:
    return {pad for pad in (settings.VAR_DIR / "uitvoer").rglob("*") if pad.suffix == ".pdf"}


KOSTEN = {
    "kosten-TOTAL_FORMS": "1",
    "kosten-0-omschrijving": "Huur van de banenbus",
    "kosten-0-bedrag_van": "1200",
    "kosten-0-bedrag_tot": "1200",
    "kosten-0-eenheid": "jaar",
    "kosten-0-btw": "onbekend",
    "kosten-0-ORDER": "1",
}


@pytest.mark.parametrize("vraag", [{}, {"mode": "pdf"}])
def test_a_preview_shows_rows_and_choices_that_are_not_saved(
    coordinator: User, concept: Blauwdruk, vraag: dict[str, str]
) -> None:
    client, thema = client_van(coordinator), Thema.objects.all()[0]
    typ(client, concept, titel="Nog niet bewaard", themas=[thema.pk], **KOSTEN)
    antwoord = client.get(adres(concept), vraag)
    assert antwoord.status_code == 200
    tekst = " ".join(bladzijden(antwoord)) if vraag else antwoord.content.decode()
    for stuk in ("Nog niet bewaard", "Huur van de banenbus", "1.200", thema.naam):
        assert stuk in tekst, stuk
    opgeslagen = Blauwdruk.objects.get(pk=concept.pk)
    assert (opgeslagen.titel, opgeslagen.kosten.count(), opgeslagen.themas.count()) == ("Banenbus", 0, 0)


def test_a_preview_shows_the_sections_also_of_a_new_blueprint(secretaris: User) -> None:
    client, live = client_van(secretaris), Blauwdruk.objects.get(nummer=4)
    typ(client, live)
    openbaar = Client().get(live.get_absolute_url()).content.decode()
    html = client.get(adres(live)).content.decode()
    assert openbaar.count("<h2") > 10
    assert html.count("<h2") >= openbaar.count("<h2") - 2  # without the files to take along
    gegevens = ingevuld(client.get(f"{NIEUW}add/").context["form"]) | {"titel": "Splinternieuw", **KOSTEN}
    assert client.post(f"{NIEUW}preview/", gegevens).json()["is_valid"]
    html = client.get(f"{NIEUW}preview/").content.decode()
    assert "Splinternieuw" in html
    assert "Huur van de banenbus" in html


def test_the_pdf_of_a_draft_says_so_on_every_page_and_leads_to_no_address_of_its_own(
    coordinator: User, concept: Any
) -> None:
    concept.uitvoering = "<p>Wij rijden rond.</p>" * 200
    concept.save_revision(user=coordinator)
    client = client_van(coordinator)
    typ(client, concept)
    antwoord = client.get(adres(concept), {"mode": "pdf"})
    assert antwoord["Content-Type"] == "application/pdf"
    teksten = bladzijden(antwoord)
    assert len(teksten) > 2
    assert all("Concept, niet gepubliceerd" in tekst for tekst in teksten)
    assert "banenbus/" not in " ".join(teksten)


def test_a_new_blueprint_can_be_seen_as_pdf_before_it_is_saved(secretaris: User) -> None:
    client = client_van(secretaris)
    gegevens = ingevuld(client.get(f"{NIEUW}add/").context["form"]) | {"titel": "Splinternieuw", "samenvatting": "x"}
    assert client.post(f"{NIEUW}preview/", gegevens).json()["is_valid"]
    tekst = " ".join(bladzijden(client.get(f"{NIEUW}preview/", {"mode": "pdf"})))
    assert "Splinternieuw" in tekst
    assert "None" not in tekst


@pytest.mark.parametrize("vraag", [{}, {"mode": "pdf"}])
def test_a_preview_is_for_who_may_edit_and_is_never_kept(
    coordinator: User, als: Callable[..., Client], concept: Blauwdruk, vraag: dict[str, str]
) -> None:
    eerder, client = bewaarde_bestanden(), client_van(coordinator)
    typ(client, concept)
    antwoord = client.get(adres(concept), vraag)
    assert antwoord["Content-Type"] == ("application/pdf" if vraag else "text/html; charset=utf-8")
    assert "private" in antwoord["Cache-Control"]
    assert bewaarde_bestanden() == eerder
    assert Client().get(adres(concept), vraag).status_code == 302
    for rol in ("Regiocoördinator", "Werkgeversorganisatie"):
        assert als(rol).get(adres(concept), vraag).status_code in {302, 403}
    assert Client().get(f"/blauwdrukken/{concept.slug}.pdf").status_code == 404


def test_a_pdf_that_was_previewed_is_not_what_the_public_gets(secretaris: User) -> None:
    live = Blauwdruk.objects.get(nummer=4)
    client = client_van(secretaris)
    typ(client, live, titel="Geheime titel")
    assert "Geheime titel" in " ".join(bladzijden(client.get(adres(live), {"mode": "pdf"})))
    openbaar: Any = Client().get(f"/blauwdrukken/{live.slug}.pdf")
    tekst = pypdfium2.PdfDocument(b"".join(openbaar.streaming_content))[0].get_textpage().get_text_bounded()
    assert "Geheime titel" not in tekst
    assert "Concept" not in tekst


def test_the_panel_beside_the_form_leads_to_the_pdf_without_making_it(
    coordinator: User, concept: Blauwdruk, monkeypatch: Any
) -> None:
    monkeypatch.setattr(voorbeeld, "maak_bestand", None)
    client = client_van(coordinator)
    typ(client, concept)
    antwoord = client.get(adres(concept), {"mode": "pdf", "in_preview_panel": "true"})
    assert 'href="?mode=pdf"' in antwoord.content.decode()


@pytest.mark.parametrize(("fout", "status"), [(Druk, 503), (Mislukt("De tekst is te lang."), 422)])
def test_a_pdf_that_cannot_be_made_is_explained_in_dutch(
    coordinator: User, concept: Blauwdruk, monkeypatch: Any, fout: Any, status: int
) -> None:
    def mislukt(*args: Any) -> None:
        raise fout

    monkeypatch.setattr(voorbeeld, "maak_bestand", mislukt)
    client = client_van(coordinator)
    typ(client, concept)
    antwoord = client.get(adres(concept), {"mode": "pdf"})
    assert antwoord.status_code == status
    assert "<h1" in antwoord.content.decode()


def test_the_version_sent_in_can_be_seen_as_pdf(coordinator: User, concept: Blauwdruk) -> None:
    versie = concept.latest_revision
    antwoord = client_van(coordinator).get(
        f"{beheer(concept)}history/{concept.pk}/revisions/{versie.pk}/view/?mode=pdf"
    )
    assert "Banenbus" in bladzijden(antwoord)[0]
