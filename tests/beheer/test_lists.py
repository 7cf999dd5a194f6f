"""The lists of the back office: filtered, and taken along as a file that is safe to open."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.log_actions import log
from wagtail.snippets.models import get_snippet_models

from blauwdrukken.models import Begrip, Blauwdruk, Organisatie, Project, Thema, Verhaal
from kennisbank.models import Pagina, User
from regios.models import Gemeente, Regio
from tests.beheer.entries import create_entry, submit_for_review
from tests.beheer.people import beheer, client_of

HARMFUL = '=HYPERLINK("http://kwaad.nl","klik")'


@pytest.fixture
def client(client_as: Any) -> Client:
    return client_as("Secretariaat")


def as_csv(client: Client, model: Any, **vraag: Any) -> list[dict[str, str]]:
    antwoord = client.get(beheer(model), {"export": "csv"} | vraag)
    return list(csv.DictReader(b"".join(antwoord).decode().splitlines()))


def as_xlsx(client: Client, model: Any) -> list[tuple[Any, ...]]:
    antwoord = client.get(beheer(model), {"export": "xlsx"})
    blad = load_workbook(BytesIO(b"".join(antwoord))).active
    assert all(cel.data_type != "f" for rij in blad.iter_rows() for cel in rij)
    return list(blad.iter_rows(values_only=True))


@pytest.mark.parametrize("model", [Blauwdruk, Project, Verhaal, Pagina, Organisatie, Thema])
def test_a_list_is_taken_along_in_full_under_dutch_headings(client: Client, model: Any) -> None:
    rijen = as_csv(client, model)
    assert len(rijen) == model.objects.count()
    bladrijen = as_xlsx(client, model)
    assert list(bladrijen[0]) == list(rijen[0]) if rijen else bladrijen
    assert len(bladrijen) == len(rijen) + 1
    assert not any("get_" in kop or ".all" in kop for kop in bladrijen[0])


def test_an_export_names_what_an_entry_belongs_to(client: Client) -> None:
    blauwdruk = Blauwdruk.objects.published().filter(regios__isnull=False)[0]
    (rij,) = [rij for rij in as_csv(client, Blauwdruk) if rij["Adres"] == blauwdruk.slug]
    assert rij["Regio's"] == ", ".join(map(str, blauwdruk.regios.all()))
    assert rij["Fase"] == blauwdruk.get_fase_display()
    assert rij["Gepubliceerd"] == "ja"


@pytest.mark.once
@pytest.mark.parametrize("tekst", [HARMFUL, "+1+1", "-2", "@SUM(A1)", "\t=1", " =1"])
def test_no_list_holds_a_formula(client: Client, tekst: str) -> None:
    create_entry(Blauwdruk, "kwaad", Regio.objects.all()[0])
    Blauwdruk.objects.filter(slug="kwaad").update(titel=tekst)
    Organisatie.objects.create(naam=tekst, omschrijving=tekst)
    for model, kop in ((Blauwdruk, "Titel"), (Organisatie, "Naam")):
        assert f"'{tekst}" in [rij[kop] for rij in as_csv(client, model)]
        assert tekst in [waarde for rij in as_xlsx(client, model) for waarde in rij]


@pytest.mark.once
def test_the_history_of_the_site_holds_no_formula(client: Client) -> None:
    stuk = create_entry(Blauwdruk, "kwaad", Regio.objects.all()[0])
    stuk.titel = HARMFUL
    stuk.save_revision(log_action="wagtail.edit")
    inhoud = b"".join(client.get("/beheer/reports/site-history/", {"export": "csv"})).decode()
    assert "HYPERLINK" in inhoud
    assert not any(cel.startswith("=") for rij in csv.reader(inhoud.splitlines()) for cel in rij)


def test_an_export_does_not_ask_the_database_row_by_row(client: Client) -> None:
    def vragen() -> int:
        with CaptureQueriesContext(
            connection,
        ) as vraag:
            as_csv(client, Blauwdruk)
        return len(vraag)

    eerst = vragen()
    for nummer in range(3):
        create_entry(Blauwdruk, f"extra-{nummer}", Regio.objects.all()[nummer])
    assert vragen() == eerst


@pytest.mark.parametrize("model", [Blauwdruk, Project, Verhaal])
def test_a_list_is_filtered_by_region(client: Client, model: Any) -> None:
    hier, daar = Regio.objects.filter(slug__in=["zeeland", "twente"]).order_by("-slug")
    create_entry(model, "hier", hier)
    create_entry(model, "daar", daar)
    adressen = {rij["Adres"] for rij in as_csv(client, model, regios=hier.pk)}
    assert "hier" in adressen
    assert "daar" not in adressen
    assert adressen == set(model.objects.filter(regios=hier).values_list("slug", flat=True))


OWN_MODELS = (Blauwdruk, Project, Verhaal, Organisatie)


@pytest.mark.parametrize(
    ("wie", "model"),
    [
        *(("coordinator", model) for model in OWN_MODELS),
        *(("secretary", model) for model in (*OWN_MODELS, Pagina, Regio, Gemeente)),
    ],
)
def test_a_list_asks_the_database_no_more_for_more_rows(wie: str, model: Any, request: pytest.FixtureRequest) -> None:
    user: User = request.getfixturevalue(wie)
    for nummer in range(18 if model in (Verhaal, Pagina) else 0):
        stuk = create_entry(model, f"stuk-{nummer}", Regio.objects.all()[nummer % 2], live=nummer % 3 > 0)
        if nummer % 2:
            submit_for_review(stuk, user)
    client = client_of(user)
    client.get(beheer(model))
    with CaptureQueriesContext(connection) as gevraagd:
        html = client.get(beheer(model)).content.decode()
    assert html.count("<tr") > 18
    assert len(gevraagd) <= 17


def test_a_list_tells_what_is_planned_and_what_waits_for_review(client: Client, secretary: User) -> None:
    gepland, ingediend, _ = stukken = [create_entry(Verhaal, naam, Regio.objects.all()[0]) for naam in "abc"]
    revisie = gepland.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    assert gepland.scheduled_revision == revisie
    submit_for_review(ingediend, secretary)
    html = client.get(beheer(Verhaal)).content.decode()
    rijen = [html.split(f"/edit/{stuk.pk}/")[-1].split("</tr>")[0].lower() for stuk in stukken]
    assert ["gepland" in rij for rij in rijen] == [True, False, False]
    assert ["ter goedkeuring" in rij for rij in rijen] == [False, True, False]


LISTS = {model: beheer(model) for model in get_snippet_models()} | {User: "/beheer/users/"}


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.model_name)
def test_every_list_can_be_searched_filtered_changed_at_once_and_taken_along(client_as: Any, model: Any) -> None:
    client, adres = client_as("Beheerder"), LISTS[model]
    antwoord = client.get(adres)
    html = antwoord.content.decode()
    assert antwoord.context["search_form"], "cannot be searched"
    assert antwoord.context["filters"].form.fields, "cannot be filtered"
    assert "data-bulk-action-button" in html or not model.objects.exists(), "no bulk actions"
    for formaat in ("csv", "xlsx"):
        assert f"?export={formaat}" in html
        export = client.get(adres, {"export": formaat})
        assert f".{formaat}" in export["Content-Disposition"]
        assert b"".join(export)
    assert client.get(adres, {"q": "zzzzqqqq"}).context["items_count"] == 0


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.model_name)
def test_every_filter_of_a_list_answers(client_as: Any, model: Any) -> None:
    client, adres = client_as("Beheerder"), LISTS[model]
    for naam, veld in client.get(adres).context["filters"].form.fields.items():
        keuzes = [str(getattr(keuze[0], "value", keuze[0])) for keuze in list(getattr(veld, "choices", []))[:3]]
        for waarde in (*keuzes, "true", "false", "x'y", "\x00"):
            antwoord = client.get(adres, {naam: waarde})
            assert antwoord.status_code == 200, (naam, waarde)
            assert antwoord.context["items_count"] <= model._default_manager.count()
        with transaction.atomic():
            assert client.get(adres, {naam: "9" * 30}).status_code in (200, 400), naam
            transaction.set_rollback(True)


def test_users_are_taken_along_with_their_roles(client_as: Any, coordinator: User) -> None:
    antwoord = client_as("Secretariaat").get("/beheer/users/", {"export": "csv"})
    rijen = list(csv.DictReader(b"".join(antwoord).decode().splitlines()))
    (carla,) = [rij for rij in rijen if rij["E-mailadres"] == coordinator.email]
    assert (carla["Rollen"], carla["Regio's"], carla["Tweede stap"]) == ("Regiocoördinator", "Zeeland", "nee")


def test_words_that_nobody_chose_are_found(client: Client) -> None:
    Thema.objects.create(naam="Nergens", slug="nergens")
    ja, nee = ({rij["Naam"] for rij in as_csv(client, Thema, in_gebruik=w)} for w in ("true", "false"))
    assert "Nergens" in nee
    assert ja == set(Thema.objects.filter(blauwdrukken__isnull=False).values_list("naam", flat=True))
    assert len(ja) + len(nee) == Thema.objects.count()


def test_what_was_changed_lately_is_found(client: Client) -> None:
    oud, nieuw = Begrip.objects.all()[:2]
    for begrip, dagen in ((oud, 20), (nieuw, 2)):
        regel = log(begrip, "wagtail.edit")
        type(regel).objects.filter(pk=regel.pk).update(timestamp=timezone.now() - timedelta(days=dagen))
    gevonden = {dagen: {rij["Term"] for rij in as_csv(client, Begrip, gewijzigd=dagen)} for dagen in ("7", "31")}
    assert gevonden == {"7": {nieuw.term}, "31": {oud.term, nieuw.term}}


def test_abbreviations_are_found(client: Client) -> None:
    termen = {rij["Term"] for rij in as_csv(client, Begrip, afkorting="true")}
    assert termen == set(Begrip.objects.exclude(voluit="").values_list("term", flat=True))
