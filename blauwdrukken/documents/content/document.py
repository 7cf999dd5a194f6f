"""One blueprint as a document: plain data with facts and sections, the same for every output."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from ...models import Blauwdruk, Partij, Werkdocument
from ...models.blauwdruk import FilledSectie
from ...secties import Soort
from ...text.notation import WHOLE_COUNTRY
from ...text.tree import Block, link, paragraph, parse_blocks


def with_all_content(blauwdrukken: QuerySet[Blauwdruk]) -> QuerySet[Blauwdruk]:
    """With all that a document or the page of one blueprint shows: 8 extra queries, whatever the number of rows."""
    return blauwdrukken.select_related("programma", "contactorganisatie").prefetch_related(
        "regios",
        "themas",
        "doelgroepen",
        "kosten",
        "kerncijfers",
        "voorbeelden",
        Prefetch("partijen", Partij.objects.select_related("organisatie")),
        Prefetch("werkdocumenten", Werkdocument.objects.select_related("bestand")),
    )


def document(blauwdruk: Blauwdruk) -> dict[str, Any]:
    """The blueprint as JSON: names, facts as pairs, key figures, and sections as blocks of text/tree.py."""
    return {
        "nummer": blauwdruk.nummer,
        "slug": blauwdruk.slug,
        "titel": blauwdruk.titel,
        "samenvatting": blauwdruk.samenvatting,
        "adres": f"{settings.BASE_URL}{blauwdruk.get_absolute_url()}",
        "kort_adres": f"{settings.BASE_URL}{blauwdruk.short_path()}",
        "versie_van": format_day(blauwdruk.last_published_at or blauwdruk.laatst_gewijzigd),
        "actueel_op": format_day(timezone.localdate()),
        "datum": format_day(blauwdruk.laatst_gewijzigd),
        "stand": blauwdruk.stand,
        "themas": [thema.naam for thema in blauwdruk.themas.all()],
        "regios": regios(blauwdruk),
        "kenmerken": facts(blauwdruk),
        "kerncijfers": [
            {"waarde": str(cijfer), "omschrijving": cijfer.omschrijving} for cijfer in blauwdruk.kerncijfers.all()
        ],
        "secties": [_sectie(blauwdruk, gevuld) for gevuld in blauwdruk.filled_secties()],
        "toelichting": blauwdruk.toelichting,
        "bron": blauwdruk.bron,
    }


def facts(blauwdruk: Blauwdruk) -> list[list[str]]:
    """Facts as pairs of name and text, in the order of the page; what is not known says so."""
    programma = blauwdruk.programma
    return [
        ["Regio", ", ".join(regios(blauwdruk)) or "Niet genoemd"],
        ["Thema", ", ".join(thema.naam for thema in blauwdruk.themas.all()) or "Niet genoemd"],
        ["Doelgroep", ", ".join(groep.naam for groep in blauwdruk.doelgroepen.all()) or "Niet genoemd"],
        ["Programma", programma.naam if programma else "Geen"],
        ["Fase", blauwdruk.get_fase_display()],
        ["Onderbouwing", blauwdruk.get_onderbouwing_display()],
        ["Looptijd", format_looptijd(blauwdruk)],
        ["Organisatie om te benaderen", blauwdruk.contactorganisatie.naam if blauwdruk.contactorganisatie else "Geen"],
        ["Datum blauwdruk", format_day(blauwdruk.laatst_gewijzigd) or "Niet bekend"],
        ["Nummer", str(blauwdruk.nummer)],
    ]


def regios(blauwdruk: Blauwdruk) -> list[str]:
    """Names of its regions, the whole country first."""
    return [WHOLE_COUNTRY] * blauwdruk.landelijk + [regio.naam for regio in blauwdruk.regios.all()]


def format_day(moment: Any) -> str:
    """A date or moment in Dutch words, empty when there is none."""
    return date_format(timezone.localtime(moment) if hasattr(moment, "hour") else moment, "j F Y") if moment else ""


def format_looptijd(blauwdruk: Blauwdruk) -> str:
    """Duration in words."""
    maanden = blauwdruk.looptijd_maanden
    return f"{maanden} maand{'en' * (maanden != 1)}" if maanden else "Niet bekend"


def _sectie(blauwdruk: Blauwdruk, gevuld: FilledSectie) -> dict[str, Any]:
    sectie = gevuld.sectie
    inhoud = parse_blocks(gevuld.content) if sectie.soort is Soort.TEKST else ROW_BLOCKS[sectie.veld](blauwdruk)
    if sectie.veld == "financiering":
        inhoud = inhoud + _kosten(blauwdruk)
    return {
        "veld": sectie.veld,
        "anker": sectie.anker,
        "kop": sectie.kop,
        "kort": sectie.kort,
        "groep": sectie.groep.value,
        "blokken": inhoud,
    }


def _themas(blauwdruk: Blauwdruk) -> list[Block]:
    return [{"t": "ul", "c": [[paragraph(naam)] for naam in blauwdruk.named_themas()]}]


def _partijen(blauwdruk: Blauwdruk) -> list[Block]:
    rijen = [
        [[rol], [link(partij.organisatie.website, partij.organisatie.naam)], [partij.toelichting]]
        for rol, partijen in blauwdruk.partijen_by_rol()
        for partij in partijen
    ]
    return [{"t": "tabel", "koppen": ["Rol", "Organisatie", "Toelichting"], "rijen": rijen}]


def _kosten(blauwdruk: Blauwdruk) -> list[Block]:
    rijen = [
        [[post.omschrijving], [post.bedrag], [post.get_eenheid_display()], [post.get_btw_display()], [post.toelichting]]
        for post in blauwdruk.kosten.all()
    ]
    return [{"t": "tabel", "koppen": ["Onderdeel", "Bedrag", "Per", "Btw", "Toelichting"], "rijen": rijen}] * bool(
        rijen
    )


def _voorbeelden(blauwdruk: Blauwdruk) -> list[Block]:
    voorbeelden = blauwdruk.voorbeelden.all()
    return [{"t": "ul", "c": [[paragraph(link(voorbeeld.url, voorbeeld.titel))] for voorbeeld in voorbeelden]}]


def public_url(werkdocument: Werkdocument) -> str:
    """Address that also works outside the site; empty when the document is not public."""
    return f"{settings.BASE_URL}{werkdocument.url}" if werkdocument.bestand else werkdocument.link


def _werkdocumenten(blauwdruk: Blauwdruk) -> list[Block]:
    items = []
    for werkdocument in blauwdruk.werkdocumenten.all():
        delen = [werkdocument.get_soort_display(), werkdocument.kind_and_size]
        soort = f" ({', '.join(deel for deel in delen if deel)})"
        uitleg = f". {werkdocument.toelichting}" if werkdocument.toelichting else ""
        items.append([paragraph(link(public_url(werkdocument), werkdocument.titel), soort, uitleg)])
    return [{"t": "ul", "c": items}]


# Sections that hold rows or choices -> their blocks.
ROW_BLOCKS = {
    "themas": _themas,
    "partijen": _partijen,
    "voorbeelden": _voorbeelden,
    "werkdocumenten": _werkdocumenten,
}
