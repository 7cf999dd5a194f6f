"""Triggers that raise the change number of the index in the transaction of every change that matters.

In the database rather than in signals: so bulk updates and plain SQL count too, and a rollback undoes them.
A migration may rebuild a table, and its triggers with it: on SQLite they are removed before, and after every `migrate`
the missing ones are made anew.
"""

# ruff: noqa: S608 (every statement is composed of the names in this file)
from __future__ import annotations

import secrets

from django.db import connections, transaction
from modelcluster.models import get_all_child_relations

from ..models import Blauwdruk

# Words and places that questions are compared with: no document changes.
NO_DOCUMENT = "SELECT CAST(NULL AS bigint)"
# Table -> blueprints whose documents change with a row. Files to take along and kept pages follow the same number, so a
# table that only they show is here too.
TABLES: dict[str, str] = {
    "blauwdrukken_blauwdruk": "SELECT {row}.id",
    "blauwdrukken_blauwdruk_regios": "SELECT {row}.blauwdruk_id",
    "blauwdrukken_blauwdruk_themas": "SELECT {row}.blauwdruk_id",
    "blauwdrukken_blauwdruk_doelgroepen": "SELECT {row}.blauwdruk_id",
    **{row.related_model._meta.db_table: "SELECT {row}.blauwdruk_id" for row in get_all_child_relations(Blauwdruk)},
    "blauwdrukken_project": "SELECT {row}.blauwdruk_id",
    "blauwdrukken_organisatie": NO_DOCUMENT,
    "blauwdrukken_thema": NO_DOCUMENT,
    "blauwdrukken_doelgroep": NO_DOCUMENT,
    "blauwdrukken_programma": NO_DOCUMENT,
    "blauwdrukken_programmadoel": NO_DOCUMENT,
    "blauwdrukken_bron": NO_DOCUMENT,
    "blauwdrukken_begrip": NO_DOCUMENT,
    "blauwdrukken_synoniem": NO_DOCUMENT,
    "regios_regio": NO_DOCUMENT,
    "regios_regio_provincies": (
        f"{NO_DOCUMENT} UNION SELECT blauwdruk_id FROM blauwdrukken_blauwdruk_regios WHERE regio_id = {{row}}.regio_id"
    ),
    "regios_gemeente": NO_DOCUMENT,
    "regios_provincie": NO_DOCUMENT,
    "blauwdrukken_bestand": NO_DOCUMENT,
    # Only pages show these.
    "regios_regio_buren": NO_DOCUMENT,
    "blauwdrukken_versie": NO_DOCUMENT,
    "blauwdrukken_project_regios": NO_DOCUMENT,
    "blauwdrukken_verhaal": NO_DOCUMENT,
    "blauwdrukken_verhaal_regios": NO_DOCUMENT,
    "blauwdrukken_verhaal_themas": NO_DOCUMENT,
    "blauwdrukken_verhaal_blauwdrukken": NO_DOCUMENT,
    "blauwdrukken_afbeelding": NO_DOCUMENT,
    "kennisbank_pagina": NO_DOCUMENT,
}
# Table -> column that documents hold, and the blueprints whose documents hold it: these change when it does.
COPIED_COLUMNS: dict[str, tuple[str, str]] = {
    "blauwdrukken_organisatie": (
        "naam",
        "SELECT blauwdruk_id FROM blauwdrukken_partij WHERE organisatie_id = NEW.id",
    ),
    "blauwdrukken_thema": ("slug", "SELECT blauwdruk_id FROM blauwdrukken_blauwdruk_themas WHERE thema_id = NEW.id"),
    "blauwdrukken_doelgroep": (
        "slug",
        "SELECT blauwdruk_id FROM blauwdrukken_blauwdruk_doelgroepen WHERE doelgroep_id = NEW.id",
    ),
    "blauwdrukken_programma": ("slug", "SELECT id FROM blauwdrukken_blauwdruk WHERE programma_id = NEW.id"),
    "regios_regio": ("slug", "SELECT blauwdruk_id FROM blauwdrukken_blauwdruk_regios WHERE regio_id = NEW.id"),
    "regios_provincie": (
        "slug",
        "SELECT br.blauwdruk_id FROM blauwdrukken_blauwdruk_regios br "
        "JOIN regios_regio_provincies rp ON rp.regio_id = br.regio_id WHERE rp.provincie_id = NEW.id",
    ),
}
STATE_TABLE, LOG = "blauwdrukken_zoekstand", "blauwdrukken_wijziging"
MAX_KEPT_CHANGES = 20_000
EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
EXISTING_TRIGGERS_SQL = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger",
}
RANDOM_TOKEN_SQL = {"sqlite": "hex(randomblob(16))", "postgresql": "replace(gen_random_uuid()::text, '-', '')"}


def create_triggers(using: str = "default") -> None:
    """Make the triggers and the row with the change number, in whatever state the database is."""
    database = connections[using]
    if not {STATE_TABLE, LOG, *TABLES} <= set(database.introspection.table_names()):
        return
    make = _sqlite if database.vendor == "sqlite" else _postgresql
    names = {f"zoek_{table}_{event.lower()}" for table in TABLES for event in EVENTS}
    with transaction.atomic(using=using), database.cursor() as cursor:
        cursor.execute(EXISTING_TRIGGERS_SQL[database.vendor])
        if not names <= {name for (name,) in cursor.fetchall()}:
            # Changes may have gone unseen: another history begins, and with it another index.
            cursor.execute(f"DELETE FROM {STATE_TABLE}")
            cursor.execute(f"DELETE FROM {LOG}")
        for table in TABLES:
            for event in EVENTS:
                statements = _change_statements(table, event, RANDOM_TOKEN_SQL[database.vendor])
                for statement in make(f"zoek_{table}_{event.lower()}", f"{event} ON {table}", statements):
                    cursor.execute(statement)
        cursor.execute(
            f"INSERT INTO {STATE_TABLE} (id, nummer, token) "
            f"SELECT 1, 0, %s WHERE NOT EXISTS (SELECT 1 FROM {STATE_TABLE})",
            [secrets.token_hex(16)],
        )
        cursor.execute(
            f"INSERT INTO {LOG} (nummer, token) SELECT nummer, token FROM {STATE_TABLE} "
            f"WHERE NOT EXISTS (SELECT 1 FROM {LOG})"
        )


def drop_triggers(using: str = "default") -> None:
    """Remove the triggers from SQLite, which cannot rename a table that a trigger names; PostgreSQL can."""
    database = connections[using]
    if database.vendor != "sqlite":
        return
    with database.cursor() as cursor:
        cursor.execute(EXISTING_TRIGGERS_SQL["sqlite"])
        for (name,) in cursor.fetchall():
            if name.startswith("zoek_"):
                cursor.execute(f"DROP TRIGGER {name}")


def _change_statements(table: str, event: str, random_token: str) -> str:
    """Statements that raise the number, note the blueprints it concerns, and forget the oldest number."""
    who = " UNION ".join(TABLES[table].format(row=row) for row in EVENTS[event])
    if event == "UPDATE" and table in COPIED_COLUMNS:
        column, holders = COPIED_COLUMNS[table]
        who += f" UNION {holders} AND OLD.{column} <> NEW.{column}"
    return (
        f"UPDATE {STATE_TABLE} SET nummer = nummer + 1, token = {random_token}; "
        f"INSERT INTO {LOG} (nummer, token, blauwdruk) SELECT s.nummer, s.token, b.* FROM {STATE_TABLE} s, ({who}) b; "
        f"DELETE FROM {LOG} WHERE nummer = (SELECT nummer - {MAX_KEPT_CHANGES} FROM {STATE_TABLE});"
    )


def _sqlite(name: str, event: str, statements: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name}", f"CREATE TRIGGER {name} AFTER {event} BEGIN {statements} END"]


def _postgresql(name: str, event: str, statements: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {statements} RETURN NULL; END $$",
        f"CREATE OR REPLACE TRIGGER {name} AFTER {event} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
