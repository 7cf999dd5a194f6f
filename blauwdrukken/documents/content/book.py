"""What Word and EPUB tell around the sections: where it comes from, when, and the index of a bundle."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ...text.plain import split_paragraphs
from ...text.tree import Block, link, paragraph

DISCLAIMER = "Alle bedragen en cijfers zijn een indicatie. U kunt aan deze tekst geen rechten ontlenen."
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def document_title(opdracht: dict[str, Any]) -> str:
    """Title of the whole document."""
    houder = (
        opdracht["documenten"][0] if opdracht["soort"] == "blauwdruk" else opdracht.get(opdracht["soort"], opdracht)
    )
    return str(houder["titel"])


def themas(opdracht: dict[str, Any]) -> list[str]:
    """All themes, each once."""
    return list(dict.fromkeys(thema for document in opdracht["documenten"] for thema in document["themas"]))


def version_line(document: dict[str, Any]) -> str:
    """Which version this is, and when it was the current one."""
    versie = f"Versie van {document['versie_van']}, actueel op" if document["versie_van"] else "Actueel op"
    return f"{versie} {document['actueel_op']}"


def closing_blocks(document: dict[str, Any]) -> list[Block]:
    """The last words of a blueprint: its state, its address, its source and what it is not."""
    bron = f" Bron: {document['bron']}, in onze eigen woorden." if document["bron"] else ""
    return [
        paragraph(
            f"{version_line(document)}. De nieuwste versie staat op ", link(document["adres"], document["adres"]), "."
        ),
        paragraph(f"{DISCLAIMER}{bron}"),
    ]


def foreword_blocks(tekst: str) -> list[Block]:
    """Paragraphs of a plain text; blank lines separate them, single line ends stay."""
    blokken = []
    for alinea in split_paragraphs(tekst.replace("\r\n", "\n")):
        regels = [inline for regel in alinea.split("\n") for inline in (regel.strip(), {"t": "br"})][:-1]
        blokken.append({"t": "p", "c": regels})
    return blokken


def index_of_names(documenten: list[dict[str, Any]]) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """Index of a bundle: per kind the names from A to Z, each with the places of its blueprints."""
    return [
        (kop, places_by_name(documenten, sleutel)) for kop, sleutel in (("Thema's", "themas"), ("Regio's", "regios"))
    ]


def places_by_name(documenten: list[dict[str, Any]], sleutel: str) -> list[tuple[str, list[int]]]:
    """Names from A to Z, each with the places of the documents that have it; a name of nothing but space is none."""
    plaatsen: dict[str, list[int]] = {}
    for plaats, document in enumerate(documenten):
        for naam in filter(str.strip, dict.fromkeys(document[sleutel])):
            plaatsen.setdefault(naam, []).append(plaats)
    return sorted(plaatsen.items(), key=lambda paar: paar[0].casefold())


def moment(opdracht: dict[str, Any]) -> datetime:
    """When the newest content was made, so that the same content gives the same file; midnight UTC."""
    dagen = [document["versie_van"] for document in opdracht.get("documenten", ())]
    dagen.append(opdracht.get(opdracht["soort"], opdracht).get("datum") or "")
    return max([_parse_day(dag) for dag in dagen], default=EPOCH)


def _parse_day(tekst: str) -> datetime:
    """A Dutch ("4 mei 2026") or ISO date."""
    try:
        if "-" in tekst:
            return datetime.fromisoformat(tekst[:10]).replace(tzinfo=UTC)
        dag, maand, jaar = tekst.split()
        return datetime(int(jaar), MONTHS.index(maand) + 1, int(dag), tzinfo=UTC)
    except ValueError:
        return EPOCH
