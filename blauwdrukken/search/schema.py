"""Documents of the index: the words of a blueprint by zone, its facets and its order."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

import tantivy
from django.db.models import Prefetch, QuerySet

from ..models import Blauwdruk, Partij, Project
from ..secties import TEKSTVELDEN
from .language import WOORD, koppelingen, vouw

VERSIE = 2
# Zones and their weight: title, summary and names, crucial sections, the rest.
ZONES = {"titel": 8.0, "samenvatting": 4.0, "naam": 4.0, "kern": 2.0, "tekst": 1.0}
KERN = ("omschrijving", "doel", "cruciale_elementen")
REST = tuple(veld for veld in TEKSTVELDEN if veld not in KERN)
PROJECTTEKSTEN = ("doel", "wat_aangepast", "resultaat")
GROOTSTE_NUMMER = 1 << 32

_IN_DE_REGEL = re.compile(r"</?(?:a|b|strong|i|em)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def maak_schema() -> tantivy.Schema:
    """Text zones of folded words, one facet column ("thema:scholing"), keys to sort by."""
    bouwer = tantivy.SchemaBuilder()
    for zone in ZONES:
        bouwer.add_text_field(zone, tokenizer_name="whitespace")
    bouwer.add_text_field("facet", tokenizer_name="raw", fast=True, index_option="basic")
    bouwer.add_unsigned_field("pk", stored=True, indexed=True, fast=True)
    bouwer.add_unsigned_field("nieuwste", fast=True)
    bouwer.add_text_field("op_titel", tokenizer_name="raw", fast=True, index_option="basic")
    return bouwer.build()


def plat(rijke_tekst: str) -> str:
    """Text without tags."""
    return html.unescape(_TAG.sub(" ", _IN_DE_REGEL.sub("", rijke_tekst)))


def te_indexeren() -> QuerySet[Blauwdruk]:
    """Published blueprints with all that their documents need: 8 queries, whatever the number of rows."""
    return (
        Blauwdruk.objects.gepubliceerd()
        .select_related("programma")
        .prefetch_related(
            "regios__provincies",
            "themas",
            "doelgroepen",
            "kosten",
            "voorbeelden",
            "werkdocumenten",
            Prefetch("partijen", Partij.objects.select_related("organisatie")),
            Prefetch(
                "projecten", Project.objects.gepubliceerd().only("titel", "slug", "blauwdruk_id", *PROJECTTEKSTEN)
            ),
        )
    )


def facetten_van(blauwdruk: Blauwdruk) -> Iterator[str]:
    """All facet values of a blueprint as "facet:value"."""
    yield from (f"thema:{thema.slug}" for thema in blauwdruk.themas.all())
    yield from (f"doelgroep:{doelgroep.slug}" for doelgroep in blauwdruk.doelgroepen.all())
    regios = blauwdruk.regios.all()
    yield from (f"regio:{regio.slug}" for regio in regios)
    yield from {f"provincie:{provincie.slug}" for regio in regios for provincie in regio.provincies.all()}
    if blauwdruk.landelijk:
        yield "regio:landelijk"
    if blauwdruk.programma:
        yield f"programma:{blauwdruk.programma.slug}"
    yield f"fase:{blauwdruk.fase}"
    yield f"onderbouwing:{blauwdruk.onderbouwing}"
    yield f"looptijd:{blauwdruk.looptijdklasse}"
    yield f"kosten:{blauwdruk.kostenklasse}"
    yield f"jaar:{blauwdruk.jaar}"


def _namen(blauwdruk: Blauwdruk) -> Iterator[str]:
    yield blauwdruk.thema_anders
    yield from {partij.organisatie.naam for partij in blauwdruk.partijen.all()}
    yield from (project.titel for project in blauwdruk.projecten.all())
    yield from (document.titel for document in blauwdruk.werkdocumenten.all())
    yield from (voorbeeld.titel for voorbeeld in blauwdruk.voorbeelden.all())


def _rest(blauwdruk: Blauwdruk) -> Iterator[str]:
    yield from (plat(getattr(blauwdruk, veld)) for veld in REST)
    yield from (partij.toelichting for partij in blauwdruk.partijen.all())
    yield from (getattr(project, veld) for project in blauwdruk.projecten.all() for veld in PROJECTTEKSTEN)


def _woorden(teksten: Iterable[str]) -> str:
    """Folded words of the texts; joined forms stand at the end, so that phrases keep their order."""
    tekst = vouw("\n".join(teksten))
    return " ".join([*WOORD.findall(tekst), *koppelingen(tekst)])


def maak_document(blauwdruk: Blauwdruk) -> tantivy.Document:
    """Document of one blueprint that came from te_indexeren()."""
    document = tantivy.Document()
    document.add_unsigned("pk", blauwdruk.pk)
    zones = {
        "titel": [blauwdruk.titel],
        "samenvatting": [blauwdruk.samenvatting],
        "naam": _namen(blauwdruk),
        "kern": (plat(getattr(blauwdruk, veld)) for veld in KERN),
        "tekst": _rest(blauwdruk),
    }
    for zone, teksten in zones.items():
        document.add_text(zone, _woorden(teksten))
    for facet in facetten_van(blauwdruk):
        document.add_text("facet", facet)
    datum = blauwdruk.laatst_gewijzigd.toordinal() if blauwdruk.laatst_gewijzigd else 0
    document.add_unsigned("nieuwste", datum * GROOTSTE_NUMMER + GROOTSTE_NUMMER - blauwdruk.nummer)
    document.add_text("op_titel", f"{vouw(blauwdruk.titel)}\t{blauwdruk.nummer:012}")
    return document


def facetwaarde(facet: str) -> tuple[str, str]:
    """Facet and value of a term in the facet column."""
    naam, _, waarde = facet.partition(":")
    return naam, waarde
