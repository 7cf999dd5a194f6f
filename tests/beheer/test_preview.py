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

from blauwdrukken.documents.limits import Busy, Failed
from blauwdrukken.models import Blauwdruk, Thema
from blauwdrukken.views import preview
from kennisbank.models import User
from tests.beheer.people import beheer, client_of, filled_in, open_form

BLAUWDRUKKEN_URL = "/beheer/snippets/blauwdrukken/blauwdruk/"


def preview_url(entry: Any) -> str:
    return f"{beheer(entry)}preview/{entry.pk}/"


def type_in(client: Client, entry: Any, **fields: Any) -> None:
    """Type this in the form without saving it."""
    data = filled_in(open_form(client, f"{beheer(entry)}edit/{entry.pk}/")) | fields
    response = client.post(preview_url(entry), data)
    assert response.json() == {"is_valid": True, "is_available": True}


def pdf_pages(response: Any) -> list[str]:
    pdf = pypdfium2.PdfDocument(BytesIO(response.content))
    texts = [pdf[nummer].get_textpage().get_text_bounded() for nummer in range(len(pdf))]
    pdf.close()
    return texts


def stored_files() -> set[Path]:
    return {path for path in (settings.VAR_DIR / "uitvoer").rglob("*") if path.suffix == ".pdf"}


KOSTEN = {
    "kosten-TOTAL_FORMS": "1",
    "kosten-0-omschrijving": "Huur van de banenbus",
    "kosten-0-bedrag_van": "1200",
    "kosten-0-bedrag_tot": "1200",
    "kosten-0-eenheid": "jaar",
    "kosten-0-btw": "onbekend",
    "kosten-0-ORDER": "1",
}


@pytest.mark.parametrize("query", [{}, {"mode": "pdf"}])
def test_a_preview_shows_rows_and_choices_that_are_not_saved(
    coordinator: User, draft: Blauwdruk, query: dict[str, str]
) -> None:
    client, thema = client_of(coordinator), Thema.objects.all()[0]
    type_in(client, draft, titel="Nog niet bewaard", themas=[thema.pk], **KOSTEN)
    response = client.get(preview_url(draft), query)
    assert response.status_code == 200
    text = " ".join(pdf_pages(response)) if query else response.content.decode()
    for entry in ("Nog niet bewaard", "Huur van de banenbus", "1.200", thema.naam):
        assert entry in text, entry
    stored = Blauwdruk.objects.get(pk=draft.pk)
    assert (stored.titel, stored.kosten.count(), stored.themas.count()) == ("Banenbus", 0, 0)


def test_a_preview_shows_the_sections_also_of_a_new_blueprint(secretary: User) -> None:
    client, live = client_of(secretary), Blauwdruk.objects.get(nummer=4)
    type_in(client, live)
    public = Client().get(live.get_absolute_url()).content.decode()
    html = client.get(preview_url(live)).content.decode()
    assert public.count("<h2") > 10
    assert html.count("<h2") >= public.count("<h2") - 2  # without the files to take along
    data = filled_in(open_form(client, f"{BLAUWDRUKKEN_URL}add/")) | {"titel": "Splinternieuw", **KOSTEN}
    assert client.post(f"{BLAUWDRUKKEN_URL}preview/", data).json()["is_valid"]
    html = client.get(f"{BLAUWDRUKKEN_URL}preview/").content.decode()
    assert "Splinternieuw" in html
    assert "Huur van de banenbus" in html


def test_the_pdf_of_a_draft_says_so_on_every_page_and_leads_to_no_address_of_its_own(
    coordinator: User, draft: Any
) -> None:
    draft.uitvoering = "<p>Wij rijden rond.</p>" * 200
    draft.save_revision(user=coordinator)
    client = client_of(coordinator)
    type_in(client, draft)
    response = client.get(preview_url(draft), {"mode": "pdf"})
    assert response["Content-Type"] == "application/pdf"
    texts = pdf_pages(response)
    assert len(texts) > 2
    assert all("Concept, niet gepubliceerd" in text for text in texts)
    assert "banenbus/" not in " ".join(texts)


def test_a_new_blueprint_can_be_seen_as_pdf_before_it_is_saved(secretary: User) -> None:
    client = client_of(secretary)
    data = filled_in(open_form(client, f"{BLAUWDRUKKEN_URL}add/")) | {
        "titel": "Splinternieuw",
        "samenvatting": "x",
    }
    assert client.post(f"{BLAUWDRUKKEN_URL}preview/", data).json()["is_valid"]
    text = " ".join(pdf_pages(client.get(f"{BLAUWDRUKKEN_URL}preview/", {"mode": "pdf"})))
    assert "Splinternieuw" in text
    assert "None" not in text


@pytest.mark.parametrize("query", [{}, {"mode": "pdf"}])
def test_a_preview_is_for_who_may_edit_and_is_never_kept(
    coordinator: User, client_as: Callable[..., Client], draft: Blauwdruk, query: dict[str, str]
) -> None:
    earlier, client = stored_files(), client_of(coordinator)
    type_in(client, draft)
    response = client.get(preview_url(draft), query)
    assert response["Content-Type"] == ("application/pdf" if query else "text/html; charset=utf-8")
    assert "private" in response["Cache-Control"]
    assert stored_files() == earlier
    assert Client().get(preview_url(draft), query).status_code == 302
    for role in ("Regiocoördinator", "Werkgeversorganisatie"):
        assert client_as(role).get(preview_url(draft), query).status_code in {302, 403}
    assert Client().get(f"/blauwdrukken/{draft.slug}.pdf").status_code == 404


def test_a_pdf_that_was_previewed_is_not_what_the_public_gets(secretary: User) -> None:
    live = Blauwdruk.objects.get(nummer=4)
    client = client_of(secretary)
    type_in(client, live, titel="Geheime titel")
    assert "Geheime titel" in " ".join(pdf_pages(client.get(preview_url(live), {"mode": "pdf"})))
    public: Any = Client().get(f"/blauwdrukken/{live.slug}.pdf")
    text = pypdfium2.PdfDocument(b"".join(public.streaming_content))[0].get_textpage().get_text_bounded()
    assert "Geheime titel" not in text
    assert "Concept" not in text


def test_the_panel_beside_the_form_leads_to_the_pdf_without_making_it(
    coordinator: User, draft: Blauwdruk, monkeypatch: Any
) -> None:
    monkeypatch.setattr(preview, "make_file", None)
    client = client_of(coordinator)
    type_in(client, draft)
    response = client.get(preview_url(draft), {"mode": "pdf", "in_preview_panel": "true"})
    assert 'href="?mode=pdf"' in response.content.decode()


@pytest.mark.parametrize(("error", "status"), [(Busy, 503), (Failed("De tekst is te lang."), 422)])
def test_a_pdf_that_cannot_be_made_is_explained_in_dutch(
    coordinator: User, draft: Blauwdruk, monkeypatch: Any, error: Any, status: int
) -> None:
    def failed(*args: Any) -> None:
        raise error

    monkeypatch.setattr(preview, "make_file", failed)
    client = client_of(coordinator)
    type_in(client, draft)
    response = client.get(preview_url(draft), {"mode": "pdf"})
    assert response.status_code == status
    assert "<h1" in response.content.decode()


def test_the_version_sent_in_can_be_seen_as_pdf(coordinator: User, draft: Blauwdruk) -> None:
    versie = draft.latest_revision
    response = client_of(coordinator).get(f"{beheer(draft)}history/{draft.pk}/revisions/{versie.pk}/view/?mode=pdf")
    assert "Banenbus" in pdf_pages(response)[0]
