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
# Table -> blueprints whose documents change with a row. Files to take along follow the same number, so a table that
# only they show is here too.
TABLES: dict[str, str] = {
    "blauwdrukken_blauwdruk": "SELECT {rij}.id",
    "blauwdrukken_blauwdruk_regios": "SELECT {rij}.blauwdruk_id",
    "blauwdrukken_blauwdruk_themas": "SELECT {rij}.blauwdruk_id",
    "blauwdrukken_blauwdruk_doelgroepen": "SELECT {rij}.blauwdruk_id",
    **{rij.related_model._meta.db_table: "SELECT {rij}.blauwdruk_id" for rij in get_all_child_relations(Blauwdruk)},
    "blauwdrukken_project": "SELECT {rij}.blauwdruk_id",
    "blauwdrukken_organisatie": NO_DOCUMENT,
    "blauwdrukken_thema": NO_DOCUMENT,
    "blauwdrukken_doelgroep": NO_DOCUMENT,
    "blauwdrukken_programma": NO_DOCUMENT,
    "blauwdrukken_begrip": NO_DOCUMENT,
    "blauwdrukken_synoniem": NO_DOCUMENT,
    "regios_regio": NO_DOCUMENT,
    "regios_regio_provincies": (
        f"{NO_DOCUMENT} UNION SELECT blauwdruk_id FROM blauwdrukken_blauwdruk_regios WHERE regio_id = {{rij}}.regio_id"
    ),
    "regios_gemeente": NO_DOCUMENT,
    "regios_provincie": NO_DOCUMENT,
    "blauwdrukken_bestand": NO_DOCUMENT,
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
    verbinding = connections[using]
    if not {STATE_TABLE, LOG, *TABLES} <= set(verbinding.introspection.table_names()):
        return
    maak = _sqlite if verbinding.vendor == "sqlite" else _postgresql
    namen = {f"zoek_{tabel}_{gebeurtenis.lower()}" for tabel in TABLES for gebeurtenis in EVENTS}
    with transaction.atomic(using=using), verbinding.cursor() as cursor:
        cursor.execute(EXISTING_TRIGGERS_SQL[verbinding.vendor])
        if not namen <= {naam for (naam,) in cursor.fetchall()}:
            # Changes may have gone unseen: another history begins, and with it another index.
            cursor.execute(f"DELETE FROM {STATE_TABLE}")
            cursor.execute(f"DELETE FROM {LOG}")
        for tabel in TABLES:
            for gebeurtenis in EVENTS:
                melding = _change_statements(tabel, gebeurtenis, RANDOM_TOKEN_SQL[verbinding.vendor])
                for opdracht in maak(f"zoek_{tabel}_{gebeurtenis.lower()}", f"{gebeurtenis} ON {tabel}", melding):
                    cursor.execute(opdracht)
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
    verbinding = connections[using]
    if verbinding.vendor != "sqlite":
        return
    with verbinding.cursor() as cursor:
        cursor.execute(EXISTING_TRIGGERS_SQL["sqlite"])
        for (naam,) in cursor.fetchall():
            if naam.startswith("zoek_"):
                cursor.execute(f"DROP TRIGGER {naam}")


def _change_statements(tabel: str, gebeurtenis: str, willekeurig: str) -> str:
    """Statements that raise the number, note the blueprints it concerns, and forget the oldest number."""
    wie = " UNION ".join(TABLES[tabel].format(rij=rij) for rij in EVENTS[gebeurtenis])
    if gebeurtenis == "UPDATE" and tabel in COPIED_COLUMNS:
        kolom, dragers = COPIED_COLUMNS[tabel]
        wie += f" UNION {dragers} AND OLD.{kolom} <> NEW.{kolom}"
    return (
        f"UPDATE {STATE_TABLE} SET nummer = nummer + 1, token = {willekeurig}; "
        f"INSERT INTO {LOG} (nummer, token, blauwdruk) SELECT s.nummer, s.token, b.* FROM {STATE_TABLE} s, ({wie}) b; "
        f"DELETE FROM {LOG} WHERE nummer = (SELECT nummer - {MAX_KEPT_CHANGES} FROM {STATE_TABLE});"
    )


def _sqlite(naam: str, wanneer: str, melding: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {naam}", f"CREATE TRIGGER {naam} AFTER {wanneer} BEGIN {melding} END"]


def _postgresql(naam: str, wanneer: str, melding: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {naam}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {melding} RETURN NULL; END $$",
        f"CREATE OR REPLACE TRIGGER {naam} AFTER {wanneer} FOR EACH ROW EXECUTE FUNCTION {naam}()",
    ]
