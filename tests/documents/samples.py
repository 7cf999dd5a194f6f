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


def bundel(documenten: list[dict[str, Any]], **anders: Any) -> dict[str, Any]:
    """Order for a bundle."""
    over = {
        "titel": "Blauwdrukboek van onze regio",
        "ondertitel": "Aanpakken voor iedereen",
        "voorwoord": FOREWORD,
        "organisatie": "Regio Noordoost-Brabant",
        "adres": "http://127.0.0.1:8000/bundel/?b=branchestraten&b=nlwerktdoor",
        "datum": "21 november 2026",
    }
    return {"soort": "bundel", "site": SITE, "documenten": documenten, "bundel": over | anders}


def comparison(documenten: list[dict[str, Any]]) -> dict[str, Any]:
    """Order for a comparison of facts and of the sections that all have."""
    feiten = [
        {
            "kop": naam,
            "anders": len({d["kenmerken"][plaats][1] for d in documenten}) > 1,
            "cellen": [[{"t": "p", "c": [d["kenmerken"][plaats][1]]}] for d in documenten],
        }
        for plaats, (naam, _) in enumerate(documenten[0]["kenmerken"])
    ]
    per_veld = [{sectie["veld"]: sectie for sectie in d["secties"]} for d in documenten]
    secties = [
        {"kop": sectie["kop"], "anders": False, "cellen": [secties[veld]["blokken"] for secties in per_veld]}
        for veld, sectie in per_veld[0].items()
        if all(veld in secties for secties in per_veld)
    ]
    over = {
        "titel": f"Vergelijking van {len(documenten)} blauwdrukken",
        "adres": "http://127.0.0.1:8000/vergelijk/?b=a&b=b",
        "datum": "21 november 2026",
        "kolommen": [{"titel": d["titel"], "adres": d["adres"], "nummer": d["nummer"]} for d in documenten],
        "groepen": [{"naam": "Kenmerken", "rijen": feiten}, {"naam": "Secties", "rijen": secties}],
    }
    return {"soort": "vergelijking", "site": SITE, "vergelijking": over}


def paragraph(*inlines: Any) -> Block:
    """A paragraph."""
    return {"t": "p", "c": list(inlines)}


def with_blocks(document: dict[str, Any], blokken: list[Block]) -> dict[str, Any]:
    """The document with one section that holds these blocks."""
    return document | {"secties": [document["secties"][0] | {"blokken": blokken}]}


def block_texts(blokken: list[Block]) -> Iterator[str]:
    """All texts of blocks in reading order: paragraphs, headings and cells."""
    for blok in blokken:
        if blok["t"] in {"ul", "ol"}:
            for item in blok["c"]:
                yield from block_texts(item)
        elif blok["t"] == "tabel":
            yield from blok["koppen"]
            yield from (inline_text(cel) for rij in blok["rijen"] for cel in rij)
        else:
            yield inline_text(blok["c"])


def document_texts(document: dict[str, Any]) -> Iterator[str]:
    """All texts of a document in reading order."""
    yield from (document["titel"], document["samenvatting"])
    for cijfer in document["kerncijfers"]:
        yield from cijfer.values()
    for paar in document["kenmerken"]:
        yield from paar
    for sectie in document["secties"]:
        yield sectie["kop"]
        yield from block_texts(sectie["blokken"])
    yield document["toelichting"]


def without_spaces(tekst: str) -> str:
    """The text without white space: makers may break lines where they like."""
    return "".join(tekst.split())


def missing_texts(gezocht: Iterator[str], gevonden: str) -> list[str]:
    """Texts that are not there, or not in this order."""
    rest, kwijt, plaats = without_spaces(gevonden), [], 0
    for stuk in gezocht:
        treffer = rest.find(without_spaces(stuk), plaats)
        if treffer < 0:
            kwijt.append(stuk)
        else:
            plaats = treffer + len(without_spaces(stuk))
    return kwijt
