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

from blauwdrukken.documents.content import data as gegevens
from blauwdrukken.documents.content import listing as lijst
from blauwdrukken.documents.content.document import compleet
from blauwdrukken.documents.formats.stream import csv_cel
from blauwdrukken.documents.workshop.process import plaats, sloten
from blauwdrukken.models import Blauwdruk, Kostenpost, Organisatie, Partij
from blauwdrukken.search import results as resultaat
from blauwdrukken.search.gateway import loket
from blauwdrukken.text.clean import FORMULE, schoon
from blauwdrukken.views import export

FORMATEN = ("csv", "xlsx", "json")
VRAGEN = [
    "",
    "?thema=scholing&thema=matching&fase=lopend",
    "?zoek=scholing",
    "?zoek=werkgevers+bustour&sorteer=titel",
    "?regio=twente&fase=idee",
    "?sorteer=titel&pagina=2",
]


def haal(client: Client, adres: str, **koppen: str) -> bytes:
    antwoord = client.get(adres, headers=koppen)
    assert antwoord.status_code == 200, adres
    return antwoord.getvalue()


def breek_af(antwoord: Any) -> None:
    """Go away before the answer is complete; the client's own iterator leaves the connection of the test open."""
    antwoord._iterator.close()


def als_csv(inhoud: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(inhoud.decode("utf-8-sig"), newline=""), delimiter=";"))


def als_xlsx(inhoud: bytes) -> list[dict[str, Any]]:
    koppen, *rijen = load_workbook(io.BytesIO(inhoud))["Lijst"].iter_rows(values_only=True)
    return [dict(zip(koppen, rij, strict=True)) for rij in rijen]


def op_de_pagina(client: Client, vraag: str) -> list[int]:
    """Numbers on all pages of the list, in order."""
    vraag = re.sub(r"&?pagina=\d+", "", vraag) or "?"
    eerste = client.get(f"/blauwdrukken/{vraag}").context["paginator"]
    paginas = [client.get(f"/blauwdrukken/{vraag}&pagina={nummer}") for nummer in eerste.page_range]
    return [blauwdruk.nummer for pagina in paginas for blauwdruk in pagina.context["blauwdrukken"]]


@pytest.mark.parametrize("vraag", VRAGEN)
def test_every_file_holds_exactly_the_rows_of_the_page_in_its_order(client: Client, vraag: str) -> None:
    nummers = op_de_pagina(client, vraag)
    assert [int(rij["Nummer"]) for rij in als_csv(haal(client, f"/blauwdrukken.csv{vraag}"))] == nummers
    assert [rij["Nummer"] for rij in als_xlsx(haal(client, f"/blauwdrukken.xlsx{vraag}"))] == nummers
    gelezen = json.loads(haal(client, f"/blauwdrukken.json{vraag}"))
    assert [rij["nummer"] for rij in gelezen["resultaten"]] == nummers
    assert gelezen["aantal"] == len(nummers)


def test_the_json_tells_what_the_api_tells(client: Client) -> None:
    gelezen = json.loads(haal(client, "/blauwdrukken.json?thema=scholing&kleur=rood"))
    per_nummer = {b.nummer: b for b in compleet(Blauwdruk.objects.gepubliceerd())}
    for rij in gelezen["resultaten"]:
        verwacht = json.dumps(gegevens.volledig(per_nummer[rij["nummer"]]), cls=DjangoJSONEncoder)
        assert rij == json.loads(verwacht)
        assert rij == client.get(f"/api/v1/blauwdrukken/{rij['slug']}").json()
    assert gelezen["filters"] == {"thema": ["scholing"]}
    assert gelezen["meldingen"] == ["Het filter “kleur” kennen we niet. We hebben het niet gebruikt."]


def bedragen(rij: dict[str, Any]) -> list[Decimal]:
    return [Decimal(post[einde]) for post in rij["kosten"] for einde in ("bedrag_van", "bedrag_tot") if post[einde]]


def verwachte_rij(rij: dict[str, Any]) -> dict[str, Any]:
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
        "Laagste bedrag": float(min(bedragen(rij))) if bedragen(rij) else None,
        "Hoogste bedrag": float(max(bedragen(rij))) if bedragen(rij) else None,
        "Aantal partijen": len(rij["partijen"]),
        "Organisatie om te benaderen": rij["contactorganisatie"],
        "Datum blauwdruk": dag("laatst_gewijzigd"),
        "Herzien vóór": dag("herzien_voor"),
    }


def test_the_spreadsheet_equals_the_data_of_the_api_with_real_types(client: Client) -> None:
    verwacht = [verwachte_rij(rij) for rij in json.loads(haal(client, "/blauwdrukken.json"))["resultaten"]]
    inhoud = haal(client, "/blauwdrukken.xlsx")
    rijen = als_xlsx(inhoud)
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

    rijen = als_xlsx(haal(client, "/blauwdrukken.xlsx"))
    verwacht = [{kop: als_tekst(waarde, kop) for kop, waarde in rij.items()} for rij in rijen]
    assert als_csv(haal(client, "/blauwdrukken.csv")) == verwacht


def test_every_party_and_every_cost_is_named(client: Client) -> None:
    (rij,) = (rij for rij in als_csv(haal(client, "/blauwdrukken.csv")) if rij["Titel"] == "Branchestraten")
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
    inhoud = haal(client, "/blauwdrukken.xlsx?thema=scholing&thema=bestaatniet&zoek=werkgever")
    over = list(load_workbook(io.BytesIO(inhoud))["Over deze lijst"].iter_rows(values_only=True))
    assert ("Thema", "Scholing") in over
    assert ("Zoekwoord", "werkgever") in over
    assert ("Adres", "http://127.0.0.1:8000/blauwdrukken/?thema=scholing&zoek=werkgever") in over
    assert ("Let op", "Bij thema kennen we “bestaatniet” niet. We hebben deze keuze niet gebruikt.") in over


@pytest.mark.parametrize("formaat", FORMATEN)
def test_a_draft_or_an_expired_blueprint_is_in_no_file(client: Client, verborgen: str, formaat: str) -> None:
    inhoud = haal(client, f"/blauwdrukken.{formaat}")
    if formaat == "xlsx":
        inhoud = repr(als_xlsx(inhoud)).encode()
    assert verborgen.encode() not in inhoud.lower()


@pytest.mark.parametrize("formaat", FORMATEN)
def test_a_file_has_a_version_that_a_browser_can_ask_for(client: Client, maak_blauwdruk: Any, formaat: str) -> None:
    adres = f"/blauwdrukken.{formaat}?thema=scholing"
    eerste = client.get(adres)
    etag = eerste["ETag"]
    assert eerste.getvalue()
    weer = client.get(adres, headers={"If-None-Match": etag})
    assert (weer.status_code, weer["ETag"], weer.getvalue()) == (304, etag, b"")
    kop = client.head(adres)
    assert (kop.status_code, kop["ETag"], kop.getvalue()) == (200, etag, b"")
    assert kop["Content-Type"] == eerste["Content-Type"]
    maak_blauwdruk(titel="Nieuw")
    Blauwdruk.objects.filter(slug="branchestraten").update(titel="Anders")
    assert haal(client, adres, **{"If-None-Match": etag})


@pytest.mark.parametrize("formaat", FORMATEN)
def test_a_blueprint_that_expires_gives_another_version(client: Client, formaat: str) -> None:
    adres = f"/blauwdrukken.{formaat}"
    Blauwdruk.objects.filter(slug="branchestraten").update(expire_at=timezone.now() + timedelta(hours=1))
    etag = client.head(adres)["ETag"]
    with pytest.MonkeyPatch.context() as later:
        straks = timezone.now() + timedelta(hours=2)
        later.setattr("django.utils.timezone.now", lambda: straks)
        inhoud = haal(client, adres, **{"If-None-Match": etag})
    assert b"Branchestraten" not in (repr(als_xlsx(inhoud)).encode() if formaat == "xlsx" else inhoud)


@pytest.mark.parametrize("formaat", FORMATEN)
def test_a_file_cannot_be_posted_to_and_stays_out_of_search_engines(client: Client, formaat: str) -> None:
    assert client.post(f"/blauwdrukken.{formaat}").status_code == 405
    assert client.head(f"/blauwdrukken.{formaat}?regio=twente")["X-Robots-Tag"] == "noindex"


def test_the_page_offers_the_same_list_as_files(client: Client) -> None:
    html = client.get("/blauwdrukken/?thema=scholing&fase=lopend").content.decode()
    for formaat in FORMATEN:
        assert f'href="/blauwdrukken.{formaat}?thema=scholing&amp;fase=lopend"' in html
    assert re.search(r'<link rel="alternate"\s+type="text/csv"', html)


def test_a_list_that_is_too_long_for_a_spreadsheet_points_to_csv(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(export, "MEESTE_RIJEN", 24)
    antwoord = client.get("/blauwdrukken.xlsx?sorteer=titel")
    html = antwoord.content.decode()
    assert antwoord.status_code == 413
    assert "De lijst telt 25 blauwdrukken. In een Excel-bestand zetten we er hooguit 24." in html
    assert 'href="/blauwdrukken.csv?sorteer=titel"' in html
    monkeypatch.setattr(export, "MEESTE_RIJEN", 25)
    assert haal(client, "/blauwdrukken.xlsx?sorteer=titel")


def test_long_lists_are_made_for_a_few_at_a_time(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(export, "LANG", 24)
    monkeypatch.setattr(export, "GEDULD", 0.0)
    with ExitStack() as bezet:
        for _ in range(export.TEGELIJK):
            bezet.enter_context(plaats(sloten("lijst", export.TEGELIJK), 0))
        druk = client.get("/blauwdrukken.csv")
        assert (druk.status_code, druk["Retry-After"]) == (503, "20")
        assert "Het is even druk" in druk.content.decode()
        assert haal(client, "/blauwdrukken.csv?thema=scholing")
    weg: list[Any] = [client.get("/blauwdrukken.csv") for _ in range(export.TEGELIJK)]
    assert client.get("/blauwdrukken.csv").status_code == 503
    for antwoord in weg:
        next(iter(antwoord.streaming_content))
        breek_af(antwoord)
    assert len(als_csv(haal(client, "/blauwdrukken.csv"))) == 25


def test_a_list_is_sent_while_it_is_read(client: Client, django_assert_num_queries: Any) -> None:
    antwoord: Any = client.get("/blauwdrukken.csv")
    with django_assert_num_queries(0):
        assert next(iter(antwoord.streaming_content)).startswith("\ufeffNummer".encode())
    breek_af(antwoord)


QUERIES_PER_DEEL = {"csv": 6, "json": 9}


@pytest.mark.parametrize("formaat", QUERIES_PER_DEEL)
def test_every_part_costs_the_same_queries_and_every_row_comes_once(
    client: Client, formaat: str, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    call_command("maak_oefendata", aantal=95, verbosity=0)
    monkeypatch.setattr(lijst, "DEEL", 40)
    monkeypatch.setattr(resultaat, "VENSTER", 80)
    loket().machine()
    antwoord = client.get(f"/blauwdrukken.{formaat}")
    with django_assert_num_queries(3 * QUERIES_PER_DEEL[formaat]):
        inhoud = antwoord.getvalue()
    nummers = (
        [int(rij["Nummer"]) for rij in als_csv(inhoud)]
        if formaat == "csv"
        else [rij["nummer"] for rij in json.loads(inhoud)["resultaten"]]
    )
    assert nummers == op_de_pagina(client, "")
    assert len(nummers) == len(set(nummers)) == Blauwdruk.objects.gepubliceerd().count()


def test_a_spreadsheet_that_was_made_before_costs_no_rows(client: Client, django_assert_num_queries: Any) -> None:
    haal(client, "/blauwdrukken.xlsx?thema=scholing")
    with django_assert_num_queries(9):
        haal(client, "/blauwdrukken.xlsx?thema=scholing")


@pytest.mark.parametrize("kwaad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", '=cmd|"/C calc"!A0', "＝1+1"])
def test_a_formula_in_a_text_stays_text_in_every_file(client: Client, maak_blauwdruk: Any, kwaad: str) -> None:
    organisatie = Organisatie.objects.create(naam=kwaad)
    blauwdruk = maak_blauwdruk(titel=kwaad, samenvatting=kwaad, contactorganisatie=organisatie)
    nummer = blauwdruk.nummer
    (rij,) = (rij for rij in als_csv(haal(client, "/blauwdrukken.csv")) if rij["Nummer"] == str(nummer))
    assert {rij["Titel"], rij["Samenvatting"], rij["Organisatie om te benaderen"]} == {f"'{kwaad}"}
    (rij,) = (rij for rij in als_xlsx(haal(client, "/blauwdrukken.xlsx")) if rij["Nummer"] == nummer)
    assert {rij["Titel"], rij["Samenvatting"], rij["Organisatie om te benaderen"]} == {kwaad}
    gelezen = json.loads(haal(client, "/blauwdrukken.json"))["resultaten"]
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
        [csv_cel(tekst, "tekst") for tekst in rij] for rij in rijen
    )
    gelezen = list(csv.reader(io.StringIO(uit.getvalue(), newline=""), delimiter=";"))
    for rij, weer in zip(rijen, gelezen, strict=True):
        for tekst, cel in zip(rij, weer, strict=True):
            assert cel.removeprefix("'") == schoon(tekst).removeprefix("'")
            assert not FORMULE.match(cel)


@given(bedrag=st.decimals(0, 10**10, places=2), dag=st.dates(date(1900, 1, 1)), getal=st.integers(0, 10**6))
def test_numbers_amounts_and_dates_are_written_the_dutch_way(bedrag: Decimal, dag: date, getal: int) -> None:
    assert Decimal(csv_cel(str(bedrag), "bedrag").replace(",", ".")) == bedrag
    assert datetime.strptime(csv_cel(dag.isoformat(), "datum"), "%d-%m-%Y").date() == dag  # noqa: DTZ007
    assert int(csv_cel(getal, "getal")) == getal
    assert csv_cel(None, "bedrag") == csv_cel(None, "datum") == csv_cel(None, "getal") == ""


def test_a_stream_can_be_compressed(client: Client) -> None:
    antwoord = client.get("/blauwdrukken.csv", headers={"Accept-Encoding": "gzip"})
    assert antwoord["Content-Encoding"] == "gzip"
    uitgepakt = zlib.decompress(antwoord.getvalue(), wbits=31)
    assert len(als_csv(uitgepakt)) == 25
    assert client.get("/blauwdrukken.csv", headers={"If-None-Match": antwoord["ETag"]}).status_code == 304


def test_reading_stops_when_the_visitor_goes_away(client: Client, monkeypatch: Any) -> None:
    gelezen: list[int] = []

    def rijen(*_: Any) -> Iterator[Any]:
        for blauwdruk in compleet(Blauwdruk.objects.gepubliceerd()):
            gelezen.append(blauwdruk.nummer)
            yield blauwdruk

    monkeypatch.setattr("blauwdrukken.documents.formats.stream.rijen", rijen)
    antwoord: Any = client.get("/blauwdrukken.json")
    assert len(list(islice(antwoord.streaming_content, 3))) == 3
    breek_af(antwoord)
    assert len(gelezen) < 5
