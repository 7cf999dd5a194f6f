"""One blueprint as a document: plain data with facts and sections, the same for every output."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from ...contact import contact_blocks
from ...facts import DOCUMENT_FACTS, regio_names
from ...models import Blauwdruk
from ...models.blauwdruk import FilledSectie
from ...models.vocabularies import CONTACT_RELATIONS
from ...rows import BEWIJZEN, ROWS, rows_in
from ...secties import Groep, Soort
from ...text.notation import format_day
from ...text.tree import Block, paragraph, parse_blocks

CONTACT = tuple(f"contactorganisatie__{name}" for name in CONTACT_RELATIONS)
HOW_SURE, WHOM_TO_ASK = "Hoe zeker is dit?", "Wie kunt u vragen?"
NOT_JUDGED = "Onderbouwing onbekend: niemand heeft vastgelegd of deze aanpak werkt."


def with_all_content(blauwdrukken: QuerySet[Blauwdruk]) -> QuerySet[Blauwdruk]:
    """With all that a document or the page of one blueprint shows: 10 extra queries, whatever the number of rows."""
    read_along = ("programma", "herkomst", "contactorganisatie", *CONTACT)
    return blauwdrukken.select_related(*read_along).prefetch_related(
        "regios", "doelgroepen", *(rows.prefetch() for rows in ROWS)
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
        "versie_van": format_day(blauwdruk.last_published_at),
        "opgehaald_op": format_day(timezone.localdate()),
        "beschreven": blauwdruk.described_sentence,
        "leeftijd": blauwdruk.age_note,
        "stand": blauwdruk.stand,
        "themas": [thema.naam for thema in blauwdruk.themas.all()],
        "regios": regio_names(blauwdruk),
        "kenmerken": [[fact.heading, fact.text(blauwdruk)] for fact in DOCUMENT_FACTS],
        "kerncijfers": [
            {"waarde": str(cijfer), "soort": cijfer.soort_in_woorden, "omschrijving": cijfer.omschrijving}
            for cijfer in blauwdruk.ordered_kerncijfers()
        ],
        "citaten": [{"tekst": str(citaat), "wie": citaat.speaker} for citaat in blauwdruk.citaten.all()],
        "trede": blauwdruk.zekerheid.trede,
        "uitleg_trede": f"{settings.BASE_URL}{reverse('pagina', args=['over'])}#onderbouwing",
        "secties": [*(_sectie(blauwdruk, filled) for filled in blauwdruk.filled_secties()), *_beside_format(blauwdruk)],
        "toelichting": blauwdruk.toelichting,
        "bron": blauwdruk.source_words,
    }


def _sectie(blauwdruk: Blauwdruk, filled: FilledSectie) -> dict[str, Any]:
    sectie = filled.sectie
    content = parse_blocks(filled.content) if sectie.soort is Soort.TEKST else []
    content += [block for rows in rows_in(sectie.veld) for block in rows.blocks(blauwdruk)]
    return {
        "veld": sectie.veld,
        "anker": sectie.anker,
        "kop": sectie.kop,
        "kort": sectie.kort,
        "groep": sectie.groep.value,
        "blokken": content,
    }


def _beside_format(blauwdruk: Blauwdruk) -> list[dict[str, Any]]:
    """What stands after the sections of the format: how sure this is, and whom to ask."""
    judgements = BEWIJZEN.blocks(blauwdruk) or [paragraph(NOT_JUDGED)]
    return [
        _own_sectie("bewijzen", "hoe-zeker", HOW_SURE, Groep.ERVARING, judgements),
        _own_sectie("contact", "contact", WHOM_TO_ASK, Groep.BIJLAGEN, contact_blocks(blauwdruk.contactorganisatie)),
    ]


def _own_sectie(veld: str, anchor: str, heading: str, group: Groep, content: list[Block]) -> dict[str, Any]:
    names = {"veld": veld, "anker": anchor, "kop": heading, "kort": heading, "groep": group.value}
    return names | {"blokken": content}
