"""What Word and EPUB tell around the sections: where it comes from, when, and the index of a bundle."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ...text.plain import split_paragraphs
from ...text.tree import Block, link, paragraph

DISCLAIMER = "Alle bedragen en cijfers zijn een indicatie. U kunt aan deze tekst geen rechten ontlenen."
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def document_title(order: dict[str, Any]) -> str:
    """Title of the whole document."""
    titled = order["documenten"][0] if order["soort"] == "blauwdruk" else order.get(order["soort"], order)
    return str(titled["titel"])


def themas(order: dict[str, Any]) -> list[str]:
    """All themes, each once."""
    return list(dict.fromkeys(thema for document in order["documenten"] for thema in document["themas"]))


def figure_words(cijfer: dict[str, str]) -> str:
    """What a key figure counts, after its kind."""
    return ": ".join(part for part in (cijfer["soort"], cijfer["omschrijving"]) if part)


def version_line(document: dict[str, Any]) -> str:
    """Which version this is, and when it was read from the site."""
    versie = f"Versie van {document['versie_van']}, opgehaald op" if document["versie_van"] else "Opgehaald op"
    return f"{versie} {document['opgehaald_op']}"


def closing_blocks(document: dict[str, Any]) -> list[Block]:
    """The last words of a blueprint: its state, its address, its source and what it is not."""
    bron = f" Bron: {document['bron']}, in onze eigen woorden." if document["bron"] else ""
    return [
        paragraph(
            f"{version_line(document)}. De nieuwste versie staat op ", link(document["adres"], document["adres"]), "."
        ),
        paragraph(f"{document['beschreven']} {DISCLAIMER}{bron}"),
    ]


def foreword_blocks(text: str) -> list[Block]:
    """Paragraphs of a plain text; blank lines separate them, single line ends stay."""
    blocks = []
    for text_part in split_paragraphs(text.replace("\r\n", "\n")):
        lines = [inline for line in text_part.split("\n") for inline in (line.strip(), {"t": "br"})][:-1]
        blocks.append({"t": "p", "c": lines})
    return blocks


def index_of_names(documents: list[dict[str, Any]]) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """Index of a bundle: per kind the names from A to Z, each with the places of its blueprints."""
    return [
        (heading, places_by_name(documents, key)) for heading, key in (("Thema's", "themas"), ("Regio's", "regios"))
    ]


def places_by_name(documents: list[dict[str, Any]], key: str) -> list[tuple[str, list[int]]]:
    """Names from A to Z, each with the places of the documents that have it; a name of nothing but space is none."""
    places: dict[str, list[int]] = {}
    for place, document in enumerate(documents):
        for name in filter(str.strip, dict.fromkeys(document[key])):
            places.setdefault(name, []).append(place)
    return sorted(places.items(), key=lambda pair: pair[0].casefold())


def moment(order: dict[str, Any]) -> datetime:
    """When the newest content was made, so that the same content gives the same file; midnight UTC."""
    days = [document["versie_van"] for document in order.get("documenten", ())]
    days.append(order.get(order["soort"], order).get("datum") or "")
    return max([_parse_day(day) for day in days], default=EPOCH)


def _parse_day(text: str) -> datetime:
    """A Dutch ("4 mei 2026") or ISO date."""
    try:
        if "-" in text:
            return datetime.fromisoformat(text[:10]).replace(tzinfo=UTC)
        day, month, year = text.split()
        return datetime(int(year), MONTHS.index(month) + 1, int(day), tzinfo=UTC)
    except ValueError:
        return EPOCH
