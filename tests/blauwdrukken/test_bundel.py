from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from blauwdrukken import background
from blauwdrukken.documents.content.bundel import MAX_QUERY_BYTES, Bundel
from blauwdrukken.documents.limits import Failed
from blauwdrukken.documents.workshop import bundel_file, queue, store
from blauwdrukken.models import Bestand, Blauwdruk, Werkdocument
from tests.doors import text_of
from tests.uploads import files

TWO = "b=talentvol&b=branchestraten"


def fetch(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return unescape(response.content.decode())


def content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def chapters(html: str) -> list[str]:
    return re.findall(r'<h3>\s*<a href="/blauwdrukken/([\w-]+)/"', html)


@pytest.fixture(autouse=True)
def _worker_within_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # the test is in a transaction


@pytest.fixture
def large_query() -> str:
    """Query of a book that is too large to wait for."""
    slugs = Blauwdruk.objects.published().values_list("slug", flat=True)[: queue.MAX_IMMEDIATE + 1]
    return urlencode([("b", slug) for slug in slugs])


def test_one_link_shows_the_book_to_anybody(client: Client) -> None:
    html = fetch(client, f"/bundel/?{TWO}&titel=Mijn+boek&ondertitel=Sub&organisatie=WSP&voorwoord=Een%0D%0A%0D%0ATwee")
    assert "<h1>Mijn boek</h1>" in html
    assert "samengesteld door WSP" in html
    assert "<p>Een</p><p>Twee</p>" in html
    assert chapters(html) == ["talentvol", "branchestraten"]
    assert not client.cookies


def test_the_order_changes_by_buttons_that_keep_what_was_typed(client: Client) -> None:
    url = f"/bundel/?{TWO}&titel=Mijn+boek&voorwoord=Hallo"
    assert client.get(f"{url}&omlaag=talentvol")["Location"] == (
        "/bundel/?b=branchestraten&b=talentvol&titel=Mijn+boek&voorwoord=Hallo"
    )
    assert client.get(f"{url}&omhoog=branchestraten")["Location"].startswith("/bundel/?b=branchestraten&b=talentvol&")
    assert client.get(f"{url}&weg=talentvol")["Location"] == "/bundel/?b=branchestraten&titel=Mijn+boek&voorwoord=Hallo"
    assert client.get("/bundel/?b=talentvol&weg=talentvol")["Location"] == "/bundel/"
    assert client.get(f"{url}&weg=onzin").status_code == 200


def test_a_text_that_is_too_long_is_kept_and_refused_with_a_sentence(client: Client) -> None:
    for name, at_most in (("titel", 120), ("ondertitel", 160), ("organisatie", 120), ("voorwoord", 2000)):
        good, error = (f"{TWO}&{name}={'x' * length}" for length in (at_most, at_most + 1))
        assert "hooguit" not in fetch(client, f"/bundel/?{good}").replace("hooguit 2000 tekens. Een lege", "")
        html = fetch(client, f"/bundel/?{error}")
        assert f"Dit mag hooguit {at_most} tekens lang zijn. Nu zijn het er {at_most + 1}." in html
        assert "x" * (at_most + 1) in html
        assert "/bundel.pdf" not in html
        response = client.get(f"/bundel.docx?{error}")
        assert response.status_code == 422
        assert "Een tekst kan zo niet" in response.content.decode()


def test_fifty_blueprints_and_a_full_foreword_fit_in_one_link(create_blauwdruk: Any) -> None:
    titels = [f"een-aanpak-van-gemiddelde-lengte-voor-werkgevers-{n}" for n in range(50)]
    for slug in titels:
        create_blauwdruk(slug=slug)
    sentence = "Beste lezer, deze aanpakken werkten bij ons en in andere regio's.\n"
    book = Bundel(QueryDict(urlencode([*(("b", slug) for slug in titels), ("voorwoord", (sentence * 40)[:2000])])))
    assert book.objections == []
    assert len(book.slugs) == 50
    assert len(book.url("bundel-maken", als="epub")) < MAX_QUERY_BYTES


def test_a_link_that_gets_too_long_is_refused_with_a_sentence(client: Client) -> None:
    assert "De link naar dit boek wordt te lang" in fetch(
        client, f"/bundel/?{TWO}&{urlencode({'voorwoord': '😀' * 700})}"
    )


def test_more_than_fifty_are_refused_with_a_sentence(client: Client, create_blauwdruk: Any) -> None:
    query = urlencode([("b", create_blauwdruk().slug) for _ in range(51)])
    html = fetch(client, f"/bundel/?{query}")
    assert "Een boek heeft hooguit 50 blauwdrukken. U hebt er 51." in html
    assert "/bundel.pdf" not in html
    assert client.get(f"/bundel.pdf?{query}").status_code == 422


@pytest.mark.parametrize(
    "path", ["/bundel.pdf", "/bundel.docx?b=weg", "/bundel/maken/?als=pdf", f"/bundel/maken/?{TWO}&als=exe"]
)
def test_an_empty_book_or_an_unknown_format_is_not_found(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "Content-Disposition" not in response
    assert "Deze pagina bestaat niet" in response.content.decode()


def test_without_blueprints_the_page_tells_how_and_offers_what_was_chosen(client: Client) -> None:
    assert "Kies eerst blauwdrukken" in fetch(client, "/bundel/")
    client.post("/keuze/", {"erbij": "talentvol", "terug": "/"})
    assert "/bundel/?b=talentvol" in fetch(client, "/bundel/")


@pytest.mark.parametrize(
    "titel",
    ["<script>alert(1)</script>", '#read("/etc/passwd")', "=cmd|'/c calc'!A1", "\u202eomgekeerd", "a\x01b", "../../x"],
)
def test_a_hostile_title_is_plain_text_everywhere(client: Client, titel: str) -> None:
    query = f"{TWO}&{urlencode({'titel': titel, 'voorwoord': titel, 'organisatie': titel})}"
    assert "<script>alert" not in client.get(f"/bundel/?{query}").content.decode()
    response = client.get(f"/bundel.epub?{query}")
    assert response.status_code == 200
    assert "/" not in response["Content-Disposition"].replace("UTF-8''", "")
    parts = zipfile.ZipFile(io.BytesIO(content_of(response)))
    assert "<script>alert" not in "".join(parts.read(n).decode() for n in parts.namelist() if n.endswith("html"))


def test_a_null_character_is_refused_with_a_sentence(client: Client) -> None:
    assert "Een tekst kan zo niet" in fetch(client, f"/bundel/?{TWO}&titel=a%00b")


def test_the_number_of_queries_is_pinned(client: Client, django_assert_num_queries: Any, large_query: str) -> None:
    for query in (TWO, large_query):
        with django_assert_num_queries(12):
            fetch(client, f"/bundel/?{query}")


def test_the_zip_holds_every_document_the_files_and_a_list(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    word = files.word("Ons plan")
    file = Bestand.objects.create(title="Plan", file=ContentFile(word, name="plan.docx"))
    blauwdruk = Blauwdruk.objects.get(slug="talentvol")
    Werkdocument.objects.create(blauwdruk=blauwdruk, titel="Ons / plan", bestand=file)
    zip_ = zipfile.ZipFile(io.BytesIO(content_of(client.get(f"/bundel.zip?{TWO}&titel=Ons+boek"))))
    names = zip_.namelist()
    assert names[:5] == ["LEESMIJ.txt", "blauwdrukken.json", "Ons boek.pdf", "Ons boek.docx", "Ons boek.epub"]
    assert [zip_.read(name) for name in names if name.startswith("werkdocumenten/15 Talentvol/")] == [word]
    assert [row["slug"] for row in json.loads(zip_.read("blauwdrukken.json"))] == ["talentvol", "branchestraten"]
    readme = zip_.read("LEESMIJ.txt").decode()
    assert all(name in readme for name in names[1:])


def test_a_working_document_whose_file_is_gone_is_left_out(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    file = Bestand.objects.create(title="Plan", file=ContentFile(files.word("Plan"), name="plan.docx"))
    Werkdocument.objects.create(blauwdruk=Blauwdruk.objects.get(slug="talentvol"), titel="Plan", bestand=file)
    Path(file.file.path).unlink()
    assert list(bundel_file._werkdocumenten(Bundel(QueryDict(TWO)))) == []


def test_a_large_book_is_made_in_the_background_and_then_offered(client: Client, large_query: str) -> None:
    response = client.get(f"/bundel.docx?{large_query}&titel=Groot", follow=True)
    assert response.redirect_chain[-1][0].startswith("/bundel/maken/?")
    assert "Wij maken uw boek" in response.content.decode()
    assert response["Refresh"] == "2"
    call_command("werk")
    ready = client.get(response.redirect_chain[-1][0])
    assert "Uw boek is klaar" in ready.content.decode()
    assert "Refresh" not in ready
    file = client.get(f"/bundel.docx?{large_query}&titel=Groot")
    assert file["Content-Disposition"].startswith('attachment; filename="Groot.docx"')
    assert content_of(file).startswith(b"PK")


def test_two_people_who_ask_for_the_same_share_one_task(client: Client, large_query: str) -> None:
    for _ in range(2):
        client.get(f"/bundel.epub?{large_query}", follow=True)
    Client().get(f"/bundel.epub?{large_query}", follow=True)
    assert DBTaskResult.objects.count() == 1


def test_a_book_that_fails_says_so_and_can_be_tried_again(
    client: Client, large_query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failed(*_: Any) -> Path:
        raise Failed("De tekst is te lang.")

    with monkeypatch.context() as broken:
        broken.setattr(queue, "bundel_file", failed)
        url = client.get(f"/bundel.epub?{large_query}", follow=True).redirect_chain[-1][0]
        call_command("werk")
    html = fetch(client, url)
    assert "Het boek maken is niet gelukt" in html
    assert "De tekst is te lang." in html
    assert "Wij maken uw boek" in unescape(client.get(f"{url}&opnieuw=ja", follow=True).content.decode())
    call_command("werk")
    assert "Uw boek is klaar" in fetch(client, url)


def test_an_error_nobody_foresaw_is_told_without_its_details(
    client: Client, large_query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Path:
        raise ValueError("geheim")

    monkeypatch.setattr(queue, "bundel_file", broken)
    url = client.get(f"/bundel.epub?{large_query}", follow=True).redirect_chain[-1][0]
    call_command("werk")
    html = fetch(client, url)
    assert "Er ging iets mis bij het maken" in html
    assert "geheim" not in html


def test_what_a_stopped_process_left_is_taken_up_again(client: Client, large_query: str) -> None:
    url = client.get(f"/bundel.epub?{large_query}", follow=True).redirect_chain[-1][0]
    DBTaskResult.objects.update(status="RUNNING")
    assert "Wij zijn bezig" in fetch(client, url)
    call_command("werk")
    assert "Uw boek is klaar" in fetch(client, url)


@pytest.mark.parametrize("status", ["READY", "RUNNING"])
def test_a_task_of_an_earlier_version_fails_alone_and_its_reader_asks_again(
    client: Client, large_query: str, status: str
) -> None:
    url = client.get(f"/bundel.epub?{large_query}", follow=True).redirect_chain[-1][0]
    of_earlier_makers = {"args": [], "kwargs": {"sleutel": "eerder", "formaat": "epub", "vraag": large_query}}
    gone = {"task_path": "blauwdrukken.uitvoer.achtergrond.maak_bundel", "args_kwargs": of_earlier_makers}
    DBTaskResult.objects.update(status=status, **gone)
    assert "Wij maken uw boek" in unescape(client.get(url, follow=True).content.decode())
    call_command("werk")
    assert list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True)) == [
        "FAILED",
        "SUCCESSFUL",
    ]
    assert "Uw boek is klaar" in fetch(client, url)


def test_a_file_that_was_tidied_away_is_made_again(client: Client, large_query: str) -> None:
    url = client.get(f"/bundel.epub?{large_query}", follow=True).redirect_chain[-1][0]
    call_command("werk")
    (store.output_dir() / DBTaskResult.objects.get().return_value["bestand"]).unlink()
    assert "Wij maken uw boek" in unescape(client.get(url, follow=True).content.decode())


def test_a_changed_blueprint_makes_a_new_book(client: Client, large_query: str) -> None:
    client.get(f"/bundel.epub?{large_query}", follow=True)
    call_command("werk")
    Blauwdruk.objects.filter(slug="talentvol").update(samenvatting="Heel anders")
    assert "Wij maken uw boek" in unescape(client.get(f"/bundel.epub?{large_query}", follow=True).content.decode())
    call_command("werk")
    assert "Heel anders" in text_of(content_of(client.get(f"/bundel.epub?{large_query}", follow=True)))


def test_a_full_queue_asks_to_come_back_later(client: Client, large_query: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(background, "MAX_QUEUED", 1)
    client.get(f"/bundel.epub?{large_query}", follow=True)
    response = client.get(f"/bundel.epub?{large_query}&titel=Ander", follow=True)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert DBTaskResult.objects.count() == 1


def test_the_place_in_the_queue_is_told(client: Client, large_query: str) -> None:
    client.get(f"/bundel.epub?{large_query}", follow=True)
    html = unescape(client.get(f"/bundel.epub?{large_query}&titel=Ander", follow=True).content.decode())
    assert "1 bestand gaat voor." in html
