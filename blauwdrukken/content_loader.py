"""Reads blueprints, projects, stories and vocabularies from the content files in fixtures/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import models
from markdown_it import MarkdownIt

from regios.models import Regio

from .models import Begrip, Blauwdruk, Doelgroep, Organisatie, Programma, Project, Synoniem, Thema, Verhaal
from .models.publication import Publicatie
from .rows import ROWS
from .text.clean import clean_html

Row = Mapping[str, Any]

REFERENCES: dict[str, tuple[Any, str]] = {
    "programma": (Programma, "slug"),
    "organisatie": (Organisatie, "naam"),
    "contactorganisatie": (Organisatie, "naam"),
    "regios": (Regio, "slug"),
    "themas": (Thema, "slug"),
    "doelgroepen": (Doelgroep, "slug"),
    "blauwdrukken": (Blauwdruk, "slug"),
}
CHILDREN = [rows.veld for rows in ROWS if rows.data]

BOOKKEEPING = [veld.attname for veld in Publicatie._meta.concrete_fields if veld.attname != "id"]

_markdown = MarkdownIt("commonmark", {"html": False})


def read_yaml(bestand: Path) -> Any:
    """Content of one YAML file."""
    return yaml.safe_load(bestand.read_text(encoding="utf-8"))


def render_markdown(tekst: str) -> str:
    """HTML of a Markdown text, limited to what every output can show."""
    return clean_html(_markdown.render(tekst)).strip()


def resolve_reference(veld: str, waarde: str) -> Any:
    """The row that a natural key names; an organisation that does not exist yet is made."""
    model, sleutel = REFERENCES[veld]
    if model is Organisatie:
        return Organisatie.objects.get_or_create(naam=waarde)[0]
    try:
        return model.objects.get(**{sleutel: waarde})
    except model.DoesNotExist as fout:
        raise ValueError(f"{veld}: {waarde!r} bestaat niet") from fout


def publish_entry(bestaand: Publicatie | None, nieuw: Publicatie, rijen: Mapping[str, list[models.Model]]) -> bool:
    """Publish `nieuw` over `bestaand` as a new version, unless nothing differs or it was withdrawn; tells whether."""
    for naam, kinderen in rijen.items():
        setattr(nieuw, naam, kinderen)
    if bestaand is not None:
        if not bestaand.live or _content(bestaand) == _content(nieuw):
            return False
        for veld in ("pk", *BOOKKEEPING):
            setattr(nieuw, veld, getattr(bestaand, veld))
        nieuw._state.adding = False
    nieuw.full_clean(exclude=["nummer"])
    nieuw.save()
    nieuw.save_revision(clean=False).publish()
    return True


def _content(publicatie: Publicatie) -> dict[str, Any]:
    """What an editor can change, without keys and bookkeeping, to compare two versions."""
    gegevens = publicatie.serializable_data()
    eigen = {veld.name for veld in type(publicatie)._meta.local_fields + type(publicatie)._meta.local_many_to_many}
    eigen -= {veld.name for veld in Publicatie._meta.get_fields()} | {"id", "nummer"}
    kinderen = {naam: [_row_content(rij) for rij in gegevens[naam]] for naam in CHILDREN if naam in gegevens}
    return {naam: _comparable(gegevens[naam]) for naam in eigen if naam in gegevens} | kinderen


def _row_content(rij: Row) -> dict[str, Any]:
    return {naam: _comparable(waarde) for naam, waarde in rij.items() if naam not in ("pk", "sort_order", "blauwdruk")}


def _comparable(waarde: Any) -> Any:
    if isinstance(waarde, list):
        return sorted(waarde, key=str)
    return waarde


class ContentLoader:
    """Loader of one folder with content files; `gewijzigd` counts what was made or changed, per kind."""

    def __init__(self, map_: Path) -> None:
        self.folder = map_
        self.changed: dict[str, int] = {}

    def _count(self, soort: str, veranderd: bool) -> None:
        self.changed[soort] = self.changed.get(soort, 0) + veranderd

    def load_vocabularies(self) -> None:
        """Themes, target groups, programmes, organisations and terms."""
        lijsten = read_yaml(self.folder / "woordenlijsten.yaml")
        soorten: list[tuple[Any, str, Iterable[Row]]] = [
            (Thema, "slug", lijsten["themas"]),
            (Doelgroep, "slug", lijsten["doelgroepen"]),
            (Programma, "slug", lijsten["programmas"]),
            (Organisatie, "naam", lijsten["organisaties"]),
            (Begrip, "slug", read_yaml(self.folder / "begrippen.yaml")),
        ]
        for model, sleutel, rijen in soorten:
            for rij in rijen:
                model.objects.update_or_create(**{sleutel: rij[sleutel]}, defaults=dict(rij))
        for groep in read_yaml(self.folder / "synoniemen.yaml"):
            Synoniem.objects.get_or_create(woorden="\n".join(groep))

    def load_blauwdrukken(self) -> None:
        """One file a blueprint, with its projects."""
        for bestand in sorted((self.folder / "blauwdrukken").glob("*.yaml")):
            try:
                self._load_blauwdruk(read_yaml(bestand))
            except Exception as fout:
                fout.add_note(f"in {bestand.name}")
                raise

    def _load_blauwdruk(self, rij: dict[str, Any]) -> None:
        projecten = rij.pop("projecten", [])
        kinderen = {naam: _make_children(naam, rij.pop(naam, [])) for naam in CHILDREN}
        secties = {veld: render_markdown(tekst) for veld, tekst in rij.pop("secties").items()}
        nieuw = _make_entry(Blauwdruk, {**rij, **secties})
        bestaand = Blauwdruk.objects.filter(nummer=rij["nummer"]).first()
        self._count("blauwdrukken", publish_entry(bestaand, nieuw, kinderen))
        blauwdruk = Blauwdruk.objects.get(nummer=rij["nummer"])
        for project in projecten:
            self.load_project(project, blauwdruk)

    def load_projecten(self) -> None:
        """Files with activities that have no blueprint."""
        for bestand in sorted((self.folder / "projecten").glob("*.yaml")):
            for rij in read_yaml(bestand):
                self.load_project(rij, None)

    def load_project(self, rij: Row, blauwdruk: Blauwdruk | None) -> None:
        """One project, of this blueprint or of none."""
        velden = {**rij, "omschrijving": render_markdown(rij.get("omschrijving", "")), "blauwdruk": blauwdruk}
        bestaand = Project.objects.filter(slug=rij["slug"]).first()
        self._count("projecten", publish_entry(bestaand, _make_entry(Project, velden), {}))

    def load_verhalen(self) -> None:
        """One file a story."""
        for bestand in sorted((self.folder / "verhalen").glob("*.yaml")):
            rij = read_yaml(bestand)
            bestaand = Verhaal.objects.filter(slug=rij["slug"]).first()
            verhaal = _make_entry(Verhaal, {**rij, "tekst": render_markdown(rij.get("tekst", ""))})
            self._count("verhalen", publish_entry(bestaand, verhaal, {}))


def _make_entry(model: type[Any], velden: Row) -> Any:
    """Unsaved entry of this model; choices and references are natural keys."""
    keuzes = {
        naam: [resolve_reference(naam, w) for w in waarde]
        for naam, waarde in velden.items()
        if isinstance(waarde, list)
    }
    gewoon = {naam: waarde for naam, waarde in velden.items() if naam not in keuzes}
    entry = model(**{naam: resolve_reference(naam, w) if naam in REFERENCES else w for naam, w in gewoon.items()})
    for naam, waarden in keuzes.items():
        setattr(entry, naam, waarden)
    return entry


def _make_children(naam: str, rijen: Iterable[Row]) -> list[models.Model]:
    """Unsaved rows of a blueprint; a single amount is both ends of its range."""
    model = Blauwdruk._meta.get_field(naam).related_model
    kinderen = []
    for volgorde, rij in enumerate(rijen):
        velden = {veld: resolve_reference(veld, w) if veld in REFERENCES else w for veld, w in rij.items()}
        if naam == "kosten" and "bedrag_van" in velden:
            velden.setdefault("bedrag_tot", velden["bedrag_van"])
        kinderen.append(model(sort_order=volgorde, **velden))
    return kinderen
