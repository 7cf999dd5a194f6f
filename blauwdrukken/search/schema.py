"""Documents of the index: the words of a blueprint by zone, its facets and its order."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import tantivy
from django.db.models import Prefetch, QuerySet

from ..maxima import MAXIMA
from ..models import Blauwdruk, Project
from ..rows import ROWS
from ..secties import TEXT_FIELDS
from .language import WORD, fold, joined_forms

SCHEMA_VERSION = 4
# Zones and their weight: title, summary and names, crucial sections, the rest.
ZONES = {"titel": 8.0, "samenvatting": 4.0, "naam": 4.0, "kern": 2.0, "tekst": 1.0}
CORE_FIELDS = ("omschrijving", "doel", "cruciale_elementen")
OTHER_FIELDS = tuple(field for field in TEXT_FIELDS if field not in CORE_FIELDS)
PROJECT_TEXTS = ("doel", "wat_aangepast", "resultaat")
MAX_NUMMER = 1 << 32

_INLINE_TAG = re.compile(r"</?(?:a|b|strong|i|em)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def make_schema() -> tantivy.Schema:
    """Text zones of folded words, one facet column ("thema:scholing"), keys to sort by."""
    builder = tantivy.SchemaBuilder()
    for zone in ZONES:
        builder.add_text_field(zone, tokenizer_name="whitespace")
    builder.add_text_field("facet", tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_unsigned_field("pk", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("nieuwste", fast=True)
    builder.add_text_field("op_titel", tokenizer_name="raw", fast=True, index_option="basic")
    return builder.build()


def without_tags(rich_text: str) -> str:
    """Text without tags."""
    return html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", rich_text)))


def indexable_blauwdrukken() -> QuerySet[Blauwdruk]:
    """Published blueprints with all that their documents need: 9 queries, whatever the number of rows."""
    return (
        Blauwdruk.objects.published()
        .select_related("programma", "herkomst")
        .prefetch_related(
            "regios__provincies",
            "doelgroepen",
            *(rows.prefetch() for rows in ROWS),
            Prefetch("projecten", Project.objects.published().only("titel", "slug", "blauwdruk_id", *PROJECT_TEXTS)),
        )
    )


def _regio_values(blauwdruk: Blauwdruk) -> list[str]:
    return [regio.slug for regio in blauwdruk.regios.all()] + ["landelijk"] * blauwdruk.landelijk


def _provincie_values(blauwdruk: Blauwdruk) -> set[str]:
    return {provincie.slug for regio in blauwdruk.regios.all() for provincie in regio.provincies.all()}


# Facet, as filters.py calls it -> the values that a blueprint has of it. Raise SCHEMA_VERSION with each change.
FACETS: dict[str, Callable[[Blauwdruk], Iterable[str]]] = {
    "thema": lambda b: [thema.slug for thema in b.themas.all()],
    "doelgroep": lambda b: [doelgroep.slug for doelgroep in b.doelgroepen.all()],
    "regio": _regio_values,
    "provincie": _provincie_values,
    "programma": lambda b: [b.programma.slug] if b.programma else [],
    "fase": lambda b: [b.fase],
    "onderbouwing": lambda b: [b.onderbouwing],
    "jaar": lambda b: [str(b.jaar)],
    **{name: maximum.values for name, maximum in MAXIMA.items()},
}


def facets_of(blauwdruk: Blauwdruk) -> Iterator[str]:
    """All facet values of a blueprint as "facet:value"."""
    return (f"{facet}:{value}" for facet, values in FACETS.items() for value in values(blauwdruk))


def _names(blauwdruk: Blauwdruk) -> Iterator[str]:
    yield blauwdruk.thema_anders
    yield from {partij.organisatie.naam for partij in blauwdruk.partijen.all()}
    yield from (project.titel for project in blauwdruk.projecten.all())
    yield from (rows.words(row) for rows in ROWS if rows.words for row in rows.of(blauwdruk))


def _other_texts(blauwdruk: Blauwdruk) -> Iterator[str]:
    yield from (without_tags(getattr(blauwdruk, field)) for field in OTHER_FIELDS)
    yield from (partij.toelichting for partij in blauwdruk.partijen.all())
    yield from (citaat.words for citaat in blauwdruk.citaten.all())
    yield from (getattr(project, field) for project in blauwdruk.projecten.all() for field in PROJECT_TEXTS)


def _folded_words(texts: Iterable[str]) -> str:
    """Folded words of the texts; joined forms stand at the end, so that phrases keep their order."""
    text = fold("\n".join(texts))
    return " ".join([*WORD.findall(text), *joined_forms(text)])


def add_zones(document: tantivy.Document, zones: Mapping[str, Iterable[str]]) -> None:
    """Add the words of the texts by zone."""
    for zone, texts in zones.items():
        document.add_text(zone, _folded_words(texts))


def make_document(blauwdruk: Blauwdruk) -> tantivy.Document:
    """Document of one blueprint that came from indexable_blauwdrukken()."""
    document = tantivy.Document()
    document.add_unsigned("pk", blauwdruk.pk)
    zones: dict[str, Iterable[str]] = {
        "titel": [blauwdruk.titel],
        "samenvatting": [blauwdruk.samenvatting],
        "naam": _names(blauwdruk),
        "kern": (without_tags(getattr(blauwdruk, field)) for field in CORE_FIELDS),
        "tekst": _other_texts(blauwdruk),
    }
    add_zones(document, zones)
    for facet in facets_of(blauwdruk):
        document.add_text("facet", facet)
    day = blauwdruk.peildatum.toordinal() if blauwdruk.peildatum else 0
    document.add_unsigned("nieuwste", day * MAX_NUMMER + MAX_NUMMER - blauwdruk.nummer)
    document.add_text("op_titel", f"{fold(blauwdruk.titel)}\t{blauwdruk.nummer:012}")
    return document


def split_facet(facet: str) -> tuple[str, str]:
    """Facet and value of a term in the facet column."""
    name, _, value = facet.partition(":")
    return name, value
