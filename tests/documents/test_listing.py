from __future__ import annotations

import csv
import io
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

import pytest
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from blauwdrukken.documents.content import data as content_data
from blauwdrukken.documents.content import listing
from blauwdrukken.documents.content.document import with_all_content
from blauwdrukken.documents.formats.stream import csv_cell
from blauwdrukken.documents.workshop.process import Pace, hold_place, lock_files
from blauwdrukken.models import Blauwdruk, Kostenpost, Organisatie, Partij
from blauwdrukken.search import results
from blauwdrukken.search.gateway import gateway
from blauwdrukken.text.clean import FORMULA, sanitize
from blauwdrukken.views import export

FORMATS = ("csv", "xlsx", "json")
QUERY_STRINGS = [
    "",
    "?thema=scholing&thema=matching&fase=lopend",
    "?zoek=scholing",
    "?zoek=werkgevers+bustour&sorteer=titel",
    "?regio=twente&fase=idee",
    "?sorteer=titel&pagina=2",
]


def fetch(client: Client, url: str, **headers: str) -> bytes:
    response = client.get(url, headers=headers)
    assert response.status_code == 200, url
    return response.getvalue()


def break_off(response: Any) -> None:
    """Go away before the answer is complete; the client's own iterator leaves the connection of the test open."""
    response._iterator.close()


def as_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def as_xlsx(content: bytes) -> list[dict[str, Any]]:
    headings, *rows = load_workbook(io.BytesIO(content))["Lijst"].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def numbers_on_pages(client: Client, query: str) -> list[int]:
    """Numbers on all pages of the list, in order."""
    query = re.sub(r"&?pagina=\d+", "", query) or "?"
    first = client.get(f"/blauwdrukken/{query}").context["paginator"]
    pages = [client.get(f"/blauwdrukken/{query}&pagina={nummer}") for nummer in first.page_range]
    return [blauwdruk.nummer for page in pages for blauwdruk in page.context["blauwdrukken"]]


@pytest.mark.parametrize("query", QUERY_STRINGS)
def test_every_file_holds_exactly_the_rows_of_the_page_in_its_order(client: Client, query: str) -> None:
    nummers = numbers_on_pages(client, query)
    assert [int(row["Nummer"]) for row in as_csv(fetch(client, f"/blauwdrukken.csv{query}"))] == nummers
    assert [row["Nummer"] for row in as_xlsx(fetch(client, f"/blauwdrukken.xlsx{query}"))] == nummers
    parsed = json.loads(fetch(client, f"/blauwdrukken.json{query}"))
    assert [row["nummer"] for row in parsed["resultaten"]] == nummers
    assert parsed["aantal"] == len(nummers)


def test_the_json_tells_what_the_api_tells(client: Client) -> None:
    parsed = json.loads(fetch(client, "/blauwdrukken.json?thema=scholing"))
    by_number = {b.nummer: b for b in with_all_content(Blauwdruk.objects.published())}
    for row in parsed["resultaten"]:
        expected = json.dumps(content_data.full_data(by_number[row["nummer"]]), cls=DjangoJSONEncoder)
        assert row == json.loads(expected)
        assert row == client.get(f"/api/v1/blauwdrukken/{row['slug']}").json()
    assert parsed["filters"] == {"thema": ["scholing"]}
    assert parsed["meldingen"] == []


def duration_of(row: dict[str, Any]) -> str:
    months, words = row["looptijd_maanden"], row["looptijd_toelichting"]
    number = f"{months} maand{'' if months == 1 else 'en'}" if months else ""
    return f"{number} ({words})" if number and words else number or words[:1].upper() + words[1:]


def expected_row(row: dict[str, Any]) -> dict[str, Any]:
    """Typed values that a spreadsheet should hold, from the data of the API."""

    def names(key: str) -> str | None:
        return "; ".join(name["naam"] for name in row[key]) or None

    def day(key: str) -> datetime | None:
        return datetime.fromisoformat(row[key]) if row[key] else None

    regios = ["Heel Nederland"] * row["landelijk"] + [regio["naam"] for regio in row["regios"]]
    return {
        "Nummer": row["nummer"],
        "Titel": row["titel"],
        "Samenvatting": row["samenvatting"],
        "Adres": row["url"],
        "Regio's": "; ".join(regios) or None,
        "Thema's": names("themas"),
        "Doelgroepen": names("doelgroepen"),
        "Programma": row["programma"] and row["programma"]["naam"],
        "Fase": row["fase_met_moment"],
        "Onderbouwing": Blauwdruk.Onderbouwing(row["onderbouwing"]).label,
        "Looptijd in maanden": row["looptijd_maanden"],
        "Looptijd in woorden": duration_of(row) or None,
        **{
            f"Kosten per {head['per']}, hoogste bedrag": head["hoogste"] and float(head["hoogste"])
            for head in row["kosten_vergelijkbaar"]
        },
        "Aantal partijen": len(row["partijen"]),
        "Organisatie om te benaderen": row["contactorganisatie"],
        "Datum blauwdruk": row["beschreven_in_woorden"],
        "Datum in EDTF": row["beschreven"],
        "Herzien vóór": day("herzien_voor"),
    }


def test_the_spreadsheet_equals_the_data_of_the_api_with_real_types(client: Client) -> None:
    expected = [expected_row(row) for row in json.loads(fetch(client, "/blauwdrukken.json"))["resultaten"]]
    content = fetch(client, "/blauwdrukken.xlsx")
    rows = as_xlsx(content)
    assert len(rows) == 25
    assert [
        {heading: row[heading] for heading in expectation} for row, expectation in zip(rows, expected, strict=True)
    ] == expected
    urls = load_workbook(io.BytesIO(content))["Lijst"]["D"][1:]
    assert [cell.hyperlink.target for cell in urls] == [row["Adres"] for row in expected]


def test_the_csv_equals_the_spreadsheet_in_dutch_notation(client: Client) -> None:
    def as_text(value: Any, heading: str) -> str:
        if value is None:
            return ""
        if isinstance(value, datetime):
            return f"{value:%d-%m-%Y}"
        return f"{value:.2f}".replace(".", ",") if heading.endswith("bedrag") else str(value)

    rows = as_xlsx(fetch(client, "/blauwdrukken.xlsx"))
    expected = [{heading: as_text(value, heading) for heading, value in row.items()} for row in rows]
    assert as_csv(fetch(client, "/blauwdrukken.csv")) == expected


def test_every_party_and_every_cost_is_named(client: Client) -> None:
    (row,) = (row for row in as_csv(fetch(client, "/blauwdrukken.csv")) if row["Titel"] == "Branchestraten")
    for partij in Partij.objects.filter(blauwdruk__slug="branchestraten").select_related("organisatie"):
        assert partij.get_rol_display() in row["Betrokken partijen"]
        assert partij.organisatie.naam in row["Betrokken partijen"]
    for post in Kostenpost.objects.filter(blauwdruk__slug="branchestraten"):
        assert f"{post.omschrijving}: {post.bedrag} {post.get_eenheid_display()}" in row["Kosten"]
        assert post.get_soort_display() in row["Kosten"]


def test_the_csv_opens_in_dutch_excel(client: Client) -> None:
    response = client.get("/blauwdrukken.csv")
    content = response.getvalue()
    assert content.startswith("\ufeffNummer;Titel;".encode())
    assert content.endswith(b"\r\n")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert re.search(r'filename="Blauwdrukken \d+ [a-z]+ \d{4}\.csv"', response["Content-Disposition"])


def test_the_second_sheet_says_what_was_asked(client: Client) -> None:
    content = fetch(client, "/blauwdrukken.xlsx?thema=scholing&zoek=werkgever")
    about = list(load_workbook(io.BytesIO(content))["Over deze lijst"].iter_rows(values_only=True))
    assert ("Thema", "Scholing") in about
    assert ("Zoekwoord", "werkgever") in about
    assert ("Adres", "http://127.0.0.1:8000/blauwdrukken/?thema=scholing&zoek=werkgever") in about


@pytest.mark.parametrize("extension", FORMATS)
def test_a_draft_or_an_expired_blueprint_is_in_no_file(client: Client, hidden_word: str, extension: str) -> None:
    content = fetch(client, f"/blauwdrukken.{extension}")
    if extension == "xlsx":
        content = repr(as_xlsx(content)).encode()
    assert hidden_word.encode() not in content.lower()


@pytest.mark.parametrize("extension", FORMATS)
def test_a_file_has_a_version_that_a_browser_can_ask_for(client: Client, create_blauwdruk: Any, extension: str) -> None:
    url = f"/blauwdrukken.{extension}?thema=scholing"
    first = client.get(url)
    etag = first["ETag"]
    assert first.getvalue()
    again = client.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again["ETag"], again.getvalue()) == (304, etag, b"")
    heading = client.head(url)
    assert (heading.status_code, heading["ETag"], heading.getvalue()) == (200, etag, b"")
    assert heading["Content-Type"] == first["Content-Type"]
    create_blauwdruk(titel="Nieuw")
    Blauwdruk.objects.filter(slug="branchestraten").update(titel="Anders")
    assert fetch(client, url, **{"If-None-Match": etag})


@pytest.mark.parametrize("extension", FORMATS)
def test_a_blueprint_that_expires_gives_another_version(client: Client, extension: str) -> None:
    url = f"/blauwdrukken.{extension}"
    Blauwdruk.objects.filter(slug="branchestraten").update(expire_at=timezone.now() + timedelta(hours=1))
    etag = client.head(url)["ETag"]
    with pytest.MonkeyPatch.context() as later:
        soon = timezone.now() + timedelta(hours=2)
        later.setattr("django.utils.timezone.now", lambda: soon)
        content = fetch(client, url, **{"If-None-Match": etag})
    assert b"Branchestraten" not in (repr(as_xlsx(content)).encode() if extension == "xlsx" else content)


@pytest.mark.parametrize("extension", FORMATS)
def test_a_file_cannot_be_posted_to_and_stays_out_of_search_engines(client: Client, extension: str) -> None:
    assert client.post(f"/blauwdrukken.{extension}").status_code == 405
    assert client.head(f"/blauwdrukken.{extension}?regio=twente")["X-Robots-Tag"] == "noindex"


def test_the_page_offers_the_same_list_as_files(client: Client) -> None:
    html = client.get("/blauwdrukken/?thema=scholing&fase=lopend").content.decode()
    for extension in FORMATS:
        assert f'href="/blauwdrukken.{extension}?thema=scholing&amp;fase=lopend"' in html
    assert re.search(r'<link rel="alternate"\s+type="text/csv"', html)


def test_a_list_that_is_too_long_for_a_spreadsheet_points_to_csv(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(export, "MAX_ROWS", 24)
    response = client.get("/blauwdrukken.xlsx?sorteer=titel")
    html = response.content.decode()
    assert response.status_code == 413
    assert "De lijst telt 25 blauwdrukken. In een Excel-bestand zetten we er hooguit 24." in html
    assert 'href="/blauwdrukken.csv?sorteer=titel"' in html
    monkeypatch.setattr(export, "MAX_ROWS", 25)
    assert fetch(client, "/blauwdrukken.xlsx?sorteer=titel")


def test_long_lists_are_made_for_a_few_at_a_time(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(export, "LONG_LIST", 24)
    monkeypatch.setattr(export, "VISITOR", Pace(0.0, 40))
    with ExitStack() as taken:
        for _ in range(export.MAX_CONCURRENT):
            taken.enter_context(hold_place(lock_files("lijst", export.MAX_CONCURRENT), 0))
        busy = client.get("/blauwdrukken.csv")
        assert (busy.status_code, busy["Retry-After"]) == (503, "20")
        assert "Het is even druk" in busy.content.decode()
        assert fetch(client, "/blauwdrukken.csv?thema=scholing")
    given_back: list[Any] = [client.get("/blauwdrukken.csv") for _ in range(export.MAX_CONCURRENT)]
    assert client.get("/blauwdrukken.csv").status_code == 503
    for response in given_back:
        next(iter(response.streaming_content))
        break_off(response)
    assert len(as_csv(fetch(client, "/blauwdrukken.csv"))) == 25


def test_a_list_is_sent_while_it_is_read(client: Client, django_assert_num_queries: Any) -> None:
    response: Any = client.get("/blauwdrukken.csv")
    with django_assert_num_queries(0):
        assert next(iter(response.streaming_content)).startswith("\ufeffNummer".encode())
    break_off(response)


QUERIES_PER_PART = {"csv": 8, "json": 11}


@pytest.mark.parametrize("extension", QUERIES_PER_PART)
def test_every_part_costs_the_same_queries_and_every_row_comes_once(
    client: Client, extension: str, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    call_command("maak_oefendata", aantal=95, verbosity=0)
    monkeypatch.setattr(listing, "CHUNK_SIZE", 40)
    monkeypatch.setattr(results, "KEY_WINDOW", 80)
    gateway().engine()
    response = client.get(f"/blauwdrukken.{extension}")
    with django_assert_num_queries(3 * QUERIES_PER_PART[extension]):
        content = response.getvalue()
    nummers = (
        [int(row["Nummer"]) for row in as_csv(content)]
        if extension == "csv"
        else [row["nummer"] for row in json.loads(content)["resultaten"]]
    )
    assert nummers == numbers_on_pages(client, "")
    assert len(nummers) == len(set(nummers)) == Blauwdruk.objects.published().count()


def test_a_spreadsheet_that_was_made_before_costs_no_rows(client: Client, django_assert_num_queries: Any) -> None:
    fetch(client, "/blauwdrukken.xlsx?thema=scholing")
    with django_assert_num_queries(3):
        fetch(client, "/blauwdrukken.xlsx?thema=scholing")


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", '=cmd|"/C calc"!A0', "＝1+1"])
def test_a_formula_in_a_text_stays_text_in_every_file(client: Client, create_blauwdruk: Any, hostile: str) -> None:
    organisatie = Organisatie.objects.create(naam=hostile)
    blauwdruk = create_blauwdruk(titel=hostile, samenvatting=hostile, contactorganisatie=organisatie)
    nummer = blauwdruk.nummer
    (row,) = (row for row in as_csv(fetch(client, "/blauwdrukken.csv")) if row["Nummer"] == str(nummer))
    assert {row["Titel"], row["Samenvatting"], row["Organisatie om te benaderen"]} == {f"'{hostile}"}
    (row,) = (row for row in as_xlsx(fetch(client, "/blauwdrukken.xlsx")) if row["Nummer"] == nummer)
    assert {row["Titel"], row["Samenvatting"], row["Organisatie om te benaderen"]} == {hostile}
    parsed = json.loads(fetch(client, "/blauwdrukken.json"))["resultaten"]
    assert hostile in [row["titel"] for row in parsed]


@given(
    rows=st.lists(
        st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), min_size=3, max_size=3)
    )
)
@example([["=1+1", 'a"b;c', "x\r\ny"]])
@example([["", "\x00=1", "\ufeff=1"]])
def test_any_text_comes_back_from_csv_and_none_begins_as_a_formula(rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows(
        [csv_cell(text, "tekst") for text in row] for row in rows
    )
    parsed = list(csv.reader(io.StringIO(buffer.getvalue(), newline=""), delimiter=";"))
    for row, again in zip(rows, parsed, strict=True):
        for text, cell in zip(row, again, strict=True):
            assert cell.removeprefix("'") == sanitize(text).removeprefix("'")
            assert not FORMULA.match(cell)


@given(bedrag=st.decimals(0, 10**10, places=2), day=st.dates(date(1900, 1, 1)), number=st.integers(0, 10**6))
def test_numbers_amounts_and_dates_are_written_the_dutch_way(bedrag: Decimal, day: date, number: int) -> None:
    assert Decimal(csv_cell(str(bedrag), "bedrag").replace(",", ".")) == bedrag
    assert datetime.strptime(csv_cell(day.isoformat(), "datum"), "%d-%m-%Y").date() == day  # noqa: DTZ007
    assert int(csv_cell(number, "getal")) == number
    assert csv_cell(None, "bedrag") == csv_cell(None, "datum") == csv_cell(None, "getal") == ""


def test_a_stream_can_be_compressed(client: Client) -> None:
    response = client.get("/blauwdrukken.csv", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    unpacked = zlib.decompress(response.getvalue(), wbits=31)
    assert len(as_csv(unpacked)) == 25
    assert client.get("/blauwdrukken.csv", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_reading_stops_when_the_visitor_goes_away(client: Client, monkeypatch: Any) -> None:
    parsed: list[int] = []

    def rows(*_: Any) -> Iterator[Any]:
        for blauwdruk in with_all_content(Blauwdruk.objects.published()):
            parsed.append(blauwdruk.nummer)
            yield blauwdruk

    monkeypatch.setattr("blauwdrukken.documents.formats.stream.read_rows", rows)
    response: Any = client.get("/blauwdrukken.json")
    assert len(list(islice(response.streaming_content, 3))) == 3
    break_off(response)
    assert len(parsed) < 5
