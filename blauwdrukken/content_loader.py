"""Reads blueprints, projects, stories and vocabularies from the content files in fixtures/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import models
from markdown_it import MarkdownIt

from regios.models import Regio

from .models import Begrip, Blauwdruk, Bron, Doelgroep, Organisatie, Programma, Project, Synoniem, Thema, Verhaal
from .models.publication import Publicatie
from .rows import ROWS
from .text.clean import clean_html

Row = Mapping[str, Any]

REFERENCES: dict[str, tuple[Any, str]] = {
    "herkomst": (Bron, "slug"),
    "programma": (Programma, "slug"),
    "organisatie": (Organisatie, "naam"),
    "opgegaan_in": (Organisatie, "naam"),
    "regio": (Regio, "slug"),
    "contactorganisatie": (Organisatie, "naam"),
    "regios": (Regio, "slug"),
    "themas": (Thema, "slug"),
    "doelgroepen": (Doelgroep, "slug"),
    "blauwdrukken": (Blauwdruk, "slug"),
}
CHILDREN = [rows.veld for rows in ROWS if rows.data]

BOOKKEEPING = [field.attname for field in Publicatie._meta.concrete_fields if field.attname != "id"]

_markdown = MarkdownIt("commonmark", {"html": False})


def read_yaml(file: Path) -> Any:
    """Content of one YAML file."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def render_markdown(text: str) -> str:
    """HTML of a Markdown text, limited to what every output can show."""
    return clean_html(_markdown.render(text)).strip()


def resolve_reference(field: str, value: str) -> Any:
    """The row that a natural key names; an organisation that does not exist yet is made."""
    model, key = REFERENCES[field]
    if model is Organisatie:
        return Organisatie.objects.get_or_create(naam=value)[0]
    try:
        return model.objects.get(**{key: value})
    except model.DoesNotExist as error:
        raise ValueError(f"{field}: {value!r} bestaat niet") from error


def publish_entry(existing: Publicatie | None, new: Publicatie, rows: Mapping[str, list[models.Model]]) -> bool:
    """Publish `new` over `existing` as a new version, unless nothing differs or it was withdrawn; tells whether."""
    for name, children in rows.items():
        setattr(new, name, children)
    if existing is not None:
        if not existing.live or _content(existing) == _content(new):
            return False
        for field in ("pk", *BOOKKEEPING):
            setattr(new, field, getattr(existing, field))
        new._state.adding = False
    new.full_clean(exclude=["nummer"])
    new.save()
    new.save_revision(clean=False).publish()
    return True


def _content(entry: Publicatie) -> dict[str, Any]:
    """What an editor can change, without keys and bookkeeping, to compare two versions."""
    data = entry.serializable_data()
    own = {f.name for f in type(entry)._meta.local_fields + type(entry)._meta.local_many_to_many if f.editable}
    own -= {field.name for field in Publicatie._meta.get_fields()} | {"id"}
    children = {name: [_row_content(row) for row in data[name]] for name in CHILDREN if name in data}
    return {name: _comparable(data[name]) for name in own if name in data} | children


def _row_content(row: Row) -> dict[str, Any]:
    return {name: _comparable(value) for name, value in row.items() if name not in ("pk", "sort_order", "blauwdruk")}


def _comparable(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value, key=str)
    return value


class ContentLoader:
    """Loader of one folder with content files; `changed` counts what was made or changed, per kind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.changed: dict[str, int] = {}

    def _count(self, kind: str, changed: bool) -> None:
        self.changed[kind] = self.changed.get(kind, 0) + changed

    def load_vocabularies(self) -> None:
        """Themes, target groups, programmes, organisations and terms."""
        lists = read_yaml(self.folder / "woordenlijsten.yaml")
        kinds: list[tuple[Any, str, Iterable[Row]]] = [
            (Thema, "slug", lists["themas"]),
            (Doelgroep, "slug", lists["doelgroepen"]),
            (Bron, "slug", lists["bronnen"]),
            (Programma, "slug", lists["programmas"]),
            (Organisatie, "naam", lists["organisaties"]),
            (Begrip, "slug", read_yaml(self.folder / "begrippen.yaml")),
        ]
        for model, key, rows in kinds:
            for row in rows:
                model.objects.update_or_create(**{key: row[key]}, defaults=dict(row))
        for group in read_yaml(self.folder / "synoniemen.yaml"):
            Synoniem.objects.get_or_create(woorden="\n".join(group))

    def load_blauwdrukken(self) -> None:
        """One file a blueprint, with its projects."""
        for file in sorted((self.folder / "blauwdrukken").glob("*.yaml")):
            try:
                self._load_blauwdruk(read_yaml(file))
            except Exception as error:
                error.add_note(f"in {file.name}")
                raise

    def _load_blauwdruk(self, row: dict[str, Any]) -> None:
        projecten = row.pop("projecten", [])
        children = {name: _make_children(name, row.pop(name, [])) for name in CHILDREN}
        secties = {field: render_markdown(text) for field, text in row.pop("secties").items()}
        new = _make_entry(Blauwdruk, {**row, **secties})
        existing = Blauwdruk.objects.filter(nummer=row["nummer"]).first()
        self._count("blauwdrukken", publish_entry(existing, new, children))
        blauwdruk = Blauwdruk.objects.get(nummer=row["nummer"])
        for project in projecten:
            self.load_project(project, blauwdruk)

    def load_projecten(self) -> None:
        """Files with activities that have no blueprint."""
        for file in sorted((self.folder / "projecten").glob("*.yaml")):
            for row in read_yaml(file):
                self.load_project(row, None)

    def load_project(self, row: Row, blauwdruk: Blauwdruk | None) -> None:
        """One project, of this blueprint or of none; what it does not say of its source is as with the blueprint."""
        fields = {**row, "omschrijving": render_markdown(row.get("omschrijving", "")), "blauwdruk": blauwdruk}
        if blauwdruk:
            herkomst = blauwdruk.herkomst and blauwdruk.herkomst.slug
            fields = {"datum": blauwdruk.laatst_gewijzigd, "herkomst": herkomst, "bron": blauwdruk.bron, **fields}
        existing = Project.objects.filter(slug=row["slug"]).first()
        self._count("projecten", publish_entry(existing, _make_entry(Project, fields), {}))

    def load_verhalen(self) -> None:
        """One file a story."""
        for file in sorted((self.folder / "verhalen").glob("*.yaml")):
            row = read_yaml(file)
            existing = Verhaal.objects.filter(slug=row["slug"]).first()
            verhaal = _make_entry(Verhaal, {**row, "tekst": render_markdown(row.get("tekst", ""))})
            self._count("verhalen", publish_entry(existing, verhaal, {}))


def _make_entry(model: type[Any], fields: Row) -> Any:
    """Unsaved entry of this model; choices and references are natural keys."""
    choices = {
        name: [resolve_reference(name, item) for item in value]
        for name, value in fields.items()
        if isinstance(value, list)
    }
    ordinary = {name: value for name, value in fields.items() if name not in choices}
    entry = model(
        **{name: resolve_reference(name, w) if name in REFERENCES and w else w for name, w in ordinary.items()}
    )
    for name, values in choices.items():
        setattr(entry, name, values)
    return entry


def _make_children(name: str, rows: Iterable[Row]) -> list[models.Model]:
    """Unsaved rows of a blueprint; a single amount is both ends of its range."""
    model = Blauwdruk._meta.get_field(name).related_model
    children = []
    for place, row in enumerate(rows):
        fields = {
            field: resolve_reference(field, value) if field in REFERENCES else value for field, value in row.items()
        }
        if name == "kosten" and "bedrag_van" in fields:
            fields.setdefault("bedrag_tot", fields["bedrag_van"])
        children.append(model(sort_order=place, **fields))
    return children
