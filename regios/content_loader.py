"""Reads the provinces, regions and municipalities from their content file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from .models import Gemeente, Provincie, Regio


def load_regios(content: Mapping[str, Any], left_alone: Collection[str] = ()) -> None:
    """Bring the tables in line with the file: keys `provincies` and `regios`, each region with its municipalities.

    Regions with a slug and municipalities with a code in `left_alone` stay as they are.
    """
    for row in content["provincies"]:
        Provincie.objects.update_or_create(slug=row["slug"], defaults={"naam": row["naam"]})
    provincies = {provincie.slug: provincie for provincie in Provincie.objects.all()}
    for row in content["regios"]:
        gemeenten = [gemeente for gemeente in row["gemeenten"] if gemeente["cbs_code"] not in left_alone]
        if row["slug"] in left_alone:
            _load_gemeenten(Regio.objects.get(slug=row["slug"]), gemeenten, provincies)
        else:
            _load_regio({**row, "gemeenten": gemeenten}, provincies)
    _load_buren(content["regios"])


def _load_buren(rows: Iterable[Mapping[str, Any]]) -> None:
    regios = {regio.slug: regio for regio in Regio.objects.all()}
    for row in rows:
        regios[row["slug"]].buren.set([regios[slug] for slug in row["buren"]])


def _load_regio(row: Mapping[str, Any], provincies: Mapping[str, Provincie]) -> None:
    kaart = row["kaart"]
    regio, _ = Regio.objects.update_or_create(
        slug=row["slug"],
        defaults={
            "naam": row["naam"],
            "cbs_code": row["cbs_code"],
            "aliassen": "\n".join(row.get("aliassen", [])),
            "kaart_kolom": kaart["kolom"],
            "kaart_rij": kaart["rij"],
            "kaart_label": kaart["label"],
            "kaart_afkorting": kaart["afkorting"],
        },
    )
    regio.provincies.set([provincies[slug] for slug in row["provincies"]])
    _load_gemeenten(regio, row["gemeenten"], provincies)
    regio.centrumgemeente = Gemeente.objects.get(cbs_code=row["centrumgemeente"])
    regio.save(update_fields=["centrumgemeente"])


def _load_gemeenten(regio: Regio, rows: Iterable[Mapping[str, Any]], provincies: Mapping[str, Provincie]) -> None:
    Gemeente.objects.bulk_create(
        [
            Gemeente(
                naam=gemeente["naam"],
                cbs_code=gemeente["cbs_code"],
                regio=regio,
                provincie=provincies[gemeente["provincie"]],
                aliassen="\n".join(gemeente.get("aliassen", [])),
            )
            for gemeente in rows
        ],
        update_conflicts=True,
        unique_fields=["cbs_code"],
        update_fields=["naam", "regio", "provincie", "aliassen"],
    )
