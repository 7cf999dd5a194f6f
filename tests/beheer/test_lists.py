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
from wagtail.admin.views.generic import IndexView
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


def as_csv(client: Client, model: Any, **query: Any) -> list[dict[str, str]]:
    response = client.get(beheer(model), {"export": "csv"} | query)
    return list(csv.DictReader(b"".join(response).decode().splitlines()))


def as_xlsx(client: Client, model: Any) -> list[tuple[Any, ...]]:
    response = client.get(beheer(model), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(response))).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("model", [Blauwdruk, Project, Verhaal, Pagina, Organisatie, Thema])
def test_a_list_is_taken_along_in_full_under_dutch_headings(client: Client, model: Any) -> None:
    rows = as_csv(client, model)
    assert len(rows) == model.objects.count()
    sheet_rows = as_xlsx(client, model)
    assert list(sheet_rows[0]) == list(rows[0]) if rows else sheet_rows
    assert len(sheet_rows) == len(rows) + 1
    assert not any("get_" in heading or ".all" in heading for heading in sheet_rows[0])


def test_an_export_names_what_an_entry_belongs_to(client: Client) -> None:
    blauwdruk = Blauwdruk.objects.published().filter(regios__isnull=False)[0]
    (row,) = [row for row in as_csv(client, Blauwdruk) if row["Adres"] == blauwdruk.slug]
    assert row["Regio's"] == ", ".join(map(str, blauwdruk.regios.all()))
    assert row["Fase"] == blauwdruk.get_fase_display()
    assert row["Gepubliceerd"] == "ja"


@pytest.mark.once
@pytest.mark.parametrize("text", [HARMFUL, "+1+1", "-2", "@SUM(A1)", "\t=1", " =1"])
def test_no_list_holds_a_formula(client: Client, text: str) -> None:
    create_entry(Blauwdruk, "kwaad", Regio.objects.all()[0])
    Blauwdruk.objects.filter(slug="kwaad").update(titel=text)
    Organisatie.objects.create(naam=text, omschrijving=text)
    for model, heading in ((Blauwdruk, "Titel"), (Organisatie, "Naam")):
        assert f"'{text}" in [row[heading] for row in as_csv(client, model)]
        assert text in [value for row in as_xlsx(client, model) for value in row]


@pytest.mark.once
def test_the_history_of_the_site_holds_no_formula(client: Client) -> None:
    entry = create_entry(Blauwdruk, "kwaad", Regio.objects.all()[0])
    entry.titel = HARMFUL
    entry.save_revision(log_action="wagtail.edit")
    content = b"".join(client.get("/beheer/reports/site-history/", {"export": "csv"})).decode()
    assert "HYPERLINK" in content
    assert not any(cell.startswith("=") for row in csv.reader(content.splitlines()) for cell in row)


def test_an_export_does_not_ask_the_database_row_by_row(client: Client) -> None:
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as query:
            as_csv(client, Blauwdruk)
        return len(query)

    first = questions()
    for nummer in range(3):
        create_entry(Blauwdruk, f"extra-{nummer}", Regio.objects.all()[nummer])
    assert questions() == first


@pytest.mark.parametrize("model", [Blauwdruk, Project, Verhaal])
def test_a_list_is_filtered_by_region(client: Client, model: Any) -> None:
    here, daar = Regio.objects.filter(slug__in=["zeeland", "twente"]).order_by("-slug")
    create_entry(model, "hier", here)
    create_entry(model, "daar", daar)
    urls = {row["Adres"] for row in as_csv(client, model, regios=here.pk)}
    assert "hier" in urls
    assert "daar" not in urls
    assert urls == set(model.objects.filter(regios=here).values_list("slug", flat=True))


OWN_MODELS = (Blauwdruk, Project, Verhaal, Organisatie)


@pytest.mark.parametrize(
    ("who", "model"),
    [
        *(("coordinator", model) for model in OWN_MODELS),
        *(("secretary", model) for model in (*OWN_MODELS, Pagina, Regio, Gemeente)),
    ],
)
def test_a_list_asks_the_database_no_more_for_more_rows(who: str, model: Any, request: pytest.FixtureRequest) -> None:
    user: User = request.getfixturevalue(who)
    for nummer in range(18 if model in (Verhaal, Pagina) else 0):
        entry = create_entry(model, f"stuk-{nummer}", Regio.objects.all()[nummer % 2], live=nummer % 3 > 0)
        if nummer % 2:
            submit_for_review(entry, user)
    client = client_of(user)
    client.get(beheer(model))
    with CaptureQueriesContext(connection) as requested:
        html = client.get(beheer(model)).content.decode()
    assert html.count("<tr") > 18
    assert len(requested) <= 17


def test_a_list_tells_what_is_planned_and_what_waits_for_review(client: Client, secretary: User) -> None:
    planned, submitted, _ = entries = [create_entry(Verhaal, name, Regio.objects.all()[0]) for name in "abc"]
    revision = planned.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    assert planned.scheduled_revision == revision
    submit_for_review(submitted, secretary)
    html = client.get(beheer(Verhaal)).content.decode()
    rows = [html.split(f"/edit/{entry.pk}/")[-1].split("</tr>")[0].lower() for entry in entries]
    assert ["gepland" in row for row in rows] == [True, False, False]
    assert ["ter goedkeuring" in row for row in rows] == [False, True, False]


LISTS = {model: beheer(model) for model in get_snippet_models()} | {User: "/beheer/users/"}


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.model_name)
def test_every_list_can_be_searched_filtered_changed_at_once_and_taken_along(client_as: Any, model: Any) -> None:
    client, url = client_as("Beheerder"), LISTS[model]
    response = client.get(url)
    html = response.content.decode()
    assert response.context["search_form"], "cannot be searched"
    assert response.context["filters"].form.fields, "cannot be filtered"
    assert "data-bulk-action-button" in html or not model.objects.exists(), "no bulk actions"
    for extension in ("csv", "xlsx"):
        assert f"?export={extension}" in html
        export = client.get(url, {"export": extension})
        assert f".{extension}" in export["Content-Disposition"]
        assert b"".join(export)
    assert client.get(url, {"q": "zzzzqqqq"}).context["items_count"] == 0


@pytest.fixture
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows on a page: more tell no more of a filter, and cost most of the time."""
    monkeypatch.setattr(IndexView, "get_paginate_by", lambda view, queryset: 3)


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.model_name)
def test_every_filter_of_a_list_answers(client_as: Any, model: Any, short_lists: None) -> None:
    client, url = client_as("Beheerder"), LISTS[model]
    for name, field in client.get(url).context["filters"].form.fields.items():
        choices = [str(getattr(keuze[0], "value", keuze[0])) for keuze in list(getattr(field, "choices", []))[:3]]
        for value in (*choices, "true", "false", "x'y", "\x00"):
            response = client.get(url, {name: value})
            assert response.status_code == 200, (name, value)
            assert response.context["items_count"] <= model._default_manager.count()
        with transaction.atomic():
            assert client.get(url, {name: "9" * 30}).status_code in (200, 400), name
            transaction.set_rollback(True)


def test_users_are_taken_along_with_their_roles(client_as: Any, coordinator: User) -> None:
    response = client_as("Secretariaat").get("/beheer/users/", {"export": "csv"})
    rows = list(csv.DictReader(b"".join(response).decode().splitlines()))
    (carla,) = [row for row in rows if row["E-mailadres"] == coordinator.email]
    assert (carla["Rollen"], carla["Regio's"], carla["Tweede stap"]) == ("Regiocoördinator", "Zeeland", "nee")


def test_words_that_nobody_chose_are_found(client: Client) -> None:
    Thema.objects.create(naam="Nergens", slug="nergens")
    yes, no = ({row["Naam"] for row in as_csv(client, Thema, in_gebruik=w)} for w in ("true", "false"))
    assert "Nergens" in no
    assert yes == set(Thema.objects.filter(blauwdrukken__isnull=False).values_list("naam", flat=True))
    assert len(yes) + len(no) == Thema.objects.count()


def test_what_was_changed_lately_is_found(client: Client) -> None:
    old, new = Begrip.objects.all()[:2]
    for begrip, days in ((old, 20), (new, 2)):
        line = log(begrip, "wagtail.edit")
        type(line).objects.filter(pk=line.pk).update(timestamp=timezone.now() - timedelta(days=days))
    found = {days: {row["Term"] for row in as_csv(client, Begrip, gewijzigd=days)} for days in ("7", "31")}
    assert found == {"7": {new.term}, "31": {old.term, new.term}}


def test_abbreviations_are_found(client: Client) -> None:
    terms = {row["Term"] for row in as_csv(client, Begrip, afkorting="true")}
    assert terms == set(Begrip.objects.exclude(voluit="").values_list("term", flat=True))
