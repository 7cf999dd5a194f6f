"""Every change that a document or a question depends on raises the change number, in its own transaction."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from blauwdrukken.models import Begrip, Blauwdruk, Organisatie, Thema, Wijziging
from blauwdrukken.search import triggers
from blauwdrukken.search.engine import SearchRequest
from blauwdrukken.search.gateway import EngineGateway
from blauwdrukken.search.index import IndexState
from blauwdrukken.search.meanings import Meanings
from blauwdrukken.search.schema import indexable_blauwdrukken, make_document
from blauwdrukken.search.triggers import TABLES, create_triggers
from regios.models import Provincie, Regio
from tests.prepared import prepared_content

ROOT = Path(__file__).resolve().parents[2]
MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
NUMBERS = count(20_000)
OF_ONE_BLAUWDRUK = [table for table, who in TABLES.items() if who == "SELECT {row}.blauwdruk_id"]


def smallest_row(model: Any) -> Any:
    """A row that is not saved, with something in each column that may not be empty."""
    row = model()
    for field in model._meta.concrete_fields:
        if field.is_relation and not field.null:
            setattr(row, field.attname, copy_row(field.related_model).pk)
        elif isinstance(field, models.IntegerField) and not field.null:
            setattr(row, field.attname, 1)
    return row


def copy_row(model: Any) -> Any:
    """Copy of the first row, with other values where they must be unique; a row with the least when there is none."""
    row = model._base_manager.first() or smallest_row(model)
    row.pk = None
    for field in model._meta.concrete_fields:
        if field.unique and field.is_relation:
            setattr(row, field.attname, copy_row(field.related_model).pk)
        elif field.unique and not field.primary_key:
            is_number = isinstance(field, models.IntegerField)
            setattr(
                row, field.attname, next(NUMBERS) if is_number else secrets.token_hex((field.max_length or 8) // 2)[:8]
            )
    for requirement in model._meta.constraints:
        if isinstance(requirement, models.UniqueConstraint):
            setattr(row, requirement.fields[-1], next(NUMBERS))
    if model._meta.auto_created:
        reference = next(field for field in model._meta.concrete_fields if field.is_relation)
        setattr(row, reference.attname, copy_row(reference.related_model).pk)
    model._base_manager.bulk_create([row])
    return row


def noted_since(old: IndexState) -> list[int | None]:
    """Blueprints that were noted since, each once; None stands for words and places."""
    assert IndexState.from_database().token != old.token
    return list(Wijziging.objects.filter(nummer__gt=old.nummer).values_list("blauwdruk", flat=True).distinct())


@pytest.mark.parametrize("tabel", TABLES)
def test_every_insert_update_and_delete_raises_the_number(tabel: str) -> None:
    model: Any = MODELS[tabel]
    copy_row(model).delete()
    row = copy_row(model)
    rows = model._base_manager.filter(pk=row.pk)
    state = IndexState.from_database()
    steps = [
        lambda: rows.update(**{model._meta.pk.name: F(model._meta.pk.name)}),
        lambda: rows._raw_delete("default"),
        lambda: model._base_manager.bulk_create([row]),
    ]
    for step in steps:
        step()
        new = IndexState.from_database()
        assert new.nummer == state.nummer + 1
        assert new.token != state.token
        assert Wijziging.objects.filter(nummer=new.nummer, token=new.token).count() == 1
        state = new


@pytest.mark.parametrize("tabel", OF_ONE_BLAUWDRUK)
def test_a_row_that_moves_is_noted_for_the_blueprint_it_leaves_and_the_one_it_joins(tabel: str) -> None:
    row = MODELS[tabel]._base_manager.filter(pk=copy_row(MODELS[tabel]).pk)
    old, new = copy_row(Blauwdruk).pk, copy_row(Blauwdruk).pk
    row.update(blauwdruk_id=old)
    state = IndexState.from_database()
    row.update(blauwdruk_id=new)
    assert sorted(filter(None, noted_since(state))) == sorted({old, new})


def test_every_table_that_documents_and_questions_are_made_from_has_triggers() -> None:
    with CaptureQueriesContext(
        connection,
    ) as parsed:
        for blauwdruk in indexable_blauwdrukken():
            make_document(blauwdruk)
        Meanings.from_database()
    tables = {t for query in parsed for t in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert len(tables) > 10
    assert tables <= set(TABLES)


def facet_counts(gateway_: EngineGateway, name: str) -> dict[str, int]:
    return gateway_.engine().search(SearchRequest()).counts[name]


def themas_in_use() -> Any:
    return Thema.objects.filter(blauwdrukken__live=True).order_by("pk").distinct()


@pytest.mark.parametrize(
    ("facet", "rows"),
    [
        ("thema", themas_in_use),
        ("doelgroep", lambda: MODELS["blauwdrukken_doelgroep"]._base_manager.filter(blauwdrukken__live=True)),
        ("programma", lambda: MODELS["blauwdrukken_programma"]._base_manager.filter(blauwdrukken__live=True)),
        ("regio", lambda: Regio.objects.filter(blauwdrukken__live=True)),
        ("provincie", lambda: Provincie.objects.filter(regios__blauwdrukken__live=True)),
    ],
)
def test_a_facet_value_with_a_new_address_is_found_by_that_address(tmp_path: Path, facet: str, rows: Any) -> None:
    gateway_ = EngineGateway(tmp_path)
    row = rows().first()
    before = facet_counts(gateway_, facet)
    type(row)._base_manager.filter(pk=row.pk).update(slug="een-ander-adres")
    after = facet_counts(gateway_, facet)
    assert after.pop("een-ander-adres") == before.pop(row.slug)
    assert after == before


def test_an_organisation_with_a_new_name_is_found_by_that_name(tmp_path: Path) -> None:
    gateway_ = EngineGateway(tmp_path)
    organisatie = Organisatie.objects.filter(partijen__blauwdruk__live=True).order_by("pk").first()
    assert organisatie is not None
    zoek = SearchRequest("Xylofoonbouwers", limit=100)
    assert gateway_.engine().search(zoek).total == 0
    Organisatie.objects.filter(pk=organisatie.pk).update(naam="Xylofoonbouwers")
    expected = Blauwdruk.objects.published().filter(partijen__organisatie=organisatie).distinct()
    assert set(gateway_.engine().search(zoek).keys) == set(expected.values_list("pk", flat=True))


def test_a_region_that_goes_to_another_province_is_found_there(tmp_path: Path) -> None:
    gateway_ = EngineGateway(tmp_path)
    regio = Regio.objects.filter(blauwdrukken__live=True).order_by("pk").first()
    assert regio is not None
    before = facet_counts(gateway_, "provincie")
    regio.provincies.set([Provincie.objects.create(naam="Flakkee", slug="flakkee")])
    after = facet_counts(gateway_, "provincie")
    assert after["flakkee"] == Blauwdruk.objects.published().filter(regios=regio).count()
    assert sum(before.values()) > sum(after.values()) - after["flakkee"]


@pytest.mark.parametrize("model", [Thema, Organisatie, Regio])
def test_a_word_whose_explanation_changes_makes_no_document_anew(model: Any) -> None:
    row = model.objects.filter(pk__in=model.objects.all()[:1])
    state = IndexState.from_database()
    field = {Thema: "uitleg", Organisatie: "omschrijving", Regio: "aliassen"}[model]
    row.update(**{field: "Anders uitgelegd"})
    assert noted_since(state) == [None]


def test_plain_sql_and_bulk_updates_count() -> None:
    state = IndexState.from_database()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE blauwdrukken_blauwdruk SET samenvatting = 'Anders' WHERE nummer = 1")
    assert noted_since(state) == [Blauwdruk.objects.get(nummer=1).pk]
    Blauwdruk.objects.update(live=False)
    assert set(noted_since(state)) == set(Blauwdruk.objects.values_list("pk", flat=True))


def test_a_rolled_back_change_leaves_number_and_token() -> None:
    state = IndexState.from_database()
    point = transaction.savepoint()
    Begrip.objects.update(uitleg="Anders")
    assert IndexState.from_database() != state
    transaction.savepoint_rollback(point)
    assert IndexState.from_database() == state


def test_migrating_again_keeps_the_history() -> None:
    state, number = IndexState.from_database(), Wijziging.objects.count()
    create_triggers()
    assert IndexState.from_database() == state
    assert Wijziging.objects.count() == number


@pytest.mark.once
def test_a_filled_database_can_be_migrated_though_triggers_name_its_tables(run_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(prepared_content(run_folder), tmp_path, dirs_exist_ok=True)
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "LOCAL": "1"}
    for order in ("migrate -v0 blauwdrukken 0002", "migrate -v0"):
        subprocess.run([sys.executable, "manage.py", *order.split()], cwd=ROOT, env=environment, check=True)
    with closing(sqlite3.connect(tmp_path / "kennisbank.sqlite3")) as database:
        (number,) = database.execute("SELECT count(*) FROM blauwdrukken_blauwdruk").fetchone()
        (triggers,) = database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
    assert number == Blauwdruk.objects.count()
    assert triggers >= 3 * len(TABLES)


def test_a_table_that_lost_its_trigger_gets_it_back_and_the_index_is_made_anew(tmp_path: Path) -> None:
    gateway_ = EngineGateway(tmp_path)
    assert gateway_.is_ready()
    old = gateway_.store.index_folder()
    remove = "DROP TRIGGER zoek_blauwdrukken_thema_update"
    with connection.cursor() as cursor:
        cursor.execute(remove + (" ON blauwdrukken_thema" if connection.vendor == "postgresql" else ""))
    state = IndexState.from_database()
    Thema.objects.update(uitleg="Ongezien")
    assert IndexState.from_database() == state
    create_triggers()
    assert IndexState.from_database().token != state.token
    assert gateway_.is_ready()
    assert gateway_.store.index_folder() != old


def test_the_log_keeps_the_latest_changes_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(triggers, "MAX_KEPT_CHANGES", 3)
    create_triggers()
    gateway_ = EngineGateway(tmp_path)
    start = IndexState.from_database().nummer
    assert gateway_.is_ready()
    old = gateway_.store.index_folder()
    for attempt in range(2):
        Blauwdruk.objects.filter(nummer=1).update(titel=f"Titel {attempt}")
    assert gateway_.is_ready()
    assert gateway_.store.index_folder() == old
    for attempt in range(4):
        Blauwdruk.objects.filter(nummer=1).update(titel=f"Kwikstaart {attempt}")
    nummers = Wijziging.objects.filter(nummer__gt=start).values_list("nummer", flat=True)
    assert sorted(nummers) == list(range(start + 4, start + 7))
    assert gateway_.engine().search(SearchRequest("Kwikstaart")).total == 1
    assert gateway_.store.index_folder() != old
