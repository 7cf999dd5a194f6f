"""What the tests of the documents make: orders for the makers, hostile texts, and ways to look at the result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from blauwdrukken.text.tree import Block, inline_text

SITE = {"naam": "Kennisbank Blauwdrukken", "adres": "http://127.0.0.1:8000"}
FOREWORD = "Beste collega,\n\nDit boek bundelt wat werkt.\nEn wat niet werkt.\n\nVeel leesplezier."
LONGEST_WORD = "werkgeversdienstverlening" * 12
HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://kwaad.example","klik")',
    "</w:t></w:r><w:p/>",
    "<script>alert(1)</script>",
    "]]> <!-- & &amp; &lt; &#0; <?xml?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    '#read("/etc/passwd") $x$ @ref {{ 7*7 }} {% load x %}',
    "emoji 👩‍👩‍👧‍👦 🇳🇱",
    "\u202eomgekeerd\u202c عربى עברית",
    LONGEST_WORD,
]


def one_blauwdruk(document: dict[str, Any]) -> dict[str, Any]:
    """Order for one blueprint."""
    return {"soort": "blauwdruk", "site": SITE, "documenten": [document]}


def bundel(documents: list[dict[str, Any]], **other: Any) -> dict[str, Any]:
    """Order for a bundle."""
    details = {
        "titel": "Blauwdrukboek van onze regio",
        "ondertitel": "Aanpakken voor iedereen",
        "voorwoord": FOREWORD,
        "organisatie": "Regio Noordoost-Brabant",
        "adres": "http://127.0.0.1:8000/bundel/?b=branchestraten&b=nlwerktdoor",
        "datum": "21 november 2026",
    }
    return {"soort": "bundel", "site": SITE, "documenten": documents, "bundel": details | other}


def comparison(documents: list[dict[str, Any]]) -> dict[str, Any]:
    """Order for a comparison of facts and of the sections that all have."""
    feiten = [
        {
            "kop": name,
            "anders": len({d["kenmerken"][place][1] for d in documents}) > 1,
            "cellen": [[{"t": "p", "c": [d["kenmerken"][place][1]]}] for d in documents],
        }
        for place, (name, _) in enumerate(documents[0]["kenmerken"])
    ]
    per_veld = [{sectie["veld"]: sectie for sectie in d["secties"]} for d in documents]
    secties = [
        {"kop": sectie["kop"], "anders": False, "cellen": [secties[field]["blokken"] for secties in per_veld]}
        for field, sectie in per_veld[0].items()
        if all(field in secties for secties in per_veld)
    ]
    details = {
        "titel": f"Vergelijking van {len(documents)} blauwdrukken",
        "adres": "http://127.0.0.1:8000/vergelijk/?b=a&b=b",
        "datum": "21 november 2026",
        "kolommen": [{"titel": d["titel"], "adres": d["adres"], "nummer": d["nummer"]} for d in documents],
        "groepen": [{"naam": "Kenmerken", "rijen": feiten}, {"naam": "Secties", "rijen": secties}],
    }
    return {"soort": "vergelijking", "site": SITE, "vergelijking": details}


def paragraph(*inlines: Any) -> Block:
    """A paragraph."""
    return {"t": "p", "c": list(inlines)}


def with_blocks(document: dict[str, Any], blocks: list[Block]) -> dict[str, Any]:
    """The document with one section that holds these blocks."""
    return document | {"secties": [document["secties"][0] | {"blokken": blocks}]}


def block_texts(blocks: list[Block]) -> Iterator[str]:
    """All texts of blocks in reading order: paragraphs, headings and cells."""
    for block in blocks:
        if block["t"] in {"ul", "ol"}:
            for item in block["c"]:
                yield from block_texts(item)
        elif block["t"] == "tabel":
            yield from block["koppen"]
            yield from (inline_text(cell) for row in block["rijen"] for cell in row)
        else:
            yield inline_text(block["c"])


def document_texts(document: dict[str, Any]) -> Iterator[str]:
    """All texts of a document in reading order."""
    yield from (document["titel"], document["samenvatting"])
    for cijfer in document["kerncijfers"]:
        yield from cijfer.values()
    for citaat in document["citaten"]:
        yield from citaat.values()
    for pair in document["kenmerken"]:
        yield from pair
    for sectie in document["secties"]:
        yield sectie["kop"]
        yield from block_texts(sectie["blokken"])
    yield document["toelichting"]


def without_spaces(text: str) -> str:
    """The text without white space: makers may break lines where they like."""
    return "".join(text.split())


def missing_texts(sought: Iterator[str], found: str) -> list[str]:
    """Texts that are not there, or not in this order."""
    rest, lost, place = without_spaces(found), [], 0
    for piece in sought:
        hit = rest.find(without_spaces(piece), place)
        if hit < 0:
            lost.append(piece)
        else:
            place = hit + len(without_spaces(piece))
    return lost
