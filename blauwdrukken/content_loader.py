"""Reads blueprints, projects, stories and vocabularies from the content files in fixtures/."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from django.db import models
from markdown_it import MarkdownIt

from regios.models import Regio

from .models import (
    Begrip,
    Blauwdruk,
    Bron,
    Doelgroep,
    Organisatie,
    Programma,
    Programmadoel,
    Project,
    Shipment,
    Synoniem,
    Thema,
    Verhaal,
)
from .models.publication import Publicatie
from .models.rich_text import CleanRichTextField
from .rows import ROWS
from .text.clean import clean_html
from .text.tree import parse_blocks

Row = Mapping[str, Any]
Rows = Mapping[str, list[models.Model]]
Content = dict[str, Any]

REFERENCES: dict[str, tuple[Any, str]] = {
    "herkomst": (Bron, "slug"),
    "programma": (Programma, "slug"),
    "programmadoel": (Programmadoel, "slug"),
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
RICH_TEXT = {
    model: [field.name for field in model._meta.concrete_fields if isinstance(field, CleanRichTextField)]
    for model in Publicatie.__subclasses__()
}
# What a row has beside its content; when a link was last seen to work changes by itself.
NOT_CONTENT_OF_ROW = {"pk", "sort_order", "blauwdruk", "link_gezien"}
NOT_CONTENT = {"id", "wat_veranderd"} | {field.name for field in Publicatie._meta.get_fields()}

YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast

_markdown = MarkdownIt("commonmark", {"html": False})


def read_yaml(file: Path) -> Any:
    """Content of one YAML file."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=YAML_LOADER)  # noqa: S506 (it is a safe one)


def render_markdown(text: str) -> str:
    """HTML of a Markdown text, limited to what every output can show."""
    return clean_html(_markdown.render(text)).strip()


def resolve_reference(field: str, value: str) -> Any:
    """The row that a natural key names; an organisation that does not exist yet is made."""
    model, key = REFERENCES[field]
    if model is Organisatie:
        return find_row(Organisatie, "naam", value) or Organisatie.objects.create(naam=value)
    try:
        return model.objects.get(**{key: value})
    except model.DoesNotExist as error:
        raise ValueError(f"{field}: {value!r} bestaat niet") from error


def find_row(model: type[Any], key: str, value: str) -> Any:
    """The row of a vocabulary with this key; an organisation also by another name of it."""
    rows = model.objects.filter(**{key: value})
    if model is Organisatie and not rows:
        rows = [
            row for row in model.objects.filter(andere_namen__contains=value) if value in row.andere_namen.splitlines()
        ]
    return next(iter(rows), None)


def entry_key(new: Publicatie) -> Any:
    """What the files call an entry by."""
    return new.nummer if isinstance(new, Blauwdruk) else new.slug


def find_entry(new: Publicatie) -> Any:
    """The entry of this site that the files call so."""
    name = "nummer" if isinstance(new, Blauwdruk) else "slug"
    return type(new)._default_manager.filter(**{name: entry_key(new)}).first()


def publish_entry(existing: Publicatie | None, new: Publicatie, rows: Rows) -> bool:
    """Publish `new` over `existing` as a new version, unless nothing differs or it was withdrawn; tells whether."""
    for name, children in rows.items():
        setattr(new, name, children)
    if existing is not None:
        if not existing.live or entry_content(existing) == entry_content(new):
            return False
        for field in ("pk", *BOOKKEEPING):
            setattr(new, field, getattr(existing, field))
        new._state.adding = False
    new.full_clean(exclude=["nummer"])
    new.save()
    new.save_revision(clean=False).publish()
    return True


def entry_content(entry: Publicatie) -> Content:
    """What an editor can change, without keys and bookkeeping, to compare two versions; JSON can hold it."""
    data = entry.serializable_data()
    data |= {name: readable(data[name]) for name in RICH_TEXT.get(type(entry), ())}
    own = {f.name for f in type(entry)._meta.local_fields + type(entry)._meta.local_many_to_many if f.editable}
    children = {name: [_row_content(row) for row in data[name]] for name in CHILDREN if name in data}
    return as_json({name: _comparable(data[name]) for name in own - NOT_CONTENT if name in data} | children)


def readable(html: str) -> Any:
    """What a reader sees of rich text: the editor writes the same in other marks."""
    return json.loads(re.sub(r"(\\n|\s)+", " ", json.dumps(parse_blocks(html or ""), ensure_ascii=False)))


def row_values(fields: Row) -> Content:
    """Values of a row of a vocabulary, to compare; JSON can hold them."""
    return as_json({name: value.pk if isinstance(value, models.Model) else value for name, value in fields.items()})


def as_json(value: Any) -> Any:
    """The value as JSON gives it back."""
    return json.loads(json.dumps(value, default=lambda v: float(v) if isinstance(v, Decimal) else str(v)))


def fingerprint(source: Row) -> str:
    """Short form of what a file says, other for any other text."""
    return sha256(json.dumps(source, default=str, sort_keys=True).encode()).hexdigest()


def _row_content(row: Row) -> dict[str, Any]:
    return {name: _comparable(value) for name, value in row.items() if name not in NOT_CONTENT_OF_ROW}


def _comparable(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value, key=str)
    return value


class ContentLoader:
    """Loader of one folder with content files.

    `changed` counts what was made or changed, per kind; `report` names what had another outcome.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.changed: dict[str, int] = {}
        self.report: dict[str, list[str]] = {}

    def _count(self, kind: str, changed: bool) -> None:
        self.changed[kind] = self.changed.get(kind, 0) + changed

    def attempt(self, source: str, work: Callable[[], None]) -> bool:
        """Do this part of the files; an error says where it was. Tells whether it was done."""
        try:
            work()
            return True
        except Exception as error:
            error.add_note(f"in {source}")
            raise

    def regios_left_alone(self) -> set[Any]:
        """Slugs of regions and codes of municipalities that the files do not overwrite."""
        return set()

    def is_handled(self, model: type[models.Model], key: object, source: Row) -> bool:
        """Whether this text needs no look: the plain loader looks at everything."""
        return False

    def place(self, kind: str, new: Publicatie, rows: Rows, source: Row) -> None:
        """Make the public version of this entry what the files say, and remember that it was shipped."""
        self._count(kind, publish_entry(find_entry(new), new, rows))
        entry = find_entry(new)
        if entry.live:
            self.keep(entry, new, source)

    def keep(self, entry: Any, new: Publicatie, source: Row, *, shown: bool = True) -> None:
        """Remember what was shipped of this entry, and whether readers see it."""
        shipped = {"file": fingerprint(source), "entry": entry_content(new)}
        Shipment.objects.keep(entry, entry_key(new), shipped, entry.live_revision if shown else None)

    def write(self, model: type[Any], key: str, row: Row, fields: dict[str, Any]) -> None:
        """Make one row of a vocabulary what the files say, and remember that it was shipped."""
        instance, _ = model.objects.update_or_create(**{key: row[key]}, defaults=fields)
        Shipment.objects.keep(instance, row[key], row_values(fields))

    def load_vocabularies(self) -> None:
        """Themes, target groups, programmes, organisations and terms."""
        lists = read_yaml(self.folder / "woordenlijsten.yaml")
        kinds: list[tuple[Any, str, Iterable[Row]]] = [
            (Thema, "slug", lists["themas"]),
            (Doelgroep, "slug", lists["doelgroepen"]),
            (Bron, "slug", lists["bronnen"]),
            (Programma, "slug", lists["programmas"]),
            (Programmadoel, "slug", lists["programmadoelen"]),
            (Organisatie, "naam", lists["organisaties"]),
            (Begrip, "slug", read_yaml(self.folder / "begrippen.yaml")),
        ]
        for model, key, rows in kinds:
            for row in rows:
                self.write(model, key, row, _word_fields(row))
        self.load_synoniemen()

    def synonyms(self) -> list[str]:
        """The lists of words that mean the same, as the model holds them."""
        return ["\n".join(group) for group in read_yaml(self.folder / "synoniemen.yaml")]

    def load_synoniemen(self) -> None:
        """Lists of words that mean the same."""
        for words in self.synonyms():
            self.write_synonym(words)

    def write_synonym(self, words: str) -> None:
        """One list of words that mean the same."""
        synoniem, _ = Synoniem.objects.get_or_create(woorden=words)
        Shipment.objects.keep(synoniem, fingerprint({"woorden": words}), {"woorden": words})

    def load_blauwdrukken(self) -> None:
        """One file a blueprint, with its projects."""
        for file in sorted((self.folder / "blauwdrukken").glob("*.yaml")):
            self.attempt(file.name, lambda file=file: self._load_blauwdruk(read_yaml(file)))  # type: ignore[misc]

    def _load_blauwdruk(self, row: dict[str, Any]) -> None:
        projecten = row.pop("projecten", [])
        if not self.is_handled(Blauwdruk, row["nummer"], row):
            self._place_blauwdruk(row)
        blauwdruk = Blauwdruk.objects.filter(nummer=row["nummer"]).first()
        source = {"datum": row.get("laatst_gewijzigd"), "herkomst": row.get("herkomst"), "bron": row.get("bron", "")}
        for project in projecten:
            self.load_project({**source, **project}, blauwdruk)

    def _place_blauwdruk(self, row: Row) -> None:
        fields = {name: value for name, value in row.items() if name not in {"secties", *CHILDREN}}
        secties = {field: render_markdown(text) for field, text in row["secties"].items()}
        source = {"herkomst": row.get("herkomst")}
        rows = {**row, "citaten": [{**source, **citaat} for citaat in row.get("citaten", [])]}
        children = {name: _make_children(name, rows.get(name, [])) for name in CHILDREN}
        self.place("blauwdrukken", make_entry(Blauwdruk, {**fields, **secties}), children, row)

    def load_projecten(self) -> None:
        """Files with activities that have no blueprint."""
        for file in sorted((self.folder / "projecten").glob("*.yaml")):
            for row in read_yaml(file):
                self.attempt(file.name, lambda row=row: self.load_project(row, None))  # type: ignore[misc]

    def load_project(self, row: Row, blauwdruk: Blauwdruk | None) -> None:
        """One project, of this blueprint or of none."""
        if not self.is_handled(Project, row["slug"], row):
            text = render_markdown(row.get("omschrijving", ""))
            project = make_entry(Project, {**row, "omschrijving": text, "blauwdruk": blauwdruk})
            self.place("projecten", project, {}, row)

    def load_verhalen(self) -> None:
        """One file a story."""
        for file in sorted((self.folder / "verhalen").glob("*.yaml")):
            self.attempt(file.name, lambda file=file: self._load_verhaal(read_yaml(file)))  # type: ignore[misc]

    def _load_verhaal(self, row: Row) -> None:
        if not self.is_handled(Verhaal, row["slug"], row):
            verhaal = make_entry(Verhaal, {**row, "tekst": render_markdown(row.get("tekst", ""))})
            self.place("verhalen", verhaal, {}, row)


def _word_fields(row: Row) -> dict[str, Any]:
    """Values of a row of a vocabulary: references by natural key, and its text in Markdown."""
    fields = {name: resolve_reference(name, value) if name in REFERENCES else value for name, value in row.items()}
    return fields | ({"tekst": render_markdown(row["tekst"])} if "tekst" in row else {})


def make_entry(model: type[Any], fields: Row) -> Any:
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
