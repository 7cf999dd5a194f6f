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
from blauwdrukken.documents.workshop.process import hold_place, lock_files
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


def fetch(client: Client, adres: str, **koppen: str) -> bytes:
    antwoord = client.get(adres, headers=koppen)
    assert antwoord.status_code == 200, adres
    return antwoord.getvalue()


def break_off(antwoord: Any) -> None:
    """Go away before the answer is complete; the client's own iterator leaves the connection of the test open."""
    antwoord._iterator.close()


def as_csv(inhoud: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))


def as_xlsx(inhoud: bytes) -> list[dict[str, Any]]:
    koppen, *rijen = load_workbook(io.BytesIO(inhoud))["Lijst"].iter_rows(values_only=True)
    return [dict(zip(koppen, rij, strict=True)) for rij in rijen]


def numbers_on_pages(client: Client, vraag: str) -> list[int]:
    """Numbers on all pages of the list, in order."""
    vraag = re.sub(r"&?pagina=\d+", "", vraag) or "?"
    eerste = client.get(f"/blauwdrukken/{vraag}").context["paginator"]
    paginas = [client.get(f"/blauwdrukken/{vraag}&pagina={nummer}") for nummer in eerste.page_range]
    return [blauwdruk.nummer for pagina in paginas for blauwdruk in pagina.context["blauwdrukken"]]


@pytest.mark.parametrize("vraag", QUERY_STRINGS)
def test_every_file_holds_exactly_the_rows_of_the_page_in_its_order(client: Client, vraag: str) -> None:
    nummers = numbers_on_pages(client, vraag)
    assert [int(rij["Nummer"]) for rij in as_csv(fetch(client, f"/blauwdrukken.csv{vraag}"))] == nummers
    assert [rij["Nummer"] for rij in as_xlsx(fetch(client, f"/blauwdrukken.xlsx{vraag}"))] == nummers
    gelezen = json.loads(fetch(client, f"/blauwdrukken.json{vraag}"))
    assert [rij["nummer"] for rij in gelezen["resultaten"]] == nummers
    assert gelezen["aantal"] == len(nummers)


def test_the_json_tells_what_the_api_tells(client: Client) -> None:
    gelezen = json.loads(fetch(client, "/blauwdrukken.json?thema=scholing&kleur=rood"))
    per_nummer = {b.nummer: b for b in with_all_content(Blauwdruk.objects.published())}
    for rij in gelezen["resultaten"]:
        verwacht = json.dumps(content_data.full_data(per_nummer[rij["nummer"]]), cls=DjangoJSONEncoder)
        assert rij == json.loads(verwacht)
        assert rij == client.get(f"/api/v1/blauwdrukken/{rij['slug']}").json()
    assert gelezen["filters"] == {"thema": ["scholing"]}
    assert gelezen["meldingen"] == ["Het filter “kleur” kennen we niet. We hebben het niet gebruikt."]


def amounts_of(rij: dict[str, Any]) -> list[Decimal]:
    return [Decimal(post[einde]) for post in rij["kosten"] for einde in ("bedrag_van", "bedrag_tot") if post[einde]]


def expected_row(rij: dict[str, Any]) -> dict[str, Any]:
    """Typed values that a spreadsheet should hold, from the data of the API."""

    def namen(sleutel: str) -> str | None:
        return "; ".join(naam["naam"] for naam in rij[sleutel]) or None

    def dag(sleutel: str) -> datetime | None:
        return datetime.fromisoformat(rij[sleutel]) if rij[sleutel] else None

    regios = ["Heel Nederland"] * rij["landelijk"] + [regio["naam"] for regio in rij["regios"]]
    return {
        "Nummer": rij["nummer"],
        "Titel": rij["titel"],
        "Samenvatting": rij["samenvatting"],
        "Adres": rij["url"],
        "Regio's": "; ".join(regios) or None,
        "Thema's": namen("themas"),
        "Doelgroepen": namen("doelgroepen"),
        "Programma": rij["programma"] and rij["programma"]["naam"],
        "Fase": Blauwdruk.Fase(rij["fase"]).label,
        "Onderbouwing": Blauwdruk.Onderbouwing(rij["onderbouwing"]).label,
        "Looptijd in maanden": rij["looptijd_maanden"],
        "Laagste bedrag": float(min(amounts_of(rij))) if amounts_of(rij) else None,
        "Hoogste bedrag": float(max(amounts_of(rij))) if amounts_of(rij) else None,
        "Aantal partijen": len(rij["partijen"]),
        "Organisatie om te benaderen": rij["contactorganisatie"],
        "Datum blauwdruk": dag("laatst_gewijzigd"),
        "Herzien vóór": dag("herzien_voor"),
    }


def test_the_spreadsheet_equals_the_data_of_the_api_with_real_types(client: Client) -> None:
    verwacht = [expected_row(rij) for rij in json.loads(fetch(client, "/blauwdrukken.json"))["resultaten"]]
    inhoud = fetch(client, "/blauwdrukken.xlsx")
    rijen = as_xlsx(inhoud)
    assert len(rijen) == 25
    assert [
        {kop: rij[kop] for kop in verwachting} for rij, verwachting in zip(rijen, verwacht, strict=True)
    ] == verwacht
    adressen = load_workbook(io.BytesIO(inhoud))["Lijst"]["D"][1:]
    assert [cel.hyperlink.target for cel in adressen] == [rij["Adres"] for rij in verwacht]


def test_the_csv_equals_the_spreadsheet_in_dutch_notation(client: Client) -> None:
    def als_tekst(waarde: Any, kop: str) -> str:
        if waarde is None:
            return ""
        if isinstance(waarde, datetime):
            return f"{waarde:%d-%m-%Y}"
        return f"{waarde:.2f}".replace(".", ",") if kop.endswith("bedrag") else str(waarde)

    rijen = as_xlsx(fetch(client, "/blauwdrukken.xlsx"))
    verwacht = [{kop: als_tekst(waarde, kop) for kop, waarde in rij.items()} for rij in rijen]
    assert as_csv(fetch(client, "/blauwdrukken.csv")) == verwacht


def test_every_party_and_every_cost_is_named(client: Client) -> None:
    (rij,) = (rij for rij in as_csv(fetch(client, "/blauwdrukken.csv")) if rij["Titel"] == "Branchestraten")
    for partij in Partij.objects.filter(blauwdruk__slug="branchestraten").select_related("organisatie"):
        assert partij.get_rol_display() in rij["Betrokken partijen"]
        assert partij.organisatie.naam in rij["Betrokken partijen"]
    for post in Kostenpost.objects.filter(blauwdruk__slug="branchestraten"):
        assert f"{post.omschrijving}: {post.bedrag} {post.get_eenheid_display()}" in rij["Kosten"]


def test_the_csv_opens_in_dutch_excel(client: Client) -> None:
    antwoord = client.get("/blauwdrukken.csv")
    inhoud = antwoord.getvalue()
    assert inhoud.startswith("\ufeffNummer;Titel;".encode())
    assert inhoud.endswith(b"\r\n")
    assert antwoord["Content-Type"] == "text/csv; charset=utf-8"
    assert re.search(r'filename="Blauwdrukken \d+ [a-z]+ \d{4}\.csv"', antwoord["Content-Disposition"])


def test_the_second_sheet_says_what_was_asked(client: Client) -> None:
    inhoud = fetch(client, "/blauwdrukken.xlsx?thema=scholing&thema=bestaatniet&zoek=werkgever")
    over = list(load_workbook(io.BytesIO(inhoud))["Over deze lijst"].iter_rows(values_only=True))
    assert ("Thema", "Scholing") in over
    assert ("Zoekwoord", "werkgever") in over
    assert ("Adres", "http://127.0.0.1:8000/blauwdrukken/?thema=scholing&zoek=werkgever") in over
    assert ("Let op", "Bij thema kennen we “bestaatniet” niet. We hebben deze keuze niet gebruikt.") in over


@pytest.mark.parametrize("formaat", FORMATS)
def test_a_draft_or_an_expired_blueprint_is_in_no_file(client: Client, hidden_word: str, formaat: str) -> None:
    inhoud = fetch(client, f"/blauwdrukken.{formaat}")
    if formaat == "xlsx":
        inhoud = repr(as_xlsx(inhoud)).encode()
    assert hidden_word.encode() not in inhoud.lower()


@pytest.mark.parametrize("formaat", FORMATS)
def test_a_file_has_a_version_that_a_browser_can_ask_for(client: Client, create_blauwdruk: Any, formaat: str) -> None:
    adres = f"/blauwdrukken.{formaat}?thema=scholing"
    eerste = client.get(adres)
    etag = eerste["ETag"]
    assert eerste.getvalue()
    weer = client.get(adres, headers={"If-None-Match": etag})
    assert (weer.status_code, weer["ETag"], weer.getvalue()) == (304, etag, b"")
    kop = client.head(adres)
    assert (kop.status_code, kop["ETag"], kop.getvalue()) == (200, etag, b"")
    assert kop["Content-Type"] == eerste["Content-Type"]
    create_blauwdruk(titel="Nieuw")
    Blauwdruk.objects.filter(slug="branchestraten").update(titel="Anders")
    assert fetch(client, adres, **{"If-None-Match": etag})


@pytest.mark.parametrize("formaat", FORMATS)
def test_a_blueprint_that_expires_gives_another_version(client: Client, formaat: str) -> None:
    adres = f"/blauwdrukken.{formaat}"
    Blauwdruk.objects.filter(slug="branchestraten").update(expire_at=timezone.now() + timedelta(hours=1))
    etag = client.head(adres)["ETag"]
    with pytest.MonkeyPatch.context() as later:
        straks = timezone.now() + timedelta(hours=2)
        later.setattr("django.utils.timezone.now", lambda: straks)
        inhoud = fetch(client, adres, **{"If-None-Match": etag})
    assert b"Branchestraten" not in (repr(as_xlsx(inhoud)).encode() if formaat == "xlsx" else inhoud)


@pytest.mark.parametrize("formaat", FORMATS)
def test_a_file_cannot_be_posted_to_and_stays_out_of_search_engines(client: Client, formaat: str) -> None:
    assert client.post(f"/blauwdrukken.{formaat}").status_code == 405
    assert client.head(f"/blauwdrukken.{formaat}?regio=twente")["X-Robots-Tag"] == "noindex"


def test_the_page_offers_the_same_list_as_files(client: Client) -> None:
    html = client.get("/blauwdrukken/?thema=scholing&fase=lopend").content.decode()
    for formaat in FORMATS:
        assert f'href="/blauwdrukken.{formaat}?thema=scholing&amp;fase=lopend"' in html
    assert re.search(r'<link rel="alternate"\s+type="text/csv"', html)


def test_a_list_that_is_too_long_for_a_spreadsheet_points_to_csv(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(export, "MAX_ROWS", 24)
    antwoord = client.get("/blauwdrukken.xlsx?sorteer=titel")
    html = antwoord.content.decode()
    assert antwoord.status_code == 413
    assert "De lijst telt 25 blauwdrukken. In een Excel-bestand zetten we er hooguit 24." in html
    assert 'href="/blauwdrukken.csv?sorteer=titel"' in html
    monkeypatch.setattr(export, "MAX_ROWS", 25)
    assert fetch(client, "/blauwdrukken.xlsx?sorteer=titel")


def test_long_lists_are_made_for_a_few_at_a_time(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(export, "LONG_LIST", 24)
    monkeypatch.setattr(export, "PATIENCE", 0.0)
    with ExitStack() as bezet:
        for _ in range(export.MAX_CONCURRENT):
            bezet.enter_context(hold_place(lock_files("lijst", export.MAX_CONCURRENT), 0))
        druk = client.get("/blauwdrukken.csv")
        assert (druk.status_code, druk["Retry-After"]) == (503, "20")
        assert "Het is even druk" in druk.content.decode()
        assert fetch(client, "/blauwdrukken.csv?thema=scholing")
    weg: list[Any] = [client.get("/blauwdrukken.csv") for _ in range(export.MAX_CONCURRENT)]
    assert client.get("/blauwdrukken.csv").status_code == 503
    for antwoord in weg:
        next(iter(antwoord.streaming_content))
        break_off(antwoord)
    assert len(as_csv(fetch(client, "/blauwdrukken.csv"))) == 25


def test_a_list_is_sent_while_it_is_read(client: Client, django_assert_num_queries: Any) -> None:
    antwoord: Any = client.get("/blauwdrukken.csv")
    with django_assert_num_queries(0):
        assert next(iter(antwoord.streaming_content)).startswith("\ufeffNummer".encode())
    break_off(antwoord)


QUERIES_PER_PART = {"csv": 6, "json": 9}


@pytest.mark.parametrize("formaat", QUERIES_PER_PART)
def test_every_part_costs_the_same_queries_and_every_row_comes_once(
    client: Client, formaat: str, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    call_command("maak_oefendata", aantal=95, verbosity=0)
    monkeypatch.setattr(listing, "CHUNK_SIZE", 40)
    monkeypatch.setattr(results, "KEY_WINDOW", 80)
    gateway().engine()
    antwoord = client.get(f"/blauwdrukken.{formaat}")
    with django_assert_num_queries(3 * QUERIES_PER_PART[formaat]):
        inhoud = antwoord.getvalue()
    nummers = (
        [int(rij["Nummer"]) for rij in as_csv(inhoud)]
        if formaat == "csv"
        else [rij["nummer"] for rij in json.loads(inhoud)["resultaten"]]
    )
    assert nummers == numbers_on_pages(client, "")
    assert len(nummers) == len(set(nummers)) == Blauwdruk.objects.published().count()


def test_a_spreadsheet_that_was_made_before_costs_no_rows(client: Client, django_assert_num_queries: Any) -> None:
    fetch(client, "/blauwdrukken.xlsx?thema=scholing")
    with django_assert_num_queries(9):
        fetch(client, "/blauwdrukken.xlsx?thema=scholing")


@pytest.mark.parametrize("kwaad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", '=cmd|"/C calc"!A0', "＝1+1"])
def test_a_formula_in_a_text_stays_text_in_every_file(client: Client, create_blauwdruk: Any, kwaad: str) -> None:
    organisatie = Organisatie.objects.create(naam=kwaad)
    blauwdruk = create_blauwdruk(titel=kwaad, samenvatting=kwaad, contactorganisatie=organisatie)
    nummer = blauwdruk.nummer
    (rij,) = (rij for rij in as_csv(fetch(client, "/blauwdrukken.csv")) if rij["Nummer"] == str(nummer))
    assert {rij["Titel"], rij["Samenvatting"], rij["Organisatie om te benaderen"]} == {f"'{kwaad}"}
    (rij,) = (rij for rij in as_xlsx(fetch(client, "/blauwdrukken.xlsx")) if rij["Nummer"] == nummer)
    assert {rij["Titel"], rij["Samenvatting"], rij["Organisatie om te benaderen"]} == {kwaad}
    gelezen = json.loads(fetch(client, "/blauwdrukken.json"))["resultaten"]
    assert kwaad in [rij["titel"] for rij in gelezen]


@given(
    rijen=st.lists(
        st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), min_size=3, max_size=3)
    )
)
@example([["=1+1", 'a"b;c', "x\r\ny"]])
@example([["", "\x00=1", "\ufeff=1"]])
def test_any_text_comes_back_from_csv_and_none_begins_as_a_formula(rijen: list[list[str]]) -> None:
    uit = io.StringIO(newline="")
    csv.writer(uit, delimiter=";", lineterminator="\r\n").writerows(
        [csv_cell(tekst, "tekst") for tekst in rij] for rij in rijen
    )
    gelezen = list(csv.reader(io.StringIO(uit.getvalue(), newline=""), delimiter=";"))
    for rij, weer in zip(rijen, gelezen, strict=True):
        for tekst, cel in zip(rij, weer, strict=True):
            assert cel.removeprefix("'") == sanitize(tekst).removeprefix("'")
            assert not FORMULA.match(cel)


@given(bedrag=st.decimals(0, 10**10, places=2), dag=st.dates(date(1900, 1, 1)), getal=st.integers(0, 10**6))
def test_numbers_amounts_and_dates_are_written_the_dutch_way(bedrag: Decimal, dag: date, getal: int) -> None:
    assert Decimal(csv_cell(str(bedrag), "bedrag").replace(",", ".")) == bedrag
    assert datetime.strptime(csv_cell(dag.isoformat(), "datum"), "%d-%m-%Y").date() == dag  # noqa: DTZ007
    assert int(csv_cell(getal, "getal")) == getal
    assert csv_cell(None, "bedrag") == csv_cell(None, "datum") == csv_cell(None, "getal") == ""


def test_a_stream_can_be_compressed(client: Client) -> None:
    antwoord = client.get("/blauwdrukken.csv", headers={"Accept-Encoding": "gzip"})
    assert antwoord["Content-Encoding"] == "gzip"
    uitgepakt = zlib.decompress(antwoord.getvalue(), wbits=31)
    assert len(as_csv(uitgepakt)) == 25
    assert client.get("/blauwdrukken.csv", headers={"If-None-Match": antwoord["ETag"]}).status_code == 304


def test_reading_stops_when_the_visitor_goes_away(client: Client, monkeypatch: Any) -> None:
    gelezen: list[int] = []

    def rijen(*_: Any) -> Iterator[Any]:
        for blauwdruk in with_all_content(Blauwdruk.objects.published()):
            gelezen.append(blauwdruk.nummer)
            yield blauwdruk

    monkeypatch.setattr("blauwdrukken.documents.formats.stream.read_rows", rijen)
    antwoord: Any = client.get("/blauwdrukken.json")
    assert len(list(islice(antwoord.streaming_content, 3))) == 3
    break_off(antwoord)
    assert len(gelezen) < 5
