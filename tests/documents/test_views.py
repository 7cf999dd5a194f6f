from __future__ import annotations

import json
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.utils import timezone

from blauwdrukken.documents.content import data as content_data
from blauwdrukken.documents.limits import Failed
from blauwdrukken.documents.workshop import process, store
from blauwdrukken.models import Blauwdruk, Kerncijfer
from blauwdrukken.views import documents
from tests.doors import content_of, text_of

PDF = "/blauwdrukken/branchestraten.pdf"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path
    # A rollback gives the database a state that it had before.
    monkeypatch.setattr(store, "_known", {})
    documents._published.cache_clear()


def fetch(client: Client, url: str, **headers: str) -> tuple[Any, bytes]:
    response: Any = client.get(url, headers=headers)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def pdf_text(content: bytes) -> str:
    return " ".join(
        " ".join(sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(content)).split()
    )


@pytest.mark.parametrize(("extension", "begin"), [("pdf", b"%PDF-1.7"), ("docx", b"PK"), ("epub", b"PK")])
def test_a_blueprint_can_be_taken_along(client: Client, extension: str, begin: bytes) -> None:
    response, content = fetch(client, f"/blauwdrukken/branchestraten.{extension}")
    assert response.status_code == 200
    assert content.startswith(begin)
    assert int(response["Content-Length"]) == len(content)
    assert f'filename="Blauwdruk 4 Branchestraten.{extension}"' in response["Content-Disposition"]
    assert response["Link"] == '<http://127.0.0.1:8000/blauwdrukken/branchestraten/>; rel="canonical"'


def test_the_page_offers_each_file_and_every_offer_works(client: Client) -> None:
    html = client.get("/blauwdrukken/branchestraten/").content.decode()
    for extension in ("pdf", "docx", "epub", "json"):
        url = f"/blauwdrukken/branchestraten.{extension}"
        assert f'<a href="{url}">' in html
        assert fetch(client, url)[0].status_code == 200
    for kind in ("application/pdf", "application/epub+zip", "application/json"):
        assert f'type="{kind}"' in html


def test_the_data_is_that_of_the_api(client: Client) -> None:
    response, content = fetch(client, "/blauwdrukken/branchestraten.json")
    expected = content_data.full_data(Blauwdruk.objects.get(nummer=4))
    assert json.loads(content) == json.loads(json.dumps(expected, cls=DjangoJSONEncoder))
    assert (
        fetch(client, "/blauwdrukken/branchestraten.json", **{"if-none-match": response["ETag"]})[0].status_code == 304
    )


def test_the_second_download_costs_one_query_and_no_process(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    first = fetch(client, PDF)[1]
    monkeypatch.setattr(process, "_run_maker", lambda *everything: pytest.fail("made again"))
    with django_assert_num_queries(1):
        assert fetch(client, PDF)[1] == first
    store._known.clear()
    assert fetch(client, PDF)[1] == first


def test_the_first_download_costs_a_fixed_number_of_queries(client: Client, django_assert_num_queries: Any) -> None:
    fetch(client, "/blauwdrukken/talentvol.pdf")  # what is read once for each state of the content has been read
    with django_assert_num_queries(13):
        fetch(client, PDF)


def test_a_published_change_is_in_the_next_download_and_a_draft_is_not(client: Client) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    fetch(client, PDF)
    Kerncijfer.objects.create(blauwdruk=blauwdruk, waarde="4321", omschrijving="nieuw cijfer")
    assert "4321" in pdf_text(fetch(client, PDF)[1])
    blauwdruk = Blauwdruk.objects.get(nummer=4)
    blauwdruk.samenvatting = "Een kanariepiet."
    blauwdruk.save_revision()
    assert "kanariepiet" not in pdf_text(fetch(client, PDF)[1])
    blauwdruk.get_latest_revision().publish()
    assert "kanariepiet" in pdf_text(fetch(client, PDF)[1])


@pytest.mark.parametrize("extension", ["pdf", "docx", "epub", "json"])
@pytest.mark.parametrize("fields", [{"live": False}, {"expire_at": timezone.now() - timedelta(minutes=1)}])
def test_what_is_not_public_any_more_is_not_served_from_the_store(
    client: Client, extension: str, fields: dict[str, Any]
) -> None:
    url = f"/blauwdrukken/branchestraten.{extension}"
    response = fetch(client, url)[0]
    Blauwdruk.objects.filter(nummer=4).update(**fields)
    for headers in ({}, {"if-none-match": response["ETag"]}):
        afterwards, content = fetch(client, url, **headers)
        assert afterwards.status_code == 404
        assert "Content-Disposition" not in afterwards
        assert "Deze pagina bestaat niet" in content.decode()


@pytest.mark.parametrize(
    "address", ["bestaat-niet.pdf", "bestaat-niet.json", "branchestraten.exe", "concept-kanariepiet.pdf"]
)
def test_an_unknown_address_is_not_found(client: Client, hidden_word: str, address: str) -> None:
    assert client.get(f"/blauwdrukken/{address}").status_code == 404


def test_what_cannot_be_made_is_said_in_dutch(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def failed(*everything: Any) -> None:
        raise Failed("De tekst is te <lang>.")

    monkeypatch.setattr(store, "make_file", failed)
    response = client.get(PDF)
    assert response.status_code == 422
    assert "De tekst is te &lt;lang&gt;." in response.content.decode()


def test_hostile_content_is_a_document_like_any_other(client: Client, create_blauwdruk: Any) -> None:
    hostile = '<script>#read("/etc/passwd")</script> 👩‍👩‍👧 \x00\u202e'
    deep = "<ul><li>x" * 60 + "</li></ul>" * 60
    create_blauwdruk(slug="kwaad", titel="T" * 160, samenvatting=hostile.replace("\x00", ""), doel=deep, stand='"}]#x')
    for extension in ("pdf", "docx", "epub"):
        response, content = fetch(client, f"/blauwdrukken/kwaad.{extension}")
        assert response.status_code == 200
        text = unescape(text_of(content)).replace("\u200b", "")
        assert "/etc/passwd" in text
        assert "root:x:" not in text


def test_a_control_character_in_a_text_is_left_out(client: Client, create_blauwdruk: Any) -> None:
    create_blauwdruk(slug="stuur", doel="0\x1f1", leerpunten="<p>a\x0bb\uffff</p>")
    text = pdf_text(fetch(client, "/blauwdrukken/stuur.pdf")[1])
    assert "01" in text
    assert "ab" in text


def test_a_preview_of_a_new_blueprint_offers_no_files(rf: Any) -> None:
    draft = Blauwdruk(titel="Nieuw", slug="", samenvatting="x")
    draft.nummer = 99
    from django.template.loader import render_to_string

    html = render_to_string("blauwdrukken/detail.html", {"blauwdruk": draft, "groepen": []}, request=rf.get("/"))
    assert "Neem mee" not in html


def test_a_file_is_only_read(client: Client) -> None:
    refused, heading = client.post(PDF), client.head(PDF)
    assert (refused.status_code, refused.content) == (405, b"")
    assert refused["Allow"] == "GET, HEAD"
    assert int(heading["Content-Length"]) > 10_000
    assert content_of(heading) == b""
