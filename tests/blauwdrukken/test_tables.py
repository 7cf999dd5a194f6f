"""The tables of rows, facts and files hold everything that there is, so that no output forgets one."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from modelcluster.models import get_all_child_relations

from blauwdrukken.api.serializers import BlauwdrukDetailSerializer, BlauwdrukSerializer
from blauwdrukken.documents.content.data import full_data, short_data
from blauwdrukken.documents.formats.table import FORMATS, Subject, labels, offered
from blauwdrukken.facts import DOCUMENT_FACTS, FACTS, PAGE_FACTS
from blauwdrukken.models import Blauwdruk, Organisatie, Partij, Werkdocument
from blauwdrukken.rows import ROWS, rows_in
from blauwdrukken.secties import SECTIES, Soort
from tests.doors import content_of, says


def test_every_kind_of_rows_of_the_model_is_in_the_table() -> None:
    relations = {relation.get_accessor_name() for relation in get_all_child_relations(Blauwdruk)}
    assert {rows.veld for rows in ROWS if rows.data} == relations


def test_every_section_without_text_shows_rows() -> None:
    sections = {sectie.veld for sectie in SECTIES if sectie.soort is not Soort.TEKST}
    assert {field for field in sections if not list(rows_in(field))} == set()
    assert {rows.sectie for rows in ROWS if rows.sectie} <= {sectie.veld for sectie in SECTIES}


def test_the_api_names_what_the_tables_give() -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=1)
    assert set(short_data(blauwdruk)) == set(BlauwdrukSerializer().fields)
    assert set(full_data(blauwdruk)) == set(BlauwdrukDetailSerializer().fields)


def test_a_row_tells_programs_what_the_api_promises() -> None:
    fields = BlauwdrukDetailSerializer().fields
    for rows in ROWS:
        for row in rows.of(Blauwdruk.objects.get(nummer=1)) if rows.data else []:
            assert set(rows.data(row)) == set(fields[rows.veld].child.fields)  # type: ignore[misc]


def test_what_is_not_known_is_said_in_documents_and_left_out_or_said_on_the_page(create_blauwdruk: Any) -> None:
    empty = create_blauwdruk(laatst_gewijzigd=None)
    said = {fact.heading: fact.text(empty) for fact in DOCUMENT_FACTS}
    assert said["Regio"] == said["Thema"] == said["Doelgroep"] == "Niet genoemd"
    assert said["Programma"] == said["Organisatie om te benaderen"] == "Geen"
    assert said["Looptijd"] == said["Kosten"] == said["Datum blauwdruk"] == "Niet bekend"
    shown = {fact.heading for fact in PAGE_FACTS if any(fact.on_page(empty))}
    assert shown == {"Regio", "Doelgroep", "Fase", "Onderbouwing", "Kosten", "Datum blauwdruk", "Nummer"}


def test_places_on_the_page_are_one_each() -> None:
    places = sorted(fact.place for fact in FACTS if fact.place)
    assert places == list(range(1, len(places) + 1))


def test_parties_of_one_role_stand_together_and_a_note_stands_small_below_its_name(client: Client) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=1)
    organisatie = Organisatie.objects.create(naam="Zaagsel & <zonen>")
    role = blauwdruk.partijen.first().rol
    Partij.objects.create(blauwdruk=blauwdruk, rol=role, organisatie=organisatie, toelichting="Trekt <b>alles</b>")
    html = client.get(blauwdruk.get_absolute_url()).content.decode()
    assert "Zaagsel &amp; &lt;zonen&gt; <small>Trekt &lt;b&gt;alles&lt;/b&gt;</small>" in html
    assert html.count(f'<th scope="row">{Partij.Rol(role).label}</th>') == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"link": ""}, ", alleen genoemd, niet op deze site"),
        ({"link": "https://voorbeeld.nl/plan"}, ", op een andere site (niet bekend of de link nog werkt)"),
        (
            {"link": "https://voorbeeld.nl/plan", "link_gezien": "3-4-2026"},
            ", op een andere site (de link werkte op 3 april 2026)",
        ),
        (
            {"link": "https://voorbeeld.nl/plan", "link_gezien": "juni 2026"},
            ", op een andere site (de link werkte in juni 2026)",
        ),
        ({"link": "", "toelichting": "Op papier"}, ", alleen genoemd, niet op deze site. Op papier"),
    ],
)
def test_a_working_document_says_where_it_is(client: Client, fields: dict[str, str], said: str) -> None:
    blauwdruk = Blauwdruk.objects.get(nummer=1)
    document = Werkdocument.objects.create(blauwdruk=blauwdruk, titel="Plan Q", soort="plan", **fields)
    html = " ".join(client.get(blauwdruk.get_absolute_url()).content.decode().split())
    name = f'<a href="{fields["link"]}">Plan Q</a>' if fields["link"] else "Plan Q"
    assert f"{name} <small>{document.get_soort_display()}{said}</small>" in html
    for extension in (".docx", ".epub", ".pdf"):
        assert says(content_of(client.get(f"/blauwdrukken/{blauwdruk.slug}{extension}")), said), extension
    rows = client.get(f"/api/v1/blauwdrukken/{blauwdruk.slug}").json()["werkdocumenten"]
    (row,) = (row for row in rows if row["titel"] == "Plan Q")
    assert row["plaats"] == ("elders" if fields["link"] else "genoemd")
    assert row["link_gezien"] == (document.link_gezien.edtf if document.link_gezien else None)


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.extension)
def test_every_kind_of_file_is_offered_of_something_and_can_be_made(kind: Any) -> None:
    assert kind.offered
    if kind.maker:
        assert callable(import_module(f"blauwdrukken.documents.formats.{kind.maker}").make)


def test_every_file_that_is_offered_has_an_address(client: Client) -> None:
    slugs = list(Blauwdruk.objects.published().values_list("slug", flat=True)[:2])
    asked = "&".join(f"b={slug}" for slug in slugs)
    first = {
        Subject.BLAUWDRUK: f"/blauwdrukken/{slugs[0]}.",
        Subject.VERGELIJKING: "/vergelijk.",
        Subject.BUNDEL: "/bundel.",
        Subject.LIJST: "/blauwdrukken.",
    }
    for subject, address in first.items():
        for kind in offered(subject):
            query = f"?{asked}" if subject in (Subject.VERGELIJKING, Subject.BUNDEL) else ""
            response = client.head(f"{address}{kind.extension}{query}")
            assert (response.status_code, response["Content-Type"]) == (200, kind.mime)


def test_a_page_offers_every_file_under_its_name(client: Client) -> None:
    html = client.get(Blauwdruk.objects.get(nummer=1).get_absolute_url()).content.decode()
    for extension, label in labels(Subject.BLAUWDRUK).items():
        assert f'.{extension}">{label}</a>' in html


@pytest.mark.parametrize("rows", ROWS, ids=lambda rows: rows.veld)
def test_rows_are_read_without_the_blueprint_that_they_belong_to(rows: Any) -> None:
    """Without a name, select_related reads every related row along."""
    assert rows.prefetch().queryset.query.select_related == ({name: {} for name in rows.reads} or False)
